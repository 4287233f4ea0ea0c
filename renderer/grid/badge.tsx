import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import styles from './badge.module.css';
import { worstBadge } from './worst-badge.ts';

interface BadgeProps {
  readonly item: ItemTile;
  /** On the light ground of a picture, in both schemes. */
  readonly onPicture?: boolean;
  readonly id?: string;
}

/** What stands in the way of finding an item, or else that it is published. */
export function Badge({ item, onPicture = false, id }: BadgeProps) {
  const { t } = useTranslation();
  const badge = worstBadge(item);
  if (badge === undefined) return null;
  const text = t(`grid.badge.${badge}`);
  return (
    <span
      id={id}
      className={styles.badge}
      data-badge={badge}
      data-on-picture={onPicture || undefined}
      title={text}
    >
      {text}
    </span>
  );
}
