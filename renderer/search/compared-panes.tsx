import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, SearchOutput } from '../../shared/contract/search.ts';
import styles from './compared-panes.module.css';
import { FactsLine } from './facts-line.tsx';
import { ResultsPane, type ResultsPaneProps } from './results-pane.tsx';
import type { Search } from './use-search.ts';

interface ComparedPanesProps extends Omit<ResultsPaneProps, 'search' | 'label' | 'others'> {
  readonly local: Search;
  readonly remote: Search;
}

/** Both engines' answers to one question, side by side; what only one has says so. */
export function ComparedPanes({ local, remote, ...rest }: ComparedPanesProps) {
  const isSame = answersSame(local, remote);
  return (
    <div className={styles.columns}>
      <Pane engine="local" search={local} other={isSame ? remote : null} {...rest} />
      <Pane engine="s3vectors" search={remote} other={isSame ? local : null} {...rest} />
    </div>
  );
}

interface PaneProps extends Omit<ResultsPaneProps, 'label' | 'others'> {
  readonly engine: Engine;
  /** Null while it has not answered the same question. */
  readonly other: Search | null;
}

function Pane({ engine, search, other, ...rest }: PaneProps) {
  const { t } = useTranslation();
  const name = t(`search.engineNames.${engine}`);
  const output = other?.data?.output;
  // The same set at every key, so that the results before are not drawn again while one types.
  const others = useMemo(() => output && keysOf(output), [output]);
  return (
    <section className={styles.column} aria-labelledby={`engine-${engine}`}>
      <div className={styles.head}>
        <h2 id={`engine-${engine}`} className={styles.title}>
          {name}
        </h2>
        <FactsLine
          output={search.error === null ? search.data?.output : undefined}
          busy={search.isFetching}
        />
      </div>
      <ResultsPane
        {...rest}
        search={search}
        label={t('search.resultsOf', { name })}
        others={others}
      />
    </section>
  );
}

/** Whether both answers in view are to the same question: one may still be on its way. */
export function answersSame(local: Search, remote: Search): boolean {
  if (local.data === undefined || remote.data === undefined) return false;
  if (local.error !== null || remote.error !== null) return false;
  return remote.data.listId === local.data.listId && remote.data.input.top === local.data.input.top;
}

function keysOf(output: SearchOutput): ReadonlySet<string> {
  return new Set(output.results.map(({ item }) => item.key));
}
