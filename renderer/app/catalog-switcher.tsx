import { Menu } from '@mantine/core';
import {
  IconCheck,
  IconChevronDown,
  IconFolderPlus,
  IconPencil,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../api/client.ts';
import { useOpenFolder } from '../first-run/use-open-folder.ts';
import { chooseCatalog, useCatalog } from './catalog-choice.ts';
import styles from './catalog-switcher.module.css';
import { formatCount } from './format.ts';
import { useLive } from './live.ts';
import { notifyFailure } from './notify.ts';
import { RemoveDialog, RenameDialog } from './catalog-dialogs.tsx';

/** The catalog in view, and what can be done with it and the others. */
export function CatalogSwitcher() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const catalogs = useLive((state) => state.catalogs) ?? [];
  const openFolder = useOpenFolder();
  const [dialog, setDialog] = useState<'rename' | 'remove' | null>(null);
  if (catalog === null) return <span />;

  const items = t('catalog.items', { count: catalog.items, shown: formatCount(catalog.items) });
  return (
    <>
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <button type="button" className={styles.button}>
            <span className="visually-hidden">{t('catalog.switcher')}</span>
            <strong className={styles.name} dir="auto">
              {catalog.name}
            </strong>
            <span className={styles.items}>{catalog.online ? items : t('catalog.offline')}</span>
            <IconChevronDown size={15} stroke={1.8} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('catalog.all')}</Menu.Label>
          {catalogs.map((entry) => (
            <Menu.Item
              key={entry.id}
              onClick={() => chooseCatalog(entry.id)}
              leftSection={<Tick shown={entry.id === catalog.id} />}
              rightSection={<span className={styles.count}>{formatCount(entry.items)}</span>}
            >
              <bdi>{entry.name}</bdi>
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<IconFolderPlus size={16} stroke={1.7} />} onClick={openFolder}>
            {t('catalog.addFolder')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>
            <bdi>{catalog.name}</bdi>
          </Menu.Label>
          <Menu.Item
            leftSection={<IconRefresh size={16} stroke={1.7} />}
            onClick={() =>
              void client.catalogs.rescan({ catalogId: catalog.id }).catch(notifyFailure)
            }
          >
            {t('catalog.rescan')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPencil size={16} stroke={1.7} />}
            onClick={() => setDialog('rename')}
          >
            {t('catalog.rename')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={16} stroke={1.7} />}
            onClick={() => setDialog('remove')}
          >
            {t('catalog.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'rename' && <RenameDialog catalog={catalog} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && <RemoveDialog catalog={catalog} onClose={() => setDialog(null)} />}
    </>
  );
}

function Tick({ shown }: { readonly shown: boolean }) {
  return <IconCheck size={16} stroke={1.8} visibility={shown ? 'visible' : 'hidden'} />;
}
