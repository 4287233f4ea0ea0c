import { Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyReport } from '../../shared/contract/cloud/verify.ts';
import { client } from '../api/client.ts';
import { formatCount, formatSeconds } from '../app/format.ts';
import { CloudFailure, useFailure } from './cloud-failure.tsx';
import { refreshCloud, useLastVerified } from './use-cloud.ts';
import styles from './verify-panel.module.css';
import { VerifyTable } from './verify-table.tsx';

/** Compares what the indexes really hold with the catalog; the plan above then mends what differs. */
export function VerifyPanel({ catalogId }: { readonly catalogId: number }) {
  const { t } = useTranslation();
  const last = useLastVerified(catalogId);
  const [withVectors, setWithVectors] = useState(false);
  const running = useRef<AbortController | null>(null);
  const verify = useMutation({
    mutationFn() {
      running.current = new AbortController();
      const { signal } = running.current;
      return client.cloud.verify({ catalogId, vectors: withVectors }, { signal });
    },
    onSuccess: () => refreshCloud(),
  });
  // Nobody waits for it any more.
  useEffect(() => () => running.current?.abort(), []);
  return (
    <section className={styles.verify} aria-label={t('cloud.verify.label')}>
      <div className={styles.line}>
        <p>
          {verify.isPending
            ? t('cloud.verify.running')
            : last.data
              ? t(last.data.isInStep ? 'cloud.verify.lastGood' : 'cloud.verify.lastBad', {
                  when: whenOf(last.data.at),
                })
              : t('cloud.verify.never')}
        </p>
        <Checkbox
          size="xs"
          label={t('cloud.verify.vectors')}
          checked={withVectors}
          disabled={verify.isPending}
          onChange={(event) => setWithVectors(event.currentTarget.checked)}
        />
        {verify.isPending ? (
          <button type="button" className="button" onClick={() => running.current?.abort()}>
            {t('common.cancel')}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => verify.mutate()}>
            {t('cloud.verify.now')}
          </button>
        )}
      </div>
      {verify.isError && <VerifyFailure error={verify.error} onRetry={() => verify.mutate()} />}
      {verify.data && <Report report={verify.data} />}
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

function VerifyFailure(props: { readonly error: unknown; readonly onRetry: () => void }) {
  const failure = useFailure(props.error);
  // Who cancelled knows it.
  if (failure.code === 'CANCELLED' || isAbort(props.error)) return null;
  return <CloudFailure failure={failure} onRetry={props.onRetry} />;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function whenOf(at: number): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
