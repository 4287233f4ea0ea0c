import { useTranslation } from 'react-i18next';
import type { Engine, Mode, SearchResult } from '../../shared/contract/search.ts';
import { formatDistance, formatScore } from '../app/format.ts';
import { OnlyDot } from './only-dot.tsx';
import { RankBadge } from './rank-badge.tsx';
import styles from './result-meta.module.css';

interface ResultMetaProps {
  readonly result: SearchResult;
  readonly mode: Mode;
  /** The one of two engines that has it, where the other has not. */
  readonly aloneOn?: Engine | undefined;
}

/** A result's numbers: the fused score with both ranks, or the distance of the one side. */
export function ResultMeta({ result, mode, aloneOn }: ResultMetaProps) {
  const { t } = useTranslation();
  const alone = aloneOn && <OnlyDot label={t(`search.aloneOn.${aloneOn}`)} />;
  const place = mode === 'image' ? result.image : result.text;
  if (mode !== 'fused' && place !== null) {
    return (
      <>
        <span className={styles.number} title={t('search.distance')}>
          {formatDistance(place.distance)}
          {alone}
        </span>
        <RankBadge side={mode} rank={place.rank} />
      </>
    );
  }
  return (
    <>
      <span className={styles.number} title={t('search.score')}>
        {formatScore(result.score)}
        {alone}
      </span>
      <span className={styles.badges}>
        {result.image && <RankBadge side="image" rank={result.image.rank} />}
        {result.text && <RankBadge side="text" rank={result.text.rank} />}
      </span>
    </>
  );
}
