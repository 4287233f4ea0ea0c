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

/** What stands in the way of finding an item, or else that it is published; nothing for most. */
export function Badge({ item, ...shown }: BadgeProps) {
  const badge = worstBadge(item);
  return badge === undefined ? null : <BadgeOf badge={badge} {...shown} />;
}

function BadgeOf({
  badge,
  onPicture = false,
  id,
}: Omit<BadgeProps, 'item'> & { readonly badge: ItemTile['badges'][number] }) {
  const { t } = useTranslation();
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
