import type { FolderNode } from '../../../shared/contract/catalog.ts';
import type { Db } from '../db/database.ts';
import { Pacer } from '../pacer.ts';

const PAGE = 2000;

/** Which pictures lie in which folder. */
export class FolderIndex {
  /** Items directly in each folder; '' is the catalog's own. */
  readonly #itemIds: ReadonlyMap<string, readonly number[]>;

  constructor(itemIds: ReadonlyMap<string, readonly number[]>) {
    this.#itemIds = itemIds;
  }

  /** The items whose picture lies in a folder or below it. */
  itemsBelow(folder: string): number[] {
    const path = folder.split('/').filter(Boolean).join('/');
    return [...this.#itemIds].flatMap(([candidate, itemIds]) =>
      path === '' || candidate === path || candidate.startsWith(`${path}/`) ? itemIds : [],
    );
  }

  /** Every folder with pictures in it or below, with how many, parents before children. */
  nodes(): FolderNode[] {
    const counts = new Map<string, number>();
    for (const [folder, itemIds] of this.#itemIds) {
      const steps = folder === '' ? [] : folder.split('/');
      for (let depth = 0; depth <= steps.length; depth += 1) {
        const path = steps.slice(0, depth).join('/');
        counts.set(path, (counts.get(path) ?? 0) + itemIds.length);
      }
    }
    return [...counts]
      .map(([path, items]) => ({ path, items }))
      .toSorted((a, b) => comparePaths(a.path, b.path));
  }
}

export async function readFolderIndex(db: Db, catalogId: number): Promise<FolderIndex> {
  const page = db
    .prepare<[number, number], [number, string]>(
      `SELECT id, image_path FROM item
       WHERE id > ? AND +catalog_id = ? AND image_path IS NOT NULL ORDER BY id LIMIT ${PAGE}`,
    )
    .raw();
  const itemIds = new Map<string, number[]>();
  const pacer = new Pacer();
  let from = 0;
  for (;;) {
    const rows = page.all(from, catalogId);
    for (const [id, imagePath] of rows) {
      const folder = imagePath.slice(0, Math.max(0, imagePath.lastIndexOf('/')));
      const known = itemIds.get(folder);
      if (known === undefined) itemIds.set(folder, [id]);
      else known.push(id);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return new FolderIndex(itemIds);
    from = last[0];
    if (pacer.isDue) await pacer.breathe();
  }
}

/** Segment by segment, so that `a/b` stands before `a-c`; numbers in names by their value. */
function comparePaths(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const order = COLLATOR.compare(left[at]!, right[at]!);
    if (order !== 0) return order;
  }
  return left.length - right.length || (a < b ? -1 : 1);
}

const COLLATOR = new Intl.Collator('en', { numeric: true });
