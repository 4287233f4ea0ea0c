import path from 'node:path';
import type { LeavingReason } from '../../../../shared/contract/cloud/publish.ts';
import { stemOf } from '../../catalog/scan/picture-files.ts';
import type { Db } from '../../db/database.ts';
import { KeyList } from '../listing/key-list.ts';
import type { LinkedIndex } from '../link-repository.ts';

/** Vectors that an index holds, as far as the ledger knows, and the catalog has no more. */
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
  readonly itemId: number | null;
  readonly hasOtherModel: number;
  readonly isWithoutName: number;
  readonly hasProblem: number;
}

/** Fewer, or a smaller share, are the daily coming and going of a catalog. */
const NOTABLE = { count: 10, share: 0.1 } as const;

/** Whether deleting so many takes a yes of its own: more look like a mistake than not. */
export function isNotable({ count, held }: Pick<Leaving, 'count' | 'held'>): boolean {
  return count >= NOTABLE.count && count > NOTABLE.share * held;
}

/** What of an index leaves with the next publishing, and why. */
export function readLeaving(db: Db, index: LinkedIndex): Leaving {
  const { catalogId, modality } = index;
  const held = db
    .prepare<[number], number>(
      'SELECT count(*) FROM ledger WHERE index_id = ? AND acknowledged_at IS NOT NULL',
    )
    .pluck()
    .get(index.id)!;
  const rows = db
    .prepare<unknown[], LeavingRow>(
      `SELECT ledger.key, ledger.metadata_hash = '' AS isUnexpected, item.id AS itemId,
         EXISTS (SELECT 1 FROM embedding
           WHERE embedding.item_id = item.id AND embedding.modality = @modality) AS hasOtherModel,
         @modality = 'text' AND item.name_hash IS NULL AS isWithoutName,
         EXISTS (SELECT 1 FROM problem WHERE problem.item_id = item.id
           AND problem.modality = @modality AND problem.stage <> 'publish') AS hasProblem
       FROM ledger
       LEFT JOIN item ON item.catalog_id = @catalogId AND item.key = ledger.key
       WHERE ledger.index_id = @indexId AND ledger.acknowledged_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM embedding
           WHERE embedding.item_id = item.id AND embedding.model_ref = @modelRef)
       ORDER BY ledger.key`,
    )
    .all({ indexId: index.id, catalogId, modality, modelRef: index.model.ref });
  if (rows.length === 0) return { count: 0, held, reasons: [] };
  const folder = readFolderFacts(db, catalogId);
  const lists = new Map<LeavingReason, KeyList>();
  for (const row of rows) {
    const reason = reasonOf(row, folder);
    let list = lists.get(reason);
    if (list === undefined) lists.set(reason, (list = new KeyList()));
    list.add([row.key]);
  }
  return {
    count: rows.length,
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
  const { csvFiles, options } = db
    .prepare<[number], { csvFiles: string; options: string }>(
      'SELECT csv_files AS csvFiles, options FROM catalog WHERE id = ?',
    )
    .get(catalogId)!;
  const { sample } = JSON.parse(options) as { sample?: unknown };
  return {
    // A table that names pictures by their paths names its items so, too: see assign-keys.ts.
    pictureless: new Set(
      rows.flatMap((key) => [key, stemOf(key), stemOf(path.posix.basename(key))]),
    ),
    isPicturesOnly: csvFiles === '[]' && sample === undefined,
  };
}
