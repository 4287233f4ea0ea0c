import type { ItemTile } from '../../../../shared/contract/catalog.ts';
import type { MetadataColumn } from '../../../../shared/contract/cloud/metadata.ts';
import { foreignId } from '../../browse/foreign-id.ts';
import { readTiles } from '../../browse/item-tiles.ts';
import type { Db } from '../../db/database.ts';
import type { Serving } from '../../vectors/serving-models.ts';
import type { RemoteHit } from './query-index.ts';

export interface RemoteTilesOptions {
  readonly catalogId: number;
  readonly serving: Serving;
  readonly columns: readonly MetadataColumn[];
}

/**
 * The tiles of what an index found, in its order: the item of this catalog with that key, or, where
 * there is none on this machine, what the index tells of it.
 */
export function remoteTiles(
  db: Db,
  hits: readonly Pick<RemoteHit, 'key' | 'metadata'>[],
  { catalogId, serving, columns }: RemoteTilesOptions,
): ItemTile[] {
  const ids = db
    .prepare<[number, string], number>(
      'SELECT id FROM item WHERE catalog_id = ? AND key IN (SELECT value FROM json_each(?))',
    )
    .pluck()
    .all(catalogId, JSON.stringify(hits.map(({ key }) => key)));
  const here = new Map(readTiles(db, ids, serving).map((tile) => [tile.key, tile]));
  return hits.map((hit) => here.get(hit.key) ?? foreignTile(hit, columns));
}

/** Fields go by the catalog's names again; keys that Vitrine did not publish keep theirs. */
function foreignTile(
  { key, metadata }: Pick<RemoteHit, 'key' | 'metadata'>,
  columns: readonly MetadataColumn[],
): ItemTile {
  const name = metadata[nameColumn(columns)?.as ?? ''];
  const fields = Object.entries(metadata).map(([as, value]) => {
    const from = columns.find((column) => column.as === as)?.from;
    return [from?.kind === 'field' ? from.field : as, value] as const;
  });
  return {
    id: foreignId(key),
    key,
    name: typeof name === 'string' ? name : '',
    imagePath: null,
    imageVersion: '',
    metadata: Object.fromEntries(fields),
    badges: ['not-here'],
  };
}

/** The original notebook publishes the product's name from a field of its data set. */
function nameColumn(columns: readonly MetadataColumn[]): MetadataColumn | undefined {
  return (
    columns.find(({ from }) => from.kind === 'name') ??
    columns.find(({ as }) => as === 'productName' || as === 'name')
  );
}
