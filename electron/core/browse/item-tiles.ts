import { createHash } from 'node:crypto';
import type { ItemTile } from '../../../shared/contract/catalog.ts';
import type { Metadata } from '../../../shared/contract/filter.ts';
import type { Db } from '../db/database.ts';
import type { Serving } from '../vectors/serving-models.ts';
import { prepared } from '../db/prepared.ts';

/** What of an item makes a tile. */
export interface TileRow {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly imagePath: string | null;
  readonly imageBytes: number | null;
  readonly imageMtimeMs: number | null;
  readonly imageMissing: 0 | 1;
  readonly metadata: string;
  readonly lacksVector: 0 | 1;
  readonly hasProblem: 0 | 1;
  readonly isPublished: 0 | 1;
}

/**
 * Columns of a TileRow over `item i`. Takes the refs of the models in use as @imageRef and @textRef,
 * null where there is none: then whatever could be embedded is not.
 */
export const TILE_COLUMNS = `
  i.id, i.key, i.name, i.image_path AS imagePath, i.image_bytes AS imageBytes,
  i.image_mtime_ms AS imageMtimeMs, i.image_missing AS imageMissing, i.metadata,
  (i.image_path IS NOT NULL AND NOT EXISTS (
     SELECT 1 FROM embedding WHERE item_id = i.id AND model_ref = @imageRef))
  OR (i.name_hash IS NOT NULL AND NOT EXISTS (
     SELECT 1 FROM embedding WHERE item_id = i.id AND model_ref = @textRef)) AS lacksVector,
  EXISTS (SELECT 1 FROM problem WHERE item_id = i.id AND severity = 'problem') AS hasProblem,
  EXISTS (SELECT 1 FROM cloud_index x JOIN ledger l ON l.index_id = x.id
    WHERE x.catalog_id = i.catalog_id AND l.key = i.key AND l.acknowledged_at IS NOT NULL)
    AS isPublished`;

/** The parameters TILE_COLUMNS needs. */
export function tileParameters({ image, text }: Serving) {
  return { imageRef: image?.ref ?? null, textRef: text?.ref ?? null };
}

export function toTile(row: TileRow): ItemTile {
  const badges: ItemTile['badges'] = [];
  if (row.lacksVector === 1) badges.push('not-embedded');
  if (row.hasProblem === 1) badges.push('problem');
  if (row.imagePath === null || row.imageMissing === 1) badges.push('missing');
  if (row.isPublished === 1) badges.push('published');
  // Written by the scan from values the contract's schema allows.
  const metadata: Metadata = JSON.parse(row.metadata);
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    imagePath: row.imagePath,
    imageVersion: imageVersion(row),
    metadata,
    badges,
  };
}

/** The tiles of items in the order of their ids; items that are gone are left out. */
export function readTiles(db: Db, ids: readonly number[], serving: Serving): ItemTile[] {
  const rows = prepared<[object], TileRow>(
    db,
    `SELECT ${TILE_COLUMNS} FROM item i WHERE i.id IN (SELECT value FROM json_each(@ids))`,
  ).all({ ids: JSON.stringify(ids), ...tileParameters(serving) });
  const tiles = new Map(rows.map((row) => [row.id, toTile(row)]));
  return ids.flatMap((id) => tiles.get(id) ?? []);
}

/** Changes when the picture file does; empty without one. */
function imageVersion({ imagePath, imageBytes, imageMtimeMs }: TileRow): string {
  if (imagePath === null) return '';
  return createHash('sha256').update(`${imageBytes}/${imageMtimeMs}`).digest('hex').slice(0, 12);
}
