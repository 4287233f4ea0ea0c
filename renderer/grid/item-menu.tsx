import { Menu } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconBookmark,
  IconBookmarkMinus,
  IconBookmarkPlus,
  IconCopy,
  IconCrop,
  IconFolderOpen,
  IconInfoCircle,
  IconLayoutGrid,
  IconPhoto,
  IconSearch,
  IconTag,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { desktopBridge } from '../api/host.ts';
import { copyItemPicture, copyText } from '../app/copy.ts';
import { notifyFailure } from '../app/notify.ts';
import { chooseCollection, toggleCollected } from '../collections/collect.ts';
import { useIsIn, useTarget } from '../collections/collections-store.ts';
import { hasLeft, isElsewhere } from './is-elsewhere.ts';
import type { ItemMenuActions } from './item-actions.ts';
import styles from './item-menu.module.css';

/** An item whose menu is open, and where in the window. */
export interface ItemMenuState {
  readonly item: ItemTile;
  readonly x: number;
  readonly y: number;
}

interface ItemMenuProps extends ItemMenuActions {
  readonly menu: ItemMenuState;
  /** The item's details are open already. */
  readonly inDetails?: boolean;
  readonly onClose: () => void;
}

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** Everything that can be done with an item, where the pointer or the focus is. */
export function ItemMenu({ menu, inDetails = false, onClose, ...actions }: ItemMenuProps) {
  const { t } = useTranslation();
  const { item, x, y } = menu;
  const { onShowInBrowse } = actions;
  const bridge = desktopBridge();
  const onDetails = actions.onDetails ?? actions.onOpen;
  return (
    <Menu
      opened
      onChange={(opened) => opened || onClose()}
      position="bottom-start"
      offset={2}
      width={230}
      returnFocus={false}
      withInitialFocusPlaceholder={false}
      // Not by keys, as it is by default: the one that opened it would close it.
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Menu.Target>
        {/* The menu hangs from it and is called by it. */}
        <span className={styles.point} style={{ left: x, top: y }} aria-hidden>
          {t('menu.label', { name: item.name || item.key })}
        </span>
      </Menu.Target>
      <Menu.Dropdown onContextMenu={(event) => event.preventDefault()}>
        {!inDetails && (
          <Menu.Item leftSection={<IconInfoCircle {...ICON} />} onClick={() => onDetails(item)}>
            {t('menu.details')}
          </Menu.Item>
        )}
        {!hasLeft(item) && (
          <Menu.Item
            leftSection={<IconSearch {...ICON} />}
            onClick={() => actions.onFindSimilar(item)}
          >
            {t('grid.findSimilar')}
          </Menu.Item>
        )}
        {item.imagePath !== null && (
          <Menu.Item leftSection={<IconCrop {...ICON} />} onClick={() => actions.onCrop(item)}>
            {t('grid.crop')}
          </Menu.Item>
        )}
        {onShowInBrowse && !isElsewhere(item) && (
          <Menu.Item
            leftSection={<IconLayoutGrid {...ICON} />}
            onClick={() => onShowInBrowse(item)}
          >
            {t('menu.showInBrowse')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <CollectItems item={item} inCollection={actions.inCollection} />
        <Menu.Divider />
        {item.imagePath !== null && (
          <Menu.Item
            leftSection={<IconPhoto {...ICON} />}
            onClick={() => void copyItemPicture(item)}
          >
            {t('menu.copyPicture')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopy {...ICON} />} onClick={() => void copyText(item.key)}>
          {t('menu.copyKey')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTag {...ICON} />}
          disabled={item.name === ''}
          onClick={() => void copyText(item.name)}
        >
          {t('menu.copyName')}
        </Menu.Item>
        {bridge !== null && item.imagePath !== null && (
          <Menu.Item
            leftSection={<IconFolderOpen {...ICON} />}
            onClick={() => void bridge.revealItem(item.id).catch(notifyFailure)}
          >
            {t('menu.reveal')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

type CollectItemsProps = Pick<ItemMenuProps, 'inCollection'> & { readonly item: ItemTile };

/** To the collection used last, to another one, and its place in the one that is looked at. */
function CollectItems({ item, inCollection }: CollectItemsProps) {
  const { t } = useTranslation();
  const target = useTarget();
  const there = useIsIn(target?.id, item.key);
  return (
    <>
      {inCollection && (
        <>
          <Menu.Item
            leftSection={<IconArrowLeft {...ICON} />}
            onClick={() => inCollection.onMove(item, -1)}
          >
            {t('menu.moveEarlier')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowRight {...ICON} />}
            onClick={() => inCollection.onMove(item, 1)}
          >
            {t('menu.moveLater')}
          </Menu.Item>
        </>
      )}
      {target !== null && (
        <Menu.Item
          leftSection={there ? <IconBookmarkMinus {...ICON} /> : <IconBookmarkPlus {...ICON} />}
          onClick={() => toggleCollected(item)}
        >
          <bdi>{t(there ? 'menu.removeFrom' : 'menu.addTo', { name: target.name })}</bdi>
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconBookmark {...ICON} />} onClick={() => chooseCollection(item)}>
        {t('menu.collections')}
      </Menu.Item>
    </>
  );
}
