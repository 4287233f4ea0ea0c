import { IconCopy, IconCrop, IconDots, IconSearch } from '@tabler/icons-react';
import { type MouseEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { copyText } from '../app/copy.ts';
import type { ItemMenuActions } from '../grid/item-actions.ts';
import { CollectButton } from '../collections/collect-button.tsx';
import { hasLeft } from '../grid/is-elsewhere.ts';
import { ItemMenu } from '../grid/item-menu.tsx';
import styles from './detail-panel.module.css';

interface DetailActionsProps extends ItemMenuActions {
  readonly item: ItemTile;
}

/** What can be done with the item whose details are open: the most likely in words, the rest as signs. */
export function DetailActions({ item, ...actions }: DetailActionsProps) {
  const { t } = useTranslation();
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number } | null>(null);
  return (
    <div className={styles.actions}>
      {!hasLeft(item) && (
        <button type="button" className="button" onClick={() => actions.onFindSimilar(item)}>
          <IconSearch size={16} stroke={1.8} aria-hidden />
          {t('detail.findSimilar')}
        </button>
      )}
      <CollectButton item={item} inDetails />
      {item.imagePath !== null && (
        <IconAction label={t('detail.crop')} Icon={IconCrop} onPress={() => actions.onCrop(item)} />
      )}
      <IconAction
        label={t('detail.copyKey')}
        Icon={IconCopy}
        onPress={() => void copyText(item.key)}
      />
      <IconAction
        label={t('detail.more')}
        Icon={IconDots}
        onPress={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          setMenu({ x: left, y: bottom });
        }}
      />
      {menu && (
        <ItemMenu menu={{ item, ...menu }} inDetails onClose={() => setMenu(null)} {...actions} />
      )}
    </div>
  );
}

interface IconActionProps {
  readonly label: string;
  readonly Icon: typeof IconCopy;
  readonly onPress: (event: MouseEvent<HTMLButtonElement>) => void;
}

function IconAction({ label, Icon, onPress }: IconActionProps) {
  return (
    <button
      type="button"
      className="button"
      data-icon
      aria-label={label}
      title={label}
      onClick={onPress}
    >
      <Icon size={16} stroke={1.8} aria-hidden />
    </button>
  );
}
