import { useTranslation } from 'react-i18next';
import type { ModelDownload } from '../../shared/contract/models.ts';
import { formatBytes, formatClock } from '../app/format.ts';
import styles from './models-section.module.css';

interface ModelDownloadBarProps {
  readonly download: ModelDownload;
  readonly title: string;
}

/** How far a download is, how quick, and what is in its way. */
export function ModelDownloadBar({ download, title }: ModelDownloadBarProps) {
  const { t } = useTranslation();
  const { state, doneBytes, totalBytes, bytesPerSecond, etaSeconds, error } = download;
  const fraction = totalBytes === null ? 0 : Math.min(1, doneBytes / totalBytes);
  const time = [
    bytesPerSecond !== null && t('models.rate', { rate: formatBytes(Math.round(bytesPerSecond)) }),
    etaSeconds !== null && t('models.left', { time: formatClock(etaSeconds) }),
  ].filter((part) => part !== false);
  const amount =
    totalBytes === null
      ? t('models.starting')
      : t('models.ofTotal', { done: formatBytes(doneBytes), total: formatBytes(totalBytes) });
  return (
    <div className={styles.download}>
      <progress
        className="visually-hidden"
        aria-label={t('models.progress', { title })}
        aria-valuetext={amount}
        max={100}
        value={Math.round(fraction * 100)}
      />
      <div className={styles.bar} data-state={state} aria-hidden>
        <div style={{ width: `${fraction * 100}%` }} />
      </div>
      <div className={styles.numbers}>
        <span>{state === 'verifying' ? t('models.checking') : amount}</span>
        <span>{time.join(' · ')}</span>
      </div>
      {state === 'waiting' && error !== null && (
        <p className={styles.note}>{t('models.waiting', { message: error.message })}</p>
      )}
      {state === 'failed' && error !== null && (
        <p className={styles.reason} role="alert">
          <strong>{error.message}</strong> {error.action}
        </p>
      )}
    </div>
  );
}
