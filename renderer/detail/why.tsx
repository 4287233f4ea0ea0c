import { useTranslation } from 'react-i18next';
import type { SearchOutput, SearchResult } from '../../shared/contract/search.ts';
import { formatCount, formatDistance } from '../app/format.ts';
import { RankBadge } from '../search/rank-badge.tsx';
import { contributionsOf, formulaOf } from './share.ts';
import styles from './why.module.css';

interface WhyProps {
  readonly result: SearchResult;
  readonly output: SearchOutput;
}

/** Why a result is where it is: what each side thinks of it and how that adds up. */
export function Why({ result, output }: WhyProps) {
  const { t } = useTranslation();
  const parts = contributionsOf(result, output);
  const total = parts.reduce((sum, part) => sum + part.score, 0);
  const fused = output.mode === 'fused';
  return (
    <section className={styles.why} aria-labelledby="why-title">
      <h3 id="why-title" className={styles.title}>
        {result.rank === 1
          ? t('detail.whyFirst')
          : t('detail.why', { rank: formatCount(result.rank) })}
      </h3>
      {fused && total > 0 && (
        <div className={styles.bar} aria-hidden>
          {parts.map((part) => (
            <span key={part.side} data-side={part.side} style={{ flexGrow: part.score / total }} />
          ))}
        </div>
      )}
      {parts.map((part) => (
        <div key={part.side} className={styles.row}>
          <RankBadge side={part.side} rank={part.rank} />
          <span>{t(part.side === 'image' ? 'detail.byPicture' : 'detail.byWords')}</span>
          <span className={styles.distance}>
            {t('detail.distance', { distance: formatDistance(part.distance) })}
          </span>
        </div>
      ))}
      {fused && (
        <>
          {result.image === null && (
            <p className={styles.note}>
              {t('detail.notByPicture', { count: output.candidates.image })}
            </p>
          )}
          {result.text === null && (
            <p className={styles.note}>
              {t('detail.notByWords', { count: output.candidates.text })}
            </p>
          )}
          <p className={styles.formula}>{formulaOf(parts, output.k)}</p>
        </>
      )}
    </section>
  );
}
