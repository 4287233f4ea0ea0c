import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PublishPlan } from '../../../shared/contract/cloud/publish.ts';
import { client } from '../../api/client.ts';
import { formatCount } from '../../app/format.ts';
import { notifyFailure } from '../../app/notify.ts';
import { FailingRows } from '../failing-rows.tsx';
import styles from './refused-records.module.css';
import { refreshCloud } from '../use-cloud.ts';

const SHOWN = 20;

interface RefusedRecordsProps {
  readonly catalogId: number;
  readonly plan: PublishPlan;
}

/** What stays here: rows that would be refused, and records that were, each with its reason. */
export function RefusedRecords({ catalogId, plan }: RefusedRecordsProps) {
  const { t } = useTranslation();
  const quarantined = plan.indexes.reduce((sum, index) => sum + index.quarantined, 0);
  const list = useQuery({
    queryKey: ['cloud', 'refused', catalogId, quarantined],
    queryFn: ({ signal }) =>
      client.problems.list({ catalogId, kind: 'publish-refused', limit: SHOWN }, { signal }),
    enabled: quarantined > 0,
    staleTime: 0,
  });
  const retry = async () => {
    try {
      await client.cloud.retryRefused({ catalogId });
      await client.cloud.publish({ catalogId });
      await refreshCloud();
    } catch (error) {
      notifyFailure(error);
    }
  };
  const [first] = plan.indexes.toSorted((a, b) => b.failing - a.failing);
  return (
    <>
      {first && first.failing > 0 && (
        <FailingRows
          failing={first.failing}
          of={first.added + first.changed + first.unchanged + first.failing}
          failures={first.failures}
        />
      )}
      {quarantined > 0 && (
        <section className={styles.refused} aria-label={t('cloud.refused.label')}>
          <header>
            <h3>
              {t('cloud.refused.title', { count: quarantined, shown: formatCount(quarantined) })}
            </h3>
            <button type="button" className="button" onClick={() => void retry()}>
              {t('cloud.refused.retry')}
            </button>
          </header>
          <ul>
            {list.data?.problems.map((problem) => (
              <li key={problem.id}>
                <code>{problem.itemKey}</code>
                <span>{problem.reason}</span>
              </li>
            ))}
            {list.data && list.data.total > list.data.problems.length && (
              <li>
                {t('cloud.more', {
                  shown: formatCount(list.data.total - list.data.problems.length),
                })}
              </li>
            )}
          </ul>
        </section>
      )}
    </>
  );
}
