import {
  IconCopy,
  IconCrop,
  IconFolderOpen,
  IconLayoutGrid,
  IconPhoto,
  IconSearch,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { desktopBridge } from '../api/host.ts';
import { copyItemPicture, copyText } from '../app/copy.ts';
import { notifyFailure } from '../app/notify.ts';
import type { ItemMenuActions } from '../grid/item-actions.ts';
import styles from './detail-panel.module.css';

interface DetailActionsProps extends ItemMenuActions {
  readonly item: ItemTile;
}

/** What can be done with the item whose details are open: the most likely in words, the rest as signs. */
export function DetailActions({ item, ...actions }: DetailActionsProps) {
  const { t } = useTranslation();
  const bridge = desktopBridge();
  const { onShowInBrowse } = actions;
  return (
    <div className={styles.actions}>
      <button type="button" className="button" onClick={() => actions.onFindSimilar(item)}>
        <IconSearch size={16} stroke={1.8} aria-hidden />
        {t('detail.findSimilar')}
      </button>
      {item.imagePath !== null && (
        <>
          <IconAction
            label={t('detail.crop')}
            Icon={IconCrop}
            onPress={() => actions.onCrop(item)}
          />
          <IconAction
            label={t('detail.copyPicture')}
            Icon={IconPhoto}
            onPress={() => void copyItemPicture(item)}
          />
          {bridge !== null && (
            <IconAction
              label={t('detail.reveal')}
              Icon={IconFolderOpen}
              onPress={() => void bridge.revealItem(item.id).catch(notifyFailure)}
            />
          )}
        </>
      )}
      <IconAction
        label={t('detail.copyKey')}
        Icon={IconCopy}
        onPress={() => void copyText(item.key)}
      />
      {onShowInBrowse && (
        <IconAction
          label={t('menu.showInBrowse')}
          Icon={IconLayoutGrid}
          onPress={() => onShowInBrowse(item)}
        />
      )}
    </div>
  );
}

interface IconActionProps {
  readonly label: string;
  readonly Icon: typeof IconCopy;
  readonly onPress: () => void;
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
