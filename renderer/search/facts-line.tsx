import { useTranslation } from 'react-i18next';
import type { SearchOutput } from '../../shared/contract/search.ts';
import { formatCount, formatMs } from '../app/format.ts';
import styles from './facts-line.module.css';

interface FactsLineProps {
  readonly output: SearchOutput | undefined;
  readonly busy: boolean;
}

/** How many of how many, how quickly, and where the time went. */
export function FactsLine({ output, busy }: FactsLineProps) {
  const { t } = useTranslation();
  if (output === undefined) return <output className={styles.facts} aria-live="off" />;
  const { timing, mode, sides, searched } = output;
  const isRemote = output.engine === 's3vectors';
  const sideMs = (side: 'image' | 'text') => {
    const report = sides[side];
    if (!isRemote || report?.state !== 'ok') return false;
    return t(`search.timing.${side}`, { ms: formatMs(report.ms) });
  };
  const parts = [
    t('search.timing.embedding', { ms: formatMs(timing.embedMs) }),
    !isRemote && t('search.timing.search', { ms: formatMs(timing.searchMs) }),
    sideMs('image'),
    sideMs('text'),
    mode === 'fused' && t('search.timing.fusing', { ms: formatMs(timing.fuseMs) }),
  ].filter((part) => part !== false);
  return (
    // Told in other words (use-announced-results.ts), and not at every letter.
    <output className={styles.facts} data-busy={busy || undefined} aria-live="off">
      <strong>{formatCount(output.results.length)}</strong>{' '}
      {searched === null ? t('search.in') : t('search.of', { total: formatCount(searched) })}{' '}
      <strong>{t('search.ms', { ms: formatMs(timing.totalMs) })}</strong>{' '}
      <span className={styles.parts}>{parts.join(', ')}</span>
    </output>
  );
}
