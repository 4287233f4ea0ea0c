import { type DragEvent, type ReactNode, useState } from 'react';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { titleWhenClipped } from '../app/title-when-clipped.ts';
import { CollectedMark } from '../collections/collected-mark.tsx';
import { Badge } from './badge.tsx';
import type { ItemActions } from './item-actions.ts';
import { ItemButtons } from './item-buttons.tsx';
import { startItemDrag } from './item-drag.ts';
import { Picture } from './picture.tsx';
import styles from './tile.module.css';

interface TileProps extends ItemActions {
  readonly item: ItemTile;
  readonly selected: boolean;
  /** The one that keys act on, whose buttons are shown while it has the focus. */
  readonly current: boolean;
  /** Name and facts get ids that begin with it, for the cell to be called by them. */
  readonly labelId: string;
  readonly pictureSize: number;
  /** The line below the name. */
  readonly meta: ReactNode;
}

/** One item in a grid: picture, two lines of name, one line of facts, actions on hover or focus. */
export function Tile(props: TileProps) {
  const { item, selected, current, labelId, pictureSize, meta, ...actions } = props;
  const [hovered, setHovered] = useState(false);
  const name = item.name || item.key;
  const hasPicture = item.imagePath !== null;
  return (
    <div
      className={styles.tile}
      data-selected={selected || undefined}
      draggable={hasPicture}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onDragStart={(event: DragEvent) => startItemDrag(event, item)}
    >
      <div
        id={`${labelId}-name`}
        className={styles.name}
        dir="auto"
        onPointerEnter={titleWhenClipped}
      >
        {name}
      </div>
      {meta !== undefined && (
        <div id={`${labelId}-facts`} className={styles.meta}>
          {meta}
        </div>
      )}
      {/* After the name, as it is read out; above it, as it is seen. */}
      <div className={styles.picture}>
        <Picture item={item} width={pictureSize} alt="" missingId={`${labelId}-missing`} />
        <Badge item={item} id={`${labelId}-badge`} onPicture />
        <CollectedMark itemKey={item.key} id={`${labelId}-collected`} onPicture />
        {/* Half of what a tile consists of: not drawn for fifty tiles that no one points at. */}
        {(hovered || current) && <ItemButtons item={item} onPicture {...actions} />}
      </div>
    </div>
  );
}
