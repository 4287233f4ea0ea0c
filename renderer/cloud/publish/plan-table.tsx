import { useTranslation } from 'react-i18next';
import type { PublishPlan } from '../../../shared/contract/cloud/publish.ts';
import { formatBytes, formatCount } from '../../app/format.ts';
import styles from './plan-table.module.css';

const COUNTS = ['added', 'changed', 'deleted', 'unchanged'] as const;

/** What would be done in each index. */
export function PlanTable({ plan }: { readonly plan: PublishPlan }) {
  const { t } = useTranslation();
  return (
    <div className={styles.scroll}>
      <table className={styles.plan} aria-label={t('cloud.plan.label')}>
        <thead>
          <tr>
            <th scope="col">{t('cloud.plan.index')}</th>
            {COUNTS.map((count) => (
              <th key={count} scope="col">
                {t(`cloud.plan.${count}`)}
              </th>
            ))}
            <th scope="col">{t('cloud.plan.bytes')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.indexes.map((index) => (
            <tr key={index.modality}>
              <th scope="row">
                <span className={styles.dot} data-side={index.modality} aria-hidden />
                <span>
                  {index.index}
                  <small>
                    {t(`cloud.plan.side.${index.modality}`, { dimension: index.model.dimension })}
                  </small>
                </span>
              </th>
              {COUNTS.map((count) => (
                <td key={count} data-none={index[count] === 0 || undefined}>
                  {formatCount(index[count])}
                </td>
              ))}
              <td>{formatBytes(index.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
