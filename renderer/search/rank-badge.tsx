import { useTranslation } from 'react-i18next';
import type { Modality } from '../../shared/contract/models.ts';
import styles from './rank-badge.module.css';

interface RankBadgeProps {
  readonly side: Modality;
  readonly rank: number;
}

/** The place one side gave a result: amber for the picture, indigo for the words. */
export function RankBadge({ side, rank }: RankBadgeProps) {
  const { t } = useTranslation();
  const label = t(side === 'image' ? 'search.pictureRank' : 'search.wordsRank', { rank });
  return (
    <span className={styles.badge} data-side={side} title={label}>
      <span className="visually-hidden">{label}</span>
      <span aria-hidden>{rank}</span>
    </span>
  );
}
