import type { Field } from '../../../../shared/contract/catalog.ts';
import type { Db } from '../../db/database.ts';
import { deleteInSlices } from '../delete-in-slices.ts';
import { ProblemRepository } from '../problem-repository.ts';
import type { FoundFile, ItemBuilder, WantedItem } from './build-items.ts';
import type { Pacer } from '../../pacer.ts';
import type { Scratch } from './scratch.ts';

export interface ApplyOptions {
  readonly db: Db;
  readonly catalogId: number;
  readonly scratch: Scratch;
  readonly builder: ItemBuilder;
  readonly pacer: Pacer;
  /** Throws when the catalog was removed meanwhile: nothing may be written to it any more. */
  readonly checkCatalog: () => void;
  readonly onApplied: (items: number) => void;
}

export interface Applied {
  readonly items: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

interface StoredItem {
  readonly id: number;
  readonly name: string;
  readonly image_path: string | null;
  readonly image_bytes: number | null;
  readonly image_mtime_ms: number | null;
  readonly image_missing: number;
  readonly metadata: string;
  readonly row_file: string | null;
  readonly row_line: number | null;
}

const PAGE = 500;
// One transaction holds the event loop, and its commit as long again or longer: it ends early when
// values are large or the disk is slow.
const TRANSACTION_MS = 5;

/**
 * Brings the items of a catalog in line with what the scan found, in short transactions. Each leaves
 * every item whole, so a scan that is killed is simply run again; items that are as they should be
 * are not written.
 */
export async function applyItems(options: ApplyOptions): Promise<Applied> {
  const { scratch, pacer, db, checkCatalog } = options;
  checkCatalog();
  const writer = new ItemWriter(options);
  const page = scratch.db.prepare<[number, string], FoundFile & { depth: number }>(
    `SELECT id, key, path, stem_nfc, bytes, mtime_ms, depth FROM file
     WHERE wanted = 1 AND (depth, path) > (?, ?) ORDER BY depth, path LIMIT ${PAGE}`,
  );
  let last = { depth: -1, path: '' };
  for (;;) {
    const files = page.all(last.depth, last.path);
    if (files.length === 0) break;
    for (let at = 0; at < files.length;) {
      at = db
        .transaction(() => {
          checkCatalog();
          return writer.write(files, at);
        })
        .immediate();
      scratch.written(at);
      options.onApplied(writer.items);
      await pacer.breathe();
    }
    last = files.at(-1)!;
  }
  const removed = await removeVanished(options);
  writer.removeOldFields();
  const { items, added, changed } = writer;
  return { items, added, changed, removed };
}

class ItemWriter {
  items = 0;
  added = 0;
  changed = 0;
  readonly #options: ApplyOptions;
  readonly #fieldIds: readonly number[];
  readonly #find;
  readonly #insert;
  readonly #update;
  readonly #clearValues;
  readonly #addValue;
  readonly #problems: ProblemRepository;
  readonly #keep;

