import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { formatClock, formatCount, formatRate } from './format.ts';
import { useLive } from './live.ts';
import { readStatus, type Status } from './status.ts';
import styles from './status-pill.module.css';

const TONES: Record<Status['kind'], string> = {
  reconnecting: 'quiet',
  empty: 'quiet',
  ready: 'good',
  problems: 'good',
  obstacle: 'bad',
  offline: 'bad',
  scanning: 'busy',
  embedding: 'busy',
  publishing: 'busy',
  restoring: 'busy',
  'publish-held': 'bad',
  paused: 'paused',
};

/** What stands in the way, in as few words as the pill has room for; Ingest says the rest. */
const OBSTACLES = {
  FOLDER_NOT_FOUND: 'status.obstacles.folder',
  FOLDER_UNREADABLE: 'status.obstacles.unreadable',
  MODEL_MISSING: 'status.obstacles.modelMissing',
  MODEL_DAMAGED: 'status.obstacles.modelDamaged',
  MODEL_REFUSED: 'status.obstacles.modelRefused',
  DISK_FULL: 'status.obstacles.diskFull',
} as const;

const COUNTED = {
  scan: 'status.pictures',
  image: 'status.pictures',
  text: 'status.names',
  publish: 'status.publishing',
} as const;

/** Says what the core is doing, and opens the screen that says more. */
export function StatusPill() {
  const { t } = useTranslation();
  const progress = useLive((state) => state.progress);
  const connection = useLive((state) => state.connection);
  const catalogs = useLive((state) => state.catalogs);
  const publishing = useLive((state) => state.publishing);
  const listings = useLive((state) => state.listings);
  const status = readStatus(progress, connection, {
    catalogs: catalogs ?? [],
    publishing,
    listings,
  });
  const isOfCloud = ['publishing', 'publish-held', 'restoring'].includes(status.kind);
  const sentence = useSentence(status);
  return (
    <Link
      href={isOfCloud ? '/cloud' : '/ingest'}
      className={styles.pill ?? ''}
      data-tone={TONES[status.kind]}
      aria-label={t(isOfCloud ? 'status.labelCloud' : 'status.label', { sentence })}
      title={status.kind === 'obstacle' ? status.message : undefined}
    >
      <span className={styles.dot} aria-hidden />
      <span className={styles.text}>{sentence}</span>
    </Link>
  );
}

/** A status in words. */
function useSentence(status: Status): string {
  const { t } = useTranslation();
  switch (status.kind) {
    case 'reconnecting':
      return t('connection.reconnecting');
    case 'empty':
      return t('status.empty');
    case 'ready':
      return t('status.ready');
    case 'problems':
      return t('status.problems', { count: status.count, shown: formatCount(status.count) });
    case 'obstacle':
      return status.code in OBSTACLES
        ? t(OBSTACLES[status.code as keyof typeof OBSTACLES])
        : status.message;
    case 'offline':
      return t('status.offline', { name: status.name });
    case 'scanning':
      return t('status.scanning', { done: formatCount(status.done) });
    case 'paused':
      return t('status.paused', {
        done: formatCount(status.done),
        total: formatCount(status.total),
      });
    case 'publish-held':
      return t('status.publishHeld');
    case 'restoring':
    case 'publishing':
    case 'embedding':
      break;
  }
  return [
    countedOf(status, t),
    status.ratePerSecond !== null && t('status.rate', { rate: formatRate(status.ratePerSecond) }),
    status.etaSeconds !== null && t('status.left', { time: formatClock(status.etaSeconds) }),
  ]
    .filter((part) => part !== false)
    .join(' · ');
}

function countedOf(
  status: Extract<Status, { kind: 'restoring' | 'publishing' | 'embedding' }>,
  t: TFunction,
): string {
  const done = formatCount(status.done);
  if (status.kind !== 'restoring') {
    const stage = status.kind === 'publishing' ? 'publish' : status.stage;
    return t(COUNTED[stage], { done, total: formatCount(status.total) });
  }
  return status.total === null
    ? t('status.restoringSoFar', { done })
    : t('status.restoring', { done, total: formatCount(status.total) });
}
