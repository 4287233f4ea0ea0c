import { useTranslation } from 'react-i18next';
import type { ListingOf } from '../../../shared/contract/cloud/listing.ts';
import { client } from '../../api/client.ts';
import { notifyFailure } from '../../app/notify.ts';
import { CloudFailure } from '../cloud-failure.tsx';
import { ListingSides } from './listing-sides.tsx';
import styles from '../publish/publish-progress-panel.module.css';

/** How far a catalog has come back from its indexes, and the handle on it. */
export function RestorePanel({ listing }: { readonly listing: ListingOf<'restore'> }) {
  const { t } = useTranslation();
  const { catalogId, state, failure } = listing;
  const goOn = () => call(client.cloud.goOnRestoring({ catalogId }));
  const isRunning = state === 'running';
  return (
    <section className={styles.progress} aria-label={t('cloud.restore.label')}>
      <ListingSides listing={listing} />
      {failure !== null && <CloudFailure failure={failure} onRetry={goOn} />}
      {failure === null && (
        <div className={styles.foot}>
          <p>{t(isRunning ? 'cloud.restore.running' : 'cloud.restore.stopped')}</p>
          {isRunning ? (
            <button
              type="button"
              className="button"
              onClick={() => call(client.cloud.stopListing({ kind: 'restore', catalogId }))}
            >
              {t('cloud.restore.stop')}
            </button>
          ) : (
            <button type="button" className="button" data-kind="primary" onClick={goOn}>
              {t('cloud.restore.goOn')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function call(promise: Promise<unknown>): void {
  void promise.catch(notifyFailure);
}
