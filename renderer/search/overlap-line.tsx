import { useTranslation } from 'react-i18next';
import { overlapAt } from '../../shared/overlap.ts';
import { formatCount } from '../app/format.ts';
import { answersSame } from './compared-panes.tsx';
import styles from './facts-line.module.css';
import { OnlyDot } from './only-dot.tsx';
import type { Search } from './use-search.ts';

interface OverlapLineProps {
  readonly local: Search;
  readonly remote: Search;
}

/** How many results the engines have in common: of the first ten, and of all that are shown. */
export function OverlapLine({ local, remote }: OverlapLineProps) {
  const { t } = useTranslation();
  if (!answersSame(local, remote)) return <output className={styles.facts} aria-live="off" />;
  const [here, there] = [local, remote].map(
    ({ data }) => data?.output.results.map(({ item }) => item.key) ?? [],
  );
  const shown = Math.max(here?.length ?? 0, there?.length ?? 0);
  const counts = [...new Set([Math.min(10, shown), shown])].map((k) =>
    overlapAt(k, here ?? [], there ?? []),
  );
  const isPartial = counts.some(({ common, of }) => common < of);
  return (
    <output className={styles.facts} aria-live="off">
      {t('search.overlap')}{' '}
      {counts.map(({ common, of }, at) => (
        <span key={of}>
          {at > 0 && <span className={styles.secondary}> · </span>}
          <strong>{formatCount(common)}</strong> {t('search.overlapOf', { of: formatCount(of) })}
        </span>
      ))}
      {isPartial && (
        <span className={styles.legend}>
          <OnlyDot /> {t('search.onlyOne')}
        </span>
      )}
    </output>
  );
}
