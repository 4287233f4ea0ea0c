import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Catalog, FolderNode } from '../../shared/contract/catalog.ts';
import { formatCount } from '../app/format.ts';
import styles from './folder-list.module.css';
import { folderRows } from './folder-tree.ts';

interface FolderListProps {
  readonly catalog: Catalog;
  readonly folders: readonly FolderNode[];
  readonly folder: string;
  readonly onChoose: (folder: string) => void;
}

/** The folders of a catalog with how many items lie in and below each. */
export function FolderList({ catalog, folders, folder, onChoose }: FolderListProps) {
  const { t } = useTranslation();
  const rootName = catalog.root.split(/[/\\]/).findLast((part) => part !== '') ?? catalog.name;
  const rows = [
    { path: '', name: rootName, depth: -1, items: catalog.items },
    ...folderRows(folders),
  ];
  return (
    <nav className={styles.tree} aria-label={t('browse.folders')}>
      {rows.map((row) => (
        <button
          key={row.path}
          type="button"
          className={styles.folder}
          aria-current={row.path === folder}
          title={row.path === '' ? catalog.root : row.path}
          style={{ paddingLeft: 6 + (row.depth + 1) * 14 }}
          onClick={() => onChoose(row.path)}
        >
          <IconFolder size={16} stroke={1.7} aria-hidden />
          <span className={styles.name}>{row.name}</span>
          <span className={styles.count}>{formatCount(row.items)}</span>
        </button>
      ))}
    </nav>
  );
}
