import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloudConnection } from '../../../shared/contract/cloud/connection.ts';
import { client } from '../../api/client.ts';
import { formatMs } from '../../app/format.ts';
import { notifyFailure } from '../../app/notify.ts';
import { Section } from '../../app/section.tsx';
import { CloudFailure, useFailure } from '../cloud-failure.tsx';
import styles from './connection-section.module.css';
import { Permissions } from './permissions.tsx';
import { PolicyDialog } from './policy-dialog.tsx';
import { refreshCloud, startPractice, useConnectionTest, useIsOwnPractice } from '../use-cloud.ts';

interface ConnectionSectionProps {
  readonly connection: CloudConnection;
  readonly onChange: () => void;
}

/** Who speaks to which service, and whether it answers. */
export function ConnectionSection({ connection, onChange }: ConnectionSectionProps) {
  const { t } = useTranslation();
  const test = useConnectionTest(connection);
  const [isPolicyOpen, setPolicyOpen] = useState(false);
  const isPractice = connection.source.kind === 'practice';
  const isOwnPractice = useIsOwnPractice(connection);
  const disconnect = () => void client.cloud.disconnect().then(refreshCloud, notifyFailure);
  const facts = [
    useIdentity(connection),
    test.data?.region ?? connection.region ?? t('cloud.regionOfSource'),
    connection.endpoint,
  ].filter((fact) => fact !== null);
  return (
    <Section
      title={t('cloud.connection')}
      aside={
        <div className={styles.actions}>
          <button type="button" className="button" onClick={disconnect}>
            {t('cloud.disconnect')}
          </button>
          <button type="button" className="button" onClick={onChange}>
            {t('cloud.change')}
          </button>
          <button
            type="button"
            className="button"
            disabled={test.isFetching}
            onClick={() => void test.refetch()}
          >
            {t(test.isFetching ? 'cloud.testing' : 'cloud.test')}
          </button>
        </div>
      }
    >
      <p className={styles.facts}>{facts.join(' · ')}</p>
      {isPractice && (
        <p className={styles.quiet}>
          {t(isOwnPractice ? 'cloud.practice.connected' : 'cloud.practice.otherServer')}
        </p>
      )}
      <output className={styles.answer}>
        {test.data && !test.isFetching && !test.isError && (
          <>
            <span className={styles.dot} aria-hidden />
            {t('cloud.answered', { ms: formatMs(test.data.latencyMs) })}
            {test.data.expiresAt !== null &&
              ` · ${t('cloud.expires', { time: new Date(test.data.expiresAt).toLocaleTimeString() })}`}
          </>
        )}
      </output>
      {test.isError && !test.isFetching && (
        <TestFailure
          error={test.error}
          onRetry={() => void test.refetch()}
          onPractice={
            isOwnPractice
              ? () => void startPractice().then(() => test.refetch(), notifyFailure)
              : undefined
          }
          onPolicy={() => setPolicyOpen(true)}
        />
      )}
      {test.data && !test.isError && <Permissions permissions={test.data.permissions} />}
      {!isPractice && (
        <button
          type="button"
          className={`link ${styles.policy}`}
          onClick={() => setPolicyOpen(true)}
        >
          {t('cloud.policy.show')}
        </button>
      )}
      {isPolicyOpen && <PolicyDialog onClose={() => setPolicyOpen(false)} />}
    </Section>
  );
}

interface TestFailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onPractice: (() => void) | undefined;
  readonly onPolicy: () => void;
}

function TestFailure({ error, onRetry, onPractice, onPolicy }: TestFailureProps) {
  const { t } = useTranslation();
  const failure = useFailure(error);
  return (
    <CloudFailure failure={failure} onRetry={onRetry}>
      {onPractice && failure.code === 'CLOUD_OFFLINE' && (
        <button type="button" className="button" onClick={onPractice}>
          {t('cloud.practice.again')}
        </button>
      )}
      {failure.code === 'CLOUD_ACCESS_DENIED' && (
        <button type="button" className="button" onClick={onPolicy}>
          {t('cloud.policy.show')}
        </button>
      )}
    </CloudFailure>
  );
}

/** Where the credentials come from, in words. */
function useIdentity({ source }: CloudConnection): string {
  const { t } = useTranslation();
  return 'profile' in source
    ? t('cloud.identity.profile', { profile: source.profile })
    : t(`cloud.identity.${source.kind}`);
}
