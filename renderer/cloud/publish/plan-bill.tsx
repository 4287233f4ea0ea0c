import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PublishPlan } from '../../../shared/contract/cloud/publish.ts';
import { client } from '../../api/client.ts';
import { formatCount, formatDollars, formatSeconds } from '../../app/format.ts';
import { notifyFailure } from '../../app/notify.ts';
import styles from './plan-bill.module.css';

interface PlanBillProps {
  readonly plan: PublishPlan;
  /** Nothing is billed; the figures are what the service would ask for. */
  readonly isPractice: boolean;
  /** Publishing was begun and paused: its own button goes on. */
  readonly isPaused: boolean;
}

/** What the plan takes and costs, and the yes to it. */
export function PlanBill({ plan, isPractice, isPaused }: PlanBillProps) {
  const { t } = useTranslation();
  const { catalogId, cost, indexes } = plan;
  const publish = useMutation({
    mutationFn: () => client.cloud.publish({ catalogId }),
    onError: notifyFailure,
  });
  const total = indexes.reduce((sum, { added, changed }) => sum + added + changed, 0);
  const deleted = indexes.reduce((sum, index) => sum + index.deleted, 0);
  // What takes a yes of its own has a button of its own: see leaving-panel.tsx.
  if (total === 0 && plan.deletions === 'separate') return null;
  return (
    <div className={styles.bill}>
      <dl>
        <div>
          <dt>{t('cloud.bill.upload')}</dt>
          <dd>{formatDollars(cost.upload)}</dd>
        </div>
        <div>
          <dt>{t('cloud.bill.perMonth')}</dt>
          <dd>{formatDollars(cost.perMonth)}</dd>
        </div>
        <div>
          <dt>{t('cloud.bill.perThousand')}</dt>
          <dd>{formatDollars(cost.perThousandSearches)}</dd>
        </div>
        <div>
          <dt>{t('cloud.bill.time')}</dt>
          <dd>
            {plan.seconds < 1
              ? t('cloud.bill.moment')
              : t('cloud.bill.atLeast', { time: formatSeconds(plan.seconds) })}
          </dd>
        </div>
      </dl>
      <div className={styles.foot}>
        <p>
          {isPractice && `${t('cloud.practice.unbilled')} `}
          {t('cloud.bill.prices', { date: dateOf(cost.pricesReadOn) })}
        </p>
        {!isPaused && (
          <button
            type="button"
            className="button"
            data-kind="primary"
            data-size="large"
            disabled={publish.isPending}
            onClick={() => publish.mutate()}
          >
            {total === 0
              ? t('cloud.publish.delete', { count: deleted, shown: formatCount(deleted) })
              : t('cloud.publish.yes', { count: total, shown: formatCount(total) })}
          </button>
        )}
      </div>
    </div>
  );
}

/** An ISO date in words. */
function dateOf(date: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(date),
  );
}
