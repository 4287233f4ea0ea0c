import type { ItemDetail } from '../../../shared/contract/catalog.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import type { ModelRef } from '../vectors/embedding-repository.ts';
import type { ServingModels } from '../vectors/serving-models.ts';
import { TILE_COLUMNS, tileParameters, toTile } from './item-tiles.ts';
import type { TileRow } from './item-tiles.ts';
import { prepared } from '../db/prepared.ts';

type DetailRow = TileRow & Pick<ItemDetail, 'catalogId' | 'rowFile' | 'rowLine'>;

/**
 * Everything known of one item.
 *
 * @throws VitrineError ITEM_NOT_FOUND
 */
export function readItemDetail(db: Db, itemId: number, servingModels: ServingModels): ItemDetail {
  const catalogId = prepared<[number], number>(db, 'SELECT catalog_id FROM item WHERE id = ?')
    .pluck()
    .get(itemId);
  if (catalogId === undefined) throw notFound(itemId);
  const serving = servingModels.of(catalogId);
  const row = prepared<[object], DetailRow>(
    db,
    `SELECT ${TILE_COLUMNS}, i.catalog_id AS catalogId, i.row_file AS rowFile, i.row_line AS rowLine
       FROM item i WHERE i.id = @itemId`,
  ).get({ itemId, ...tileParameters(serving) });
  if (row === undefined) throw notFound(itemId);
  const { imageBytes, rowFile, rowLine } = row;
  return {
    ...toTile(row),
    catalogId,
    imageBytes,
    rowFile,
    rowLine,
    embedded: {
      image: embeddedBy(db, itemId, serving.image),
      text: embeddedBy(db, itemId, serving.text),
    },
    problems: prepared<[number], ItemDetail['problems'][number]>(
      db,
      `SELECT id, kind, severity, file, line, field, reason, action FROM problem
         WHERE item_id = ? ORDER BY severity = 'notice', id`,
    ).all(itemId),
  };
}

function embeddedBy(db: Db, itemId: number, ref: ModelRef | null) {
  if (ref === null) return null;
  const has = prepared(db, 'SELECT 1 FROM embedding WHERE item_id = ? AND model_ref = ?').get(
    itemId,
    ref.ref,
  );
  return has === undefined ? null : { model: ref.id, dimension: ref.dimension };
}

function notFound(itemId: number): VitrineError {
  return new VitrineError('ITEM_NOT_FOUND', `There is no item ${itemId} any more.`, {
    action: 'It left its catalog in a scan.',
    subject: String(itemId),
  });
}
