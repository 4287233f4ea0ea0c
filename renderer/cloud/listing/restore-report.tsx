import { useTranslation } from 'react-i18next';
import type { RestoreReport as Report } from '../../../shared/contract/cloud/restore.ts';
import { client } from '../../api/client.ts';
import { formatCount, formatSeconds } from '../../app/format.ts';
import { notifyFailure } from '../../app/notify.ts';
import styles from './restore-report.module.css';

/** What has come back from the indexes, and what of it is to be known; until it is closed. */
export function RestoreReport({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const { catalogId, sides, items, seconds } = report;
  const sum = (read: (side: Report['sides'][number]) => number) =>
    sides.reduce((total, side) => total + read(side), 0);
  const counts = {
    restored: sum(({ restored }) => restored),
    byKey: sum(({ byKey }) => byKey),
    outdated: sum(({ outdated }) => outdated),
    unknown: sum(({ unknown }) => unknown.count),
  };
  const notes = (['restored', 'byKey', 'outdated', 'unknown'] as const).filter(
    (note) => counts[note] > 0,
  );
  const close = () =>
    void client.cloud.forgetListing({ kind: 'restore', catalogId }).catch(notifyFailure);
  return (
    <section className={styles.report} aria-label={t('cloud.restore.reportLabel')}>
      <div className={styles.line}>
        <p className={styles.head}>
          {t('cloud.restore.report', {
            count: items,
            shown: formatCount(items),
            time: formatSeconds(seconds),
          })}
        </p>
        <button type="button" className="button" onClick={close}>
          {t('common.close')}
        </button>
      </div>
      <ul>
        {notes.map((note) => (
          <li key={note}>
            {t(`cloud.restore.note.${note}`, {
              count: counts[note],
              shown: formatCount(counts[note]),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
