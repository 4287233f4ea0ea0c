import { Menu } from '@mantine/core';
import {
  IconBookmarkFilled,
  IconBraces,
  IconCopy,
  IconDots,
  IconPencil,
  IconTable,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog, ItemTile } from '../../shared/contract/catalog.ts';
import type { Collection } from '../../shared/contract/collections.ts';
import { formatCount } from '../app/format.ts';
import { notifyDone, notifyFailure } from '../app/notify.ts';
import { saveText } from '../app/save-text.ts';
import { Segments } from '../app/segments.tsx';
import { type BrowseView, clearBrowse, setBrowse, useBrowseState } from '../browse/browse-store.ts';
import { useCommand } from '../commands/use-command.ts';
import { DeleteCollection, RenameCollection } from './collection-dialogs.tsx';
import { collectionCsv, collectionJson, collectionKeys } from './collection-file.ts';
import styles from './collection-head.module.css';

interface CollectionHeadProps {
  readonly catalog: Catalog;
  readonly collection: Collection;
  readonly items: readonly ItemTile[];
}

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** What the collection is called, how much is in it and what can be done with it as a whole. */
export function CollectionHead({ catalog, collection, items }: CollectionHeadProps) {
  const { t } = useTranslation();
  const view = useBrowseState((state) => state.view);
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const none = items.length === 0;
  const save = (format: 'csv' | 'json') => {
    if (none) return false;
    const name = `${catalog.name} ${collection.name}.${format}`;
    const names = { catalog: catalog.name, collection: collection.name };
    if (format === 'csv') saveText(collectionCsv(items, catalog.fields), name, 'text/csv');
    else saveText(collectionJson(items, names), name, 'application/json');
    return true;
  };
  const copyKeys = async () => {
    try {
      await navigator.clipboard.writeText(collectionKeys(items));
      notifyDone(
        t('collections.copiedKeys', { count: items.length, shown: formatCount(items.length) }),
      );
    } catch (error) {
      notifyFailure(error);
    }
  };
  useCommand('saveCsv', 'screen', () => save('csv'));
  useCommand('saveJson', 'screen', () => save('json'));
  return (
    <div className={styles.head}>
      <IconBookmarkFilled size={18} aria-hidden className={styles.icon} />
      <h2 className={styles.name} title={collection.name}>
        <bdi>{collection.name}</bdi>
      </h2>
      <output className={styles.count}>
        {t('browse.total', { count: collection.items, shown: formatCount(collection.items) })}
      </output>
      <button type="button" className="link" onClick={clearBrowse}>
        {t('collections.all')}
      </button>
      <div className={styles.controls}>
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <button
              type="button"
              className="icon-button"
              aria-label={t('collections.more')}
              title={t('collections.more')}
            >
              <IconDots size={18} stroke={1.7} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => setDialog('rename')}>
              {t('collections.rename')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconCopy {...ICON} />}
              disabled={none}
              onClick={() => void copyKeys()}
            >
              {t('collections.copyKeys')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTable {...ICON} />}
              disabled={none}
              onClick={() => save('csv')}
            >
              {t('collections.saveCsv')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconBraces {...ICON} />}
              disabled={none}
              onClick={() => save('json')}
            >
              {t('collections.saveJson')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<IconTrash {...ICON} />} onClick={() => setDialog('delete')}>
              {t('collections.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Segments<BrowseView>
          label={t('browse.view')}
          value={view}
          onChange={(next) => setBrowse({ view: next })}
          segments={[
            { value: 'grid', label: t('browse.grid') },
            { value: 'list', label: t('browse.list') },
          ]}
        />
      </div>
      {dialog === 'rename' && (
        <RenameCollection collection={collection} onClose={() => setDialog(null)} />
      )}
      {dialog === 'delete' && (
        <DeleteCollection collection={collection} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}
