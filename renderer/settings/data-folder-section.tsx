import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../api/client.ts';
import { desktopBridge } from '../api/host.ts';
import { copyText } from '../app/copy.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { formatBytes } from '../app/format.ts';
import { notifyDone, notifyFailure } from '../app/notify.ts';
import styles from './data-folder-section.module.css';
import { Section } from '../app/section.tsx';
import screen from './settings-screen.module.css';

const PARTS = ['database', 'thumbnails', 'models', 'dropped', 'other'] as const;

/** Where everything lies and what it takes. */
export function DataFolderSection() {
  const { t } = useTranslation();
  const bridge = desktopBridge();
  const info = useQuery({ queryKey: ['info'], queryFn: () => client.app.info() }).data;
  const storage = useQuery({
    queryKey: ['storage'],
    queryFn: ({ signal }) => client.app.storage(undefined, { signal }),
    staleTime: 0,
  });
  const clear = useMutation({
    mutationFn: () => client.app.clearThumbnails(),
    onError: notifyFailure,
    onSuccess: ({ freedBytes }) => {
      notifyDone(t('dataFolder.cleared', { size: formatBytes(freedBytes) }));
      return storage.refetch();
    },
  });
  const sizes = storage.data;
  const total = sizes === undefined ? 0 : PARTS.reduce((sum, part) => sum + sizes[part], 0);
  return (
    <Section title={t('settings.data')} help={t('settings.dataHelp')}>
      {info && <p className={styles.path}>{info.dataDir}</p>}
      {storage.isError && (
        <FailureMessage error={storage.error} onRetry={() => void storage.refetch()} />
      )}
      {sizes && (
        <>
          <div className={styles.bar} role="img" aria-label={t('dataFolder.chart')}>
            {PARTS.map((part) => (
              <div
                key={part}
                data-part={part}
                style={{ width: `${total === 0 ? 0 : (sizes[part] / total) * 100}%` }}
              />
            ))}
          </div>
          <dl className={styles.parts}>
            {PARTS.map((part) => (
              <div key={part}>
                <dt>
                  <span data-part={part} aria-hidden />
                  {t(`dataFolder.parts.${part}`)}
                </dt>
                <dd>{formatBytes(sizes[part])}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <div className={styles.foot}>
        <div className={screen.actions}>
          {bridge !== null && (
            <button
              type="button"
              className="button"
              onClick={() => void bridge.revealDataFolder().catch(notifyFailure)}
            >
              {t('dataFolder.reveal')}
            </button>
          )}
          {bridge === null && info && (
            <button type="button" className="button" onClick={() => void copyText(info.dataDir)}>
              {t('dataFolder.copyPath')}
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={clear.isPending || sizes === undefined || sizes.thumbnails === 0}
            onClick={() => clear.mutate()}
          >
            {t('dataFolder.clear')}
          </button>
        </div>
        {sizes && (
          <span className={styles.total}>
            {[
              t('dataFolder.total', { size: formatBytes(total) }),
              sizes.free === null ? null : t('dataFolder.free', { size: formatBytes(sizes.free) }),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
        )}
      </div>
    </Section>
  );
}
