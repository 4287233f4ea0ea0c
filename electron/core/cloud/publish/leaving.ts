import path from 'node:path';
import type { LeavingReason } from '../../../../shared/contract/cloud/publish.ts';
import { stemOf } from '../../catalog/scan/picture-files.ts';
import type { Db } from '../../db/database.ts';
import { VitrineError } from '../../errors.ts';
import { KeyList } from '../listing/key-list.ts';
import type { LinkedIndex } from '../link-repository.ts';

/**
 * Vectors that an index holds, as far as the ledger knows, and should not: the catalog has them no
 * more, or has them in a version that the index cannot take.
 */
export interface Leaving {
  readonly count: number;
  /** Vectors the index holds in all. */
  readonly held: number;
  /** Why, the most frequent first; with the first of the keys. */
  readonly reasons: readonly {
    readonly reason: LeavingReason;
    readonly count: number;
    readonly keys: string[];
  }[];
}

interface LeavingRow {
  readonly key: string;
  /** Noted by a comparison, which does not know what it is. */
  readonly isUnexpected: number;
  /** What the index holds is an older version: the one of now was refused. */
  readonly isOutdated: number;
  readonly itemId: number | null;
  readonly hasOtherModel: number;
  readonly isWithoutName: number;
  readonly hasProblem: number;
}

/** Fewer, or a smaller share, are the daily coming and going of a catalog. */
const NOTABLE = { count: 10, share: 0.1 } as const;

const NOTHING = { refused: [], sent: new Set<string>() } as const;

/** Whether deleting so many takes a yes of its own: more look like a mistake than not. */
export function isNotable({ count, held }: Pick<Leaving, 'count' | 'held'>): boolean {
  return count >= NOTABLE.count && count > NOTABLE.share * held;
}

/**
 * What of an index leaves with the next publishing, and why.
 *
 * @param expected what publishing will find of rows that changed since: keys that it will refuse, which
 *   the index holds in an older version, and refused ones that it will send
 * @throws VitrineError CATALOG_NOT_FOUND when it goes meanwhile
 */
export function readLeaving(
  db: Db,
  index: LinkedIndex,
  expected: { readonly refused: readonly string[]; readonly sent: ReadonlySet<string> } = NOTHING,
): Leaving {
  const { catalogId, modality } = index;
  const held = db
    .prepare<[number], number>(
      'SELECT count(*) FROM ledger WHERE index_id = ? AND acknowledged_at IS NOT NULL',
    )
    .pluck()
    .get(index.id)!;
  const rows = db
    .prepare<unknown[], LeavingRow>(
      `WITH entry AS (SELECT ledger.*, item.id AS item_id, EXISTS (SELECT 1 FROM embedding
           WHERE embedding.item_id = item.id AND embedding.model_ref = @modelRef) AS is_embedded
         FROM ledger LEFT JOIN item ON item.catalog_id = @catalogId AND item.key = ledger.key
         WHERE ledger.index_id = @indexId AND ledger.acknowledged_at IS NOT NULL)
       SELECT entry.key, entry.metadata_hash = '' AS isUnexpected, entry.is_embedded AS isOutdated,
         item.id AS itemId,
         EXISTS (SELECT 1 FROM embedding
           WHERE embedding.item_id = item.id AND embedding.modality = @modality) AS hasOtherModel,
         @modality = 'text' AND item.name_hash IS NULL AS isWithoutName,
         EXISTS (SELECT 1 FROM problem WHERE problem.item_id = item.id
           AND problem.modality = @modality AND problem.stage <> 'publish') AS hasProblem
       FROM entry LEFT JOIN item ON item.id = entry.item_id
       WHERE entry.is_embedded = 0 OR entry.refused IS NOT NULL
       ORDER BY entry.key`,
    )
    .all({ indexId: index.id, catalogId, modality, modelRef: index.model.ref })
    .filter((row) => row.isOutdated === 0 || !expected.sent.has(row.key));
  const count = rows.length + expected.refused.length;
  if (count === 0) return { count, held, reasons: [] };
  const folder = readFolderFacts(db, catalogId);
  const lists = new Map<LeavingReason, KeyList>();
  const note = (reason: LeavingReason, keys: readonly string[]) => {
    const list = lists.get(reason) ?? new KeyList();
    list.add(keys);
    lists.set(reason, list);
  };
  for (const row of rows) note(reasonOf(row, folder), [row.key]);
  if (expected.refused.length > 0) note('refused', expected.refused);
  return {
    count,
    held,
    reasons: [...lists]
      .map(([reason, list]) => ({ reason, ...list.json() }))
      .toSorted((a, b) => b.count - a.count),
  };
}

interface FolderFacts {
  /** Keys of rows that have no picture. */
  readonly pictureless: ReadonlySet<string>;
  /** Every picture makes an item, and nothing else does. */
  readonly isPicturesOnly: boolean;
}

function reasonOf(row: LeavingRow, { pictureless, isPicturesOnly }: FolderFacts): LeavingReason {
  if (row.isOutdated === 1) return 'refused';
  if (row.itemId !== null) {
    if (row.hasOtherModel === 1) return 'other-model';
    return row.hasProblem === 1 || row.isWithoutName === 1 ? 'unusable' : 'not-embedded';
  }
  if (pictureless.has(row.key)) return 'picture-missing';
  if (row.isUnexpected === 1) return 'unexpected';
  return isPicturesOnly ? 'picture-missing' : 'gone';
}

function readFolderFacts(db: Db, catalogId: number): FolderFacts {
  const rows = db
    .prepare<[number], string>(
      `SELECT item_key FROM problem WHERE catalog_id = ? AND severity = 'notice'
         AND kind IN ('row-without-picture', 'link-undefined')
         AND item_id IS NULL AND item_key IS NOT NULL`,
    )
    .pluck()
    .all(catalogId);
  const catalog = db
    .prepare<[number], { csvFiles: string; options: string }>(
      'SELECT csv_files AS csvFiles, options FROM catalog WHERE id = ?',
    )
    .get(catalogId);
  if (catalog === undefined) {
    throw new VitrineError('CATALOG_NOT_FOUND', 'This catalog was removed.', {
      action: 'Choose another catalog.',
    });
  }
  const { csvFiles, options } = catalog;
  const { sample } = JSON.parse(options) as { sample?: unknown };
  return {
    // A table that names pictures by their paths names its items so, too: see assign-keys.ts.
    pictureless: new Set(
      rows.flatMap((key) => [key, stemOf(key), stemOf(path.posix.basename(key))]),
    ),
    isPicturesOnly: csvFiles === '[]' && sample === undefined,
  };
}
