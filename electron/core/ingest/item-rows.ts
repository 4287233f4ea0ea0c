import type { Db } from '../db/database.ts';
import type { Job } from '../queue/job-store.ts';
import type { ModelRef } from '../vectors/embedding-repository.ts';

/** An item as it stands when its job runs. */
export interface ItemRow {
  readonly id: number;
  readonly catalogId: number;
  readonly key: string;
  readonly name: string;
  readonly nameHash: string | null;
  readonly root: string;
  readonly imagePath: string | null;
  readonly imageStale: number;
  /** Differs once a scan has found another file or name. */
  readonly contentVersion: string;
  /** Hash of what the model's vector was made from; null without a vector. */
  readonly embeddedHash: string | null;
}

/** The items of these jobs that are there, by id. One statement: each costs 0.1 ms, at 150 items a second. */
export function readItems(
  db: Db,
  jobs: readonly Job[],
  ref: ModelRef,
): ReadonlyMap<number | null, ItemRow> {
  const select = db.prepare<[number, string], ItemRow>(`
    SELECT item.id, item.catalog_id AS catalogId, item.key, item.name, item.name_hash AS nameHash,
      catalog.root, item.image_path AS imagePath, item.image_stale AS imageStale,
      concat_ws(' ', item.image_bytes, item.image_mtime_ms, item.name_hash) AS contentVersion,
      embedding.content_hash AS embeddedHash
    FROM item JOIN catalog ON catalog.id = item.catalog_id
    LEFT JOIN embedding ON embedding.item_id = item.id AND embedding.model_ref = ?
    WHERE item.id IN (SELECT value FROM json_each(?))`);
  const rows = select.all(ref.ref, JSON.stringify(jobs.map(({ itemId }) => itemId)));
  return new Map(rows.map((row) => [row.id, row]));
}
