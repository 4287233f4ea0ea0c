import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Diagnostics } from '../../shared/contract/diagnostics.ts';
import { formatDiagnostics } from '../../shared/diagnostics-text.ts';
import { client } from '../api/client.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { formatBytes, formatCount } from '../app/format.ts';
import { notifyDone, notifyFailure } from '../app/notify.ts';
import styles from './diagnostics-section.module.css';
import { Section } from '../app/section.tsx';

const REFRESH_MS = 10_000;

/** On what Vitrine runs and how it fares, to read and to paste into a report. */
export function DiagnosticsSection() {
  const { t } = useTranslation();
  const diagnostics = useQuery({
    queryKey: ['diagnostics'],
    queryFn: ({ signal }) => client.app.diagnostics(undefined, { signal }),
    staleTime: 0,
    refetchInterval: REFRESH_MS,
  });
  const copy = async () => {
    try {
      // Of this moment, not of when the screen was opened.
      await navigator.clipboard.writeText(formatDiagnostics(await client.app.diagnostics()));
      notifyDone(t('diagnostics.copied'));
    } catch (error) {
      notifyFailure(error);
    }
  };
  return (
    <Section
      title={t('settings.diagnostics')}
      help={t('settings.diagnosticsHelp')}
      aside={
        <button type="button" className="button" onClick={() => void copy()}>
          {t('diagnostics.copy')}
        </button>
      }
    >
      {diagnostics.isError && (
        <FailureMessage error={diagnostics.error} onRetry={() => void diagnostics.refetch()} />
      )}
      {diagnostics.data && (
        <>
          <Facts diagnostics={diagnostics.data} />
          <details className={styles.whole}>
            <summary>{t('diagnostics.whole')}</summary>
            {/* Scrollable, so it takes the focus: keys must be able to scroll it. */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <pre tabIndex={0} aria-label={t('diagnostics.whole')} role="region">
              {formatDiagnostics(diagnostics.data)}
            </pre>
          </details>
        </>
      )}
    </Section>
  );
}

function Facts({ diagnostics }: { readonly diagnostics: Diagnostics }) {
  const { t } = useTranslation();
  const { app, runtime, system, queue, log } = diagnostics;
  const waiting = queue
    .filter(({ state }) => state === 'queued' || state === 'running')
    .reduce((sum, { count }) => sum + count, 0);
  const facts: readonly (readonly [string, string])[] = [
    [t('diagnostics.version'), `${app.version}, ${t(`settings.host.${app.host}`)}`],
    [
      t('diagnostics.runtime'),
      Object.entries(runtime)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    [
      t('diagnostics.system'),
      `${t('diagnostics.systemValue', { cpu: system.cpu, cores: system.cores })}, ${system.platform} ${system.release}`,
    ],
    [
      t('diagnostics.memory'),
      t('diagnostics.memoryValue', {
        total: formatBytes(system.memoryBytes),
        free: formatBytes(system.freeMemoryBytes),
        used: formatBytes(system.residentBytes),
      }),
    ],
    [
      t('diagnostics.queue'),
      waiting === 0
        ? t('diagnostics.queueEmpty')
        : t('diagnostics.queueWaiting', { count: waiting, shown: formatCount(waiting) }),
    ],
    [
      t('diagnostics.log'),
      log.length === 0
        ? t('diagnostics.logNone')
        : t('diagnostics.logSome', { count: log.length, shown: formatCount(log.length) }),
    ],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
