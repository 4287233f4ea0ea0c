import type { FolderNode } from '../../shared/contract/catalog.ts';

export interface FolderRow {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  /** Items in it and below. */
  readonly items: number;
}

/**
 * Folders as rows of a tree, each after its parent. The core gives each folder its own items; a
 * folder that holds only folders is put in, so that every row has its parent above it.
 */
export function folderRows(nodes: readonly FolderNode[]): FolderRow[] {
  const items = new Map<string, number>();
  for (const node of nodes) {
    const parts = node.path === '' ? [] : node.path.split('/');
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const path = parts.slice(0, depth).join('/');
      items.set(path, (items.get(path) ?? 0) + node.items);
    }
  }
  return [...items]
    .map(([path, count]) => {
      const parts = path.split('/');
      return { path, name: parts.at(-1) ?? path, depth: parts.length - 1, items: count };
    })
    .toSorted((a, b) => compareParts(a.path.split('/'), b.path.split('/')));
}

export interface ShownFolder extends FolderRow {
  /** Null where no folders lie below. */
  readonly open: boolean | null;
}

/** The rows whose folders above are all open, each with whether it is open itself. */
export function shownFolders(
  rows: readonly FolderRow[],
  isOpen: (row: FolderRow) => boolean,
): ShownFolder[] {
  const shown: ShownFolder[] = [];
  let closedAt = Number.POSITIVE_INFINITY;
  for (const [at, row] of rows.entries()) {
    if (row.depth > closedAt) continue;
    const hasFolders = (rows[at + 1]?.depth ?? -1) > row.depth;
    const open = hasFolders ? isOpen(row) : null;
    closedAt = open === false ? row.depth : Number.POSITIVE_INFINITY;
    shown.push({ ...row, open });
  }
  return shown;
}

/** Part by part, so that `a/b` stands below `a` and before `a-b`. */
function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = (a[at] ?? '').localeCompare(b[at] ?? '', 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
