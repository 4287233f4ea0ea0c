import { IconChevronRight, IconFolder } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog, FolderNode } from '../../shared/contract/catalog.ts';
import { formatCount } from '../app/format.ts';
import styles from './folder-list.module.css';
import { type FolderRow, folderRows, shownFolders } from './folder-tree.ts';

/** A tree with more rows than this begins with only its first level open. */
const FEW = 30;

interface FolderListProps {
  readonly catalog: Catalog;
  readonly folders: readonly FolderNode[];
  /** The chosen one; null while something else than a folder is looked at. */
  readonly folder: string | null;
  readonly onChoose: (folder: string) => void;
}

/** The folders of a catalog with how many items lie in and below each. */
export function FolderList({ catalog, folders, folder, onChoose }: FolderListProps) {
  const { t } = useTranslation();
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const rootName = catalog.root.split(/[/\\]/).findLast((part) => part !== '') ?? catalog.name;
  const rows = useMemo(
    () => [{ path: '', name: rootName, depth: -1, items: catalog.items }, ...folderRows(folders)],
    [folders, rootName, catalog.items],
  );
  // The chosen folder is in view whatever else is closed.
  const isOpen = (row: FolderRow) =>
    (rows.length <= FEW || row.depth < 0) !== turned.has(row.path) ||
    folder?.startsWith(`${row.path}/`) === true;
  const turn = (path: string) =>
    setTurned((before) => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });
  const shown = shownFolders(rows, isOpen);
  const nested = shown.some((row) => row.path !== '' && row.open !== null);

  return (
    <nav className={styles.tree} aria-label={t('browse.folders')}>
      {shown.map((row) => (
        <div key={row.path} className={styles.row} style={{ paddingLeft: (row.depth + 1) * 14 }}>
          {nested && (row.open === null || row.path === '') && <span className={styles.chevron} />}
          {row.open !== null && row.path !== '' && (
            <button
              type="button"
              className={styles.chevron}
              aria-expanded={row.open}
              aria-label={t('browse.foldersIn', { name: row.name })}
              onClick={() => turn(row.path)}
            >
              <IconChevronRight size={14} stroke={1.9} aria-hidden />
            </button>
          )}
          <button
            type="button"
            className={styles.folder}
            aria-current={row.path === folder}
            title={row.path === '' ? catalog.root : row.path}
            onClick={() => onChoose(row.path)}
          >
            <IconFolder size={16} stroke={1.7} aria-hidden />
            <span className={styles.name} dir="auto">
              {row.name}
            </span>
            <span className={styles.count}>{formatCount(row.items)}</span>
          </button>
        </div>
      ))}
    </nav>
  );
}
