import { IconCrop, IconSearch } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { CollectButton } from '../collections/collect-button.tsx';
import { hasLeft } from './is-elsewhere.ts';
import type { ItemActions } from './item-actions.ts';
import styles from './item-buttons.module.css';

interface ItemButtonsProps extends ItemActions {
  readonly item: ItemTile;
  /** On the light ground of a picture, in its corner. */
  readonly onPicture?: boolean;
}

/** What a pointer over an item can do with it; keys do the same (Shift+Enter, the Menu key). */
export function ItemButtons({ item, onPicture = false, ...actions }: ItemButtonsProps) {
  const { t } = useTranslation();
  const name = item.name || item.key;
  const act = (action: (item: ItemTile) => void) => (event: MouseEvent) => {
    event.stopPropagation();
    action(item);
  };
  return (
    <div className={styles.buttons} data-on-picture={onPicture || undefined}>
      {!hasLeft(item) && (
        <button
          type="button"
          tabIndex={-1}
          title={t('grid.findSimilar')}
          aria-label={t('grid.findSimilarTo', { name })}
          onClick={act(actions.onFindSimilar)}
        >
          <IconSearch size={16} stroke={1.9} aria-hidden />
        </button>
      )}
      {item.imagePath !== null && (
        <button
          type="button"
          tabIndex={-1}
          title={t('grid.crop')}
          aria-label={t('grid.cropOf', { name })}
          onClick={act(actions.onCrop)}
        >
          <IconCrop size={16} stroke={1.9} aria-hidden />
        </button>
      )}
      <CollectButton item={item} />
    </div>
  );
}
