import { IconCrop, IconSearch } from '@tabler/icons-react';
import type { DragEvent, MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { Picture } from './picture.tsx';
import styles from './tile.module.css';

/** What dragging a tile carries, so that it can be dropped on the query's picture. */
export const ITEM_DRAG_TYPE = 'application/x-vitrine-item';

export interface TileActions {
  readonly onOpen: (item: ItemTile) => void;
  readonly onFindSimilar: (item: ItemTile) => void;
  /** Search in a part of the picture. */
  readonly onCrop: (item: ItemTile) => void;
}

interface TileProps extends TileActions {
  readonly item: ItemTile;
  readonly selected: boolean;
  /** Name and facts get ids that begin with it, for the cell to be called by them. */
  readonly labelId: string;
  readonly pictureSize: number;
  /** The line below the name. */
  readonly meta: ReactNode;
}

/** One badge is enough: what is missing or wrong is also why it is not embedded. */
const WORST_FIRST = ['missing', 'problem', 'not-embedded'] as const;

/** One item in a grid: picture, two lines of name, one line of facts, actions on hover or focus. */
export function Tile(props: TileProps) {
  const { item, selected, labelId, pictureSize, meta, ...actions } = props;
  const { t } = useTranslation();
  const name = item.name || item.key;
  const act = (action: (item: ItemTile) => void) => (event: MouseEvent) => {
    event.stopPropagation();
    action(item);
  };
  const badge = WORST_FIRST.find((entry) => item.badges.includes(entry));
  const hasPicture = item.imagePath !== null;
  return (
    <div
      className={styles.tile}
      data-selected={selected || undefined}
      draggable={hasPicture}
      onDragStart={(event: DragEvent) => {
        event.dataTransfer.setData(ITEM_DRAG_TYPE, JSON.stringify(item));
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      <div className={styles.picture}>
        <Picture item={item} width={pictureSize} alt="" />
        {badge !== undefined && (
          <span className={styles.badge} data-badge={badge} title={t(`grid.badge.${badge}`)}>
            {t(`grid.badge.${badge}`)}
          </span>
        )}
        <div className={styles.actions}>
          <button
            type="button"
            tabIndex={-1}
            title={t('grid.findSimilar')}
            aria-label={t('grid.findSimilarTo', { name })}
            onClick={act(actions.onFindSimilar)}
          >
            <IconSearch size={16} stroke={1.9} aria-hidden />
          </button>
          {hasPicture && (
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
        </div>
      </div>
      <div id={`${labelId}-name`} className={styles.name}>
        {name}
      </div>
      {meta !== undefined && (
        <div id={`${labelId}-facts`} className={styles.meta}>
          {meta}
        </div>
      )}
    </div>
  );
}
