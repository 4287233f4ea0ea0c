import { useTranslation } from 'react-i18next';
import type { SearchOutput } from '../../shared/contract/search.ts';
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
  const { t } = useTranslation();
  const isSame = answersSame(local, remote);
  const panes = [
    { engine: 'local', search: local, other: remote },
    { engine: 's3vectors', search: remote, other: local },
  ] as const;
  return (
    <div className={styles.columns}>
      {panes.map(({ engine, search, other }) => {
        const name = t(`search.engineNames.${engine}`);
        return (
          <section key={engine} className={styles.column} aria-labelledby={`engine-${engine}`}>
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
              others={isSame ? keysOf(other.data?.output) : undefined}
            />
          </section>
        );
      })}
    </div>
  );
}

/** Whether both answers in view are to the same question: one may still be on its way. */
export function answersSame(local: Search, remote: Search): boolean {
  if (local.data === undefined || remote.data === undefined) return false;
  if (local.error !== null || remote.error !== null) return false;
  return remote.data.listId === local.data.listId && remote.data.input.top === local.data.input.top;
}

function keysOf(output: SearchOutput | undefined): ReadonlySet<string> {
  return new Set(output?.results.map(({ item }) => item.key));
}
