import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeavingReason, PublishPlan } from '../../../shared/contract/cloud/publish.ts';
import { formatCount } from '../../app/format.ts';
import { DeleteLeavingDialog } from './delete-leaving-dialog.tsx';
import styles from './leaving-panel.module.css';

const KEYS_SHOWN = 5;

interface LeavingPanelProps {
  readonly plan: PublishPlan;
  /** What was begun and paused is gone on with first. */
  readonly isPaused: boolean;
}

/**
 * Vectors that the indexes hold and the catalog does not, and why: kept while the folder is out of
 * reach, and deleted only after a yes of their own where they are many. Few go with the yes to publish.
 */
export function LeavingPanel({ plan, isPaused }: LeavingPanelProps) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const sum = (read: (leaving: PublishPlan['indexes'][number]['leaving']) => number) =>
    plan.indexes.reduce((total, { leaving }) => total + read(leaving), 0);
  const count = sum((leaving) => leaving.count);
  if (count === 0) return null;
  const { deletions } = plan;
  const shown = formatCount(count);
  return (
    <section
      className={styles.leaving}
      data-many={deletions === 'separate' || undefined}
      aria-label={t('cloud.leaving.label')}
    >
      <h3>
        {t(`cloud.leaving.title.${deletions}`, {
          count,
          shown,
          held: formatCount(sum((leaving) => leaving.held)),
        })}
      </h3>
      <ul>
        {reasonsOf(plan).map(([reason, { count: of, keys }]) => (
          <li key={reason}>
            {t(`cloud.leaving.reason.${reason}`, { count: of, shown: formatCount(of) })}
            <code>
              {keys.slice(0, KEYS_SHOWN).join(', ')}
              {keys.length > KEYS_SHOWN && ', …'}
            </code>
          </li>
        ))}
      </ul>
      {deletions === 'separate' && (
        <div className={styles.foot}>
          <p>{t('cloud.leaving.many')}</p>
          {!isPaused && (
            <button type="button" className="button" onClick={() => setAsking(true)}>
              {t('cloud.leaving.delete', { count, shown })}
            </button>
          )}
        </div>
      )}
      {isAsking && <DeleteLeavingDialog plan={plan} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** Both indexes together: a product that left has left both. */
function reasonsOf({ indexes }: PublishPlan): [LeavingReason, { count: number; keys: string[] }][] {
  const all = new Map<LeavingReason, { count: number; keys: string[] }>();
  for (const { leaving } of indexes) {
    for (const { reason, count, keys } of leaving.reasons) {
      const known = all.get(reason);
      all.set(reason, { count: count + (known?.count ?? 0), keys: known?.keys ?? keys });
    }
  }
  return [...all].toSorted(([, a], [, b]) => b.count - a.count);
}
