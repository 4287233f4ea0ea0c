import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { CatalogProgress, Stage } from '../../shared/contract/ingest.ts';
import type { ProblemKind, ProblemSeverity } from '../../shared/contract/problems.ts';
import { client } from '../api/client.ts';
import { useProgress } from '../app/catalog-choice.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { formatCount } from '../app/format.ts';
import { notifyDone, notifyFailure } from '../app/notify.ts';
import { saveText } from '../app/save-text.ts';
import { Segments } from '../app/segments.tsx';
import { useSettled } from '../app/use-settled.ts';
import { canRetry } from './can-retry.ts';
import { Pager } from './pager.tsx';
import { ProblemTable } from './problem-table.tsx';
import styles from './problems-panel.module.css';

const PAGE = 100;

/** What could not be used, and what is worth knowing: grouped, explained, exportable. */
export function ProblemsPanel({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const [severity, setSeverity] = useState<ProblemSeverity>('problem');
  const [kind, setKind] = useState<ProblemKind | null>(null);
  const [page, setPage] = useState(0);
  const progress = useProgress(catalog.id);
  const stamp = useSettled(stampOf(catalog, progress), 1000);
  const scope = { catalogId: catalog.id, severity, ...(kind === null ? {} : { kind }) };
  const list = useQuery({
    queryKey: ['problems', scope, page, stamp],
    queryFn: ({ signal }) =>
      client.problems.list({ ...scope, offset: page * PAGE, limit: PAGE }, { signal }),
    placeholderData: keepPreviousData,
    // Counts can come back to what they were with other problems behind them.
    staleTime: 0,
  });
  const kinds = (list.data?.kinds ?? [])
    .filter((entry) => entry.severity === severity)
    .toSorted((a, b) => b.count - a.count);
  const all = kinds.reduce((sum, entry) => sum + entry.count, 0);
  const count = list.data ? all : severity === 'problem' ? catalog.problems : catalog.notices;

  const show = (next: ProblemKind | null) => {
    setKind(next);
    setPage(0);
  };
  const retry = async (problemId?: number) => {
    try {
      const { queued } = await client.problems.retry(
        problemId === undefined ? scope : { catalogId: catalog.id, problemId },
      );
      notifyDone(t('problems.queued', { count: queued, shown: formatCount(queued) }));
    } catch (error) {
      notifyFailure(error);
    }
  };
  const save = () =>
    void client.problems
      .csv(scope)
      .then(
        (text) => saveText(text, `${catalog.name} ${severity}s.csv`, 'text/csv'),
        notifyFailure,
      );

  const scanAgain = () =>
    void client.catalogs
      .rescan({ catalogId: catalog.id })
      .then(() => notifyDone(t('problems.scanQueued')), notifyFailure);

  const problems = severity === 'problem';
  const listed = list.data?.problems ?? [];
  // The page may hold others than those given up on, which the stages count.
  const givenUp =
    progress?.stages.some((stage) => stage.stage !== 'scan' && stage.failed > 0) ?? false;
  const retryable = problems && all > 0 && (listed.some(canRetry) || (kind === null && givenUp));
  const fromScan = problems && listed.some((problem) => problem.stage === 'scan');
  const scanning = progress?.stages.some(isScanning) ?? false;
  const isDone = progress?.stages.every(({ state }) => state === 'done') ?? false;
  return (
    <section className={styles.panel} aria-label={t('problems.label')}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          {problems
            ? t('problems.title', { count, shown: formatCount(count) })
            : t('problems.noticesTitle', { count, shown: formatCount(count) })}
        </h2>
        {count > 0 && (
          <span className={styles.quiet}>
            {t(problems ? 'problems.help' : 'problems.noticesHelp')}
          </span>
        )}
        <div className={styles.actions}>
          <Segments<ProblemSeverity>
            label={t('problems.which')}
            value={severity}
            onChange={(next) => {
              setSeverity(next);
              show(null);
            }}
            segments={[
              {
                value: 'problem',
                label: t('problems.problems'),
                aside: formatCount(catalog.problems),
              },
              {
                value: 'notice',
                label: t('problems.notices'),
                aside: formatCount(catalog.notices),
              },
            ]}
          />
          <button type="button" className="button" disabled={all === 0} onClick={save}>
            {t('problems.export')}
          </button>
          {retryable && (
            <button type="button" className="button" onClick={() => void retry()}>
              {t(kind === null ? 'problems.retryAll' : 'problems.retryThese')}
            </button>
          )}
        </div>
      </header>
      {list.isError ? (
        <FailureMessage error={list.error} onRetry={() => void list.refetch()} />
      ) : all === 0 ? (
        <output className={styles.none}>
          {list.data &&
            t(!problems ? 'problems.noNotices' : isDone ? 'problems.none' : 'problems.noneYet')}
        </output>
      ) : (
        <>
          <section className={styles.kinds} aria-label={t('problems.kinds')}>
            <KindChip
              label={t('problems.all')}
              count={all}
              pressed={kind === null}
              onPress={() => show(null)}
            />
            {kinds.map((entry) => (
              <KindChip
                key={entry.kind}
                label={t(`problems.kind.${entry.kind}`)}
                count={entry.count}
                pressed={kind === entry.kind}
                onPress={() => show(entry.kind)}
              />
            ))}
          </section>
          {fromScan && (
            <p className={styles.scan}>
              {t('problems.fromScan')}{' '}
              <button type="button" className="link" disabled={scanning} onClick={scanAgain}>
                {t('problems.scanAgain')}
              </button>
            </p>
          )}
          <ProblemTable problems={listed} onRetry={(problem) => void retry(problem.id)} />
          <Pager page={page} size={PAGE} total={list.data?.total ?? 0} onPage={setPage} />
        </>
      )}
    </section>
  );
}

function isScanning({ stage, state }: Stage): boolean {
  return stage === 'scan' && state === 'running';
}

/** Changes whenever the list may have: also when work ends, and a retry has failed again. */
function stampOf(catalog: Catalog, progress: CatalogProgress | null): string {
  return [
    catalog.revision,
    catalog.problems,
    catalog.notices,
    progress?.state,
    progress?.problems,
    progress?.notices,
  ].join('/');
}

interface KindChipProps {
  readonly label: string;
  readonly count: number;
  readonly pressed: boolean;
  readonly onPress: () => void;
}

function KindChip({ label, count, pressed, onPress }: KindChipProps) {
  return (
    <button type="button" className={styles.kind} aria-pressed={pressed} onClick={onPress}>
      {label} {formatCount(count)}
    </button>
  );
}
