import { Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyReport } from '../../../shared/contract/cloud/verify.ts';
import { client } from '../../api/client.ts';
import { formatCount, formatSeconds } from '../../app/format.ts';
import { notifyFailure } from '../../app/notify.ts';
import { CloudFailure, useFailure } from '../cloud-failure.tsx';
import { ListingSides } from './listing-sides.tsx';
import { useLastVerified, useListing } from '../use-cloud.ts';
import styles from './verify-panel.module.css';
import { VerifyTable } from './verify-table.tsx';

/** Compares what the indexes really hold with the catalog; the plan above then mends what differs. */
export function VerifyPanel({ catalogId }: { readonly catalogId: number }) {
  const { t } = useTranslation();
  const last = useLastVerified(catalogId);
  const listing = useListing('verify', catalogId);
  const [withVectors, setWithVectors] = useState(false);
  const start = useMutation({
    mutationFn: () => client.cloud.verify({ catalogId, vectors: withVectors }),
  });
  const isRunning = listing?.state === 'running';
  const stop = () =>
    void client.cloud.stopListing({ kind: 'verify', catalogId }).catch(notifyFailure);
  return (
    <section className={styles.verify} aria-label={t('cloud.verify.label')}>
      {isRunning && <ListingSides listing={listing} />}
      <div className={styles.line}>
        <p>
          {isRunning
            ? t('cloud.verify.running')
            : last.data
              ? t(last.data.isInStep ? 'cloud.verify.lastGood' : 'cloud.verify.lastBad', {
                  when: whenOf(last.data.at),
                })
              : t('cloud.verify.never')}
        </p>
        {isRunning ? (
          <button type="button" className="button" onClick={stop}>
            {t('common.cancel')}
          </button>
        ) : (
          <>
            <Checkbox
              size="xs"
              label={t('cloud.verify.vectors')}
              checked={withVectors}
              onChange={(event) => setWithVectors(event.currentTarget.checked)}
            />
            <button
              type="button"
              className="button"
              disabled={start.isPending}
              onClick={() => start.mutate()}
            >
              {t('cloud.verify.now')}
            </button>
          </>
        )}
      </div>
      {start.isError && <StartFailure error={start.error} onRetry={() => start.mutate()} />}
      {listing?.state === 'failed' && listing.failure !== null && (
        <CloudFailure failure={listing.failure} onRetry={() => start.mutate()} />
      )}
      {listing?.state === 'done' && listing.report !== null && <Report report={listing.report} />}
    </section>
  );
}

function Report({ report }: { readonly report: VerifyReport }) {
  const { t } = useTranslation();
  const listed = report.indexes.reduce((sum, index) => sum + index.listed, 0);
  const seconds = formatSeconds(report.seconds);
  return (
    <>
      <output className={styles.result} data-good={report.isInStep || undefined}>
        {t(report.isInStep ? 'cloud.verify.same' : 'cloud.verify.differs', {
          count: listed,
          shown: formatCount(listed),
          seconds,
        })}
      </output>
      {!report.isInStep && <VerifyTable indexes={report.indexes} />}
    </>
  );
}

function StartFailure(props: { readonly error: unknown; readonly onRetry: () => void }) {
  return <CloudFailure failure={useFailure(props.error)} onRetry={props.onRetry} />;
}

function whenOf(at: number): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
