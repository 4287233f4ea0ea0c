import { useTranslation } from 'react-i18next';
import type { SearchOutput } from '../../shared/contract/search.ts';
import { formatCount } from '../app/format.ts';
import styles from './more-results.module.css';
import { setTop, TOPS } from './query-store.ts';

interface MoreResultsProps {
  readonly output: SearchOutput;
  /** How many were asked for. */
  readonly top: number;
}

/** Below the last result: that there are more, and a way to them. */
export function MoreResults({ output, top }: MoreResultsProps) {
  const { t } = useTranslation();
  const shown = output.results.length;
  const next = TOPS.find((entry) => entry > top);
  // S3 Vectors does not tell how many there are.
  const total = output.searched ?? Number.POSITIVE_INFINITY;
  if (next === undefined || shown < top || total <= shown) return null;
  return (
    <div className={styles.more}>
      {output.searched !== null && (
        <span>{t('search.shown', { shown: formatCount(shown), total: formatCount(total) })}</span>
      )}
      <button type="button" className="button" onClick={() => setTop(next)}>
        {t('search.more', { shown: formatCount(Math.min(next, total)) })}
      </button>
    </div>
  );
}