  constructor(options: ApplyOptions) {
    const { db, catalogId, scratch, builder } = options;
    this.#options = options;
    this.#fieldIds = storeFields(db, catalogId, builder.fields);
    this.#find = db.prepare<[number, string], StoredItem>(
      `SELECT id, name, image_path, image_bytes, image_mtime_ms, image_missing, metadata, row_file,
         row_line FROM item WHERE catalog_id = ? AND key = ?`,
    );
    this.#insert = db.prepare(
      `INSERT INTO item (catalog_id, key, name, name_hash, metadata, row_file, row_line,
         image_path, image_bytes, image_mtime_ms, image_stale)
       VALUES (@catalogId, @key, @name, @nameHash, @metadata, @rowFile, @rowLine,
         @path, @bytes, @mtimeMs, @stale)`,
    );
    this.#update = db.prepare(
      `UPDATE item SET name = @name, name_hash = @nameHash, metadata = @metadata,
         row_file = @rowFile, row_line = @rowLine, image_path = @path, image_bytes = @bytes,
         image_mtime_ms = @mtimeMs, image_missing = 0,
         image_stale = CASE WHEN @isNewPicture THEN @stale ELSE image_stale END
       WHERE id = @id`,
    );
    this.#clearValues = db.prepare(`DELETE FROM item_field WHERE item_id = ?`);
    this.#addValue = db.prepare(
      `INSERT OR IGNORE INTO item_field (field_id, value, item_id) VALUES (?, ?, ?)`,
    );
    this.#problems = new ProblemRepository(db);
    this.#keep = scratch.db.prepare(`INSERT OR IGNORE INTO kept (item_id) VALUES (?)`);
  }

  /** Writes files from `at` on until the time of a transaction is used up; where to go on. */
  write(files: readonly FoundFile[], at: number): number {
    const end = performance.now() + TRANSACTION_MS;
    let next = at;
    do this.#writeOne(files[next++]!);
    while (next < files.length && performance.now() < end);
    return next;
  }

  /** Fields that no column has any more; their values went with the items' old metadata. */
  removeOldFields(): void {
    const { db, catalogId } = this.#options;
    db.prepare(
      `DELETE FROM field WHERE catalog_id = ? AND id NOT IN (SELECT value FROM json_each(?))`,
    ).run(catalogId, JSON.stringify(this.#fieldIds));
  }

  #writeOne(file: FoundFile): void {
    const { catalogId, builder } = this.#options;
    const item = builder.build(file);
    const stored = this.#find.get(catalogId, file.key);
    const isNewPicture =
      stored === undefined ||
      // It was not there when it was to be embedded, and now it is.
      stored.image_missing === 1 ||
      stored.image_path !== file.path ||
      stored.image_bytes !== file.bytes ||
      stored.image_mtime_ms !== file.mtime_ms;
    const values = {
      name: item.name,
      nameHash: item.nameHash,
      metadata: item.metadata,
      rowFile: item.rowFile,
      rowLine: item.rowLine,
      path: file.path,
      bytes: file.bytes,
      mtimeMs: file.mtime_ms,
      // There is nothing to embed in an empty file, so it has its problem at once.
      stale: file.bytes === 0 ? 0 : 1,
    };
    const id =
      stored?.id ??
      Number(this.#insert.run({ ...values, catalogId, key: file.key }).lastInsertRowid);
    this.items++;
    this.#keep.run(id);
    if (stored === undefined) this.added++;
    else if (isNewPicture || differs(stored, item)) {
      this.#update.run({ ...values, id, isNewPicture: isNewPicture ? 1 : 0 });
      this.changed++;
    }
    if (stored === undefined || stored.metadata !== item.metadata) {
      if (stored !== undefined) this.#clearValues.run(id);
      for (const { field, value } of item.values) {
        this.#addValue.run(this.#fieldIds[field]!, value, id);
      }
    }
    if (isNewPicture) this.#judgePicture(id, file);
    if (stored !== undefined && stored.name !== item.name) this.#problems.removeForItem(id, 'text');
    if (item.isWithoutRow) this.#reportNoRow(file);
  }

  #judgePicture(id: number, file: FoundFile): void {
    this.#problems.removeForItem(id, 'image');
    if (file.bytes > 0) return;
    this.#problems.add({
      catalogId: this.#options.catalogId,
      itemId: id,
      itemKey: file.key,
      // Not of the scan, so that a retry looks at the file again.
      stage: 'embed',
      modality: 'image',
      kind: 'picture-empty',
      severity: 'problem',
      file: file.path,
      line: null,
      field: null,
      reason: 'Not a picture: 0 bytes',
      action: 'Copy the file again',
      raw: null,
    });
  }

  #reportNoRow(file: FoundFile): void {
    this.#options.scratch.report({
      kind: 'picture-without-row',
      severity: 'notice',
      fileId: file.id,
      file: file.path,
      reason: `No row for ${file.key}`,
      action: 'Add a row with its name and fields, or correct its line',
    });
  }
}

function differs(stored: StoredItem, item: WantedItem): boolean {
  return (
    stored.name !== item.name ||
    stored.metadata !== item.metadata ||
    stored.row_file !== item.rowFile ||
    stored.row_line !== item.rowLine
  );
}

/** Writes the fields in the order of the columns; their ids in the same order. */
function storeFields(db: Db, catalogId: number, fields: readonly Field[]): number[] {
  const upsert = db
    .prepare<[number, number, string, string], number>(
      `INSERT INTO field (catalog_id, position, name, type) VALUES (?, ?, ?, ?)
       ON CONFLICT (catalog_id, name) DO UPDATE SET position = excluded.position, type = excluded.type
       RETURNING id`,
    )
    .pluck();
  return db
    .transaction(() =>
      fields.map((field, at) => upsert.get(catalogId, at, field.name, field.type)!),
    )
    .immediate();
}

/** Removes items whose picture is gone; those in a folder that could not be read stay as they were. */
async function removeVanished(options: ApplyOptions): Promise<number> {
  const { db, catalogId, scratch, pacer } = options;
  const unreadable = scratch.db
    .prepare<[], string>(`SELECT folder || '/' FROM unreadable`)
    .pluck()
    .all();
  const page = db.prepare<[number, string], { id: number; key: string; image_path: string | null }>(
    `SELECT id, key, image_path FROM item WHERE catalog_id = ? AND key > ?
     ORDER BY key LIMIT ${PAGE}`,
  );
  const isKept = scratch.db
    .prepare<[number], number>(`SELECT 1 FROM kept WHERE item_id = ?`)
    .pluck();
  const remove = db.prepare(`DELETE FROM item WHERE id IN (SELECT value FROM json_each(?))`);
  let removed = 0;
  let lastKey = '';
  for (;;) {
    const items = page.all(catalogId, lastKey);
    if (items.length === 0) return removed;
    lastKey = items.at(-1)!.key;
    const gone = items.filter(
      (item) =>
        isKept.get(item.id) === undefined &&
        !unreadable.some((folder) => item.image_path?.startsWith(folder) === true),
    );
    removed += await deleteInSlices(
      (limit) => {
        const ids = gone.splice(0, limit).map((item) => item.id);
        return ids.length === 0 ? 0 : Math.max(1, remove.run(JSON.stringify(ids)).changes);
      },
      async () => pacer.breathe(),
    );
    if (pacer.isDue) await pacer.breathe();
  }
}
