import type { ColumnMeasure, MetadataColumn } from '../../../../shared/contract/cloud/metadata.ts';
import type { Db } from '../../db/database.ts';
import { Pacer } from '../../pacer.ts';
import { metadataFault, publishedMetadata } from './published-metadata.ts';

interface Row {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly imagePath: string | null;
  readonly metadata: string;
}

/** All hashes are equally long, and of what is not embedded yet there is none. */
const ANY_HASH = '0'.repeat(64);
const PAGE = 500;
const FAILURES_SHOWN = 20;

/**
 * What every item's metadata would take with these columns, before an index is made that fixes them.
 *
 * @throws VitrineError CANCELLED
 */
export async function measureColumns(
  db: Db,
  catalogId: number,
  { columns, signal }: { columns: readonly MetadataColumn[]; signal?: AbortSignal | undefined },
): Promise<ColumnMeasure> {
  const page = db.prepare<[number, number], Row>(
    `SELECT id, key, name, image_path AS imagePath, metadata FROM item NOT INDEXED
     WHERE catalog_id = ? AND id > ? ORDER BY id LIMIT ${PAGE}`,
  );
  const pacer = new Pacer(signal);
  const failures: { key: string; reason: string }[] = [];
  let items = 0;
  let failing = 0;
  let bytes = 0;
  let maxBytes = 0;
  let maxFilterableBytes = 0;
  let maxKeys = 0;
  let example: string | null = null;
  for (let after = 0; ;) {
    const rows = page.all(catalogId, after);
    for (const row of rows) {
      const published = publishedMetadata(
        { ...row, metadata: JSON.parse(row.metadata), contentHash: ANY_HASH },
        columns,
      );
      items += 1;
      bytes += published.bytes;
      maxBytes = Math.max(maxBytes, published.bytes);
      maxFilterableBytes = Math.max(maxFilterableBytes, published.filterableBytes);
      maxKeys = Math.max(maxKeys, published.keys);
      example ??= published.json;
      const reason = metadataFault(row.key, published);
      if (reason !== null) {
        failing += 1;
        if (failures.length < FAILURES_SHOWN) failures.push({ key: row.key, reason });
      }
      if (pacer.isDue) await pacer.breathe();
      after = row.id;
    }
    if (rows.length < PAGE) break;
  }
  return {
    items,
    meanBytes: items === 0 ? 0 : bytes / items,
    maxBytes,
    maxFilterableBytes,
    maxKeys,
    failing,
    failures,
    example,
  };
}
