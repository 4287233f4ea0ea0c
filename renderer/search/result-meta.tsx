import { useTranslation } from 'react-i18next';
import type { Mode, SearchResult } from '../../shared/contract/search.ts';
import { formatDistance, formatScore } from '../app/format.ts';
import { RankBadge } from './rank-badge.tsx';
import styles from './result-meta.module.css';

interface ResultMetaProps {
  readonly result: SearchResult;
  readonly mode: Mode;
}

/** A result's numbers: the fused score with both ranks, or the distance of the one side. */
export function ResultMeta({ result, mode }: ResultMetaProps) {
  const { t } = useTranslation();
  const place = mode === 'image' ? result.image : result.text;
  if (mode !== 'fused' && place !== null) {
    return (
      <>
        <span title={t('search.distance')}>{formatDistance(place.distance)}</span>
        <RankBadge side={mode} rank={place.rank} />
      </>
    );
  }
  return (
    <>
      <span title={t('search.score')}>{formatScore(result.score)}</span>
      <span className={styles.badges}>
        {result.image && <RankBadge side="image" rank={result.image.rank} />}
        {result.text && <RankBadge side="text" rank={result.text.rank} />}
      </span>
    </>
  );
}
