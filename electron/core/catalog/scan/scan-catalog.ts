import type { ProblemKind } from '../../../../shared/contract/problems.ts';
import type { Db } from '../../db/database.ts';
import { describeError, VitrineError } from '../../errors.ts';
import { CatalogRepository } from '../catalog-repository.ts';
import { isFolderless } from '../folderless.ts';
import { applyItems } from './apply-items.ts';
import { applyProblems } from './apply-problems.ts';
import { assignKeys, takeSample } from './assign-keys.ts';
import { ItemBuilder } from './build-items.ts';
import type { ColumnTypes } from './column-types.ts';
import { systemErrorCode } from './error-code.ts';
import { PictureFinder } from './find-picture.ts';
import { Pacer } from '../../pacer.ts';
import { planTables } from './plan-tables.ts';
import type { Table } from './plan-tables.ts';
import { readTable } from './read-table.ts';
import type { ReadTableOptions, TableRead } from './read-table.ts';
import { Scratch } from './scratch.ts';
import { walkFolder } from './walk-folder.ts';

export interface ScanProgress {
  /** Listing pictures, reading rows, then writing items. */
  readonly phase: 'folder' | 'rows' | 'join';
  /** Pictures, rows, or items so far. */
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
}

export interface ScanRunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called at most ten times a second, and at the end of each phase. */
  readonly onProgress?: ((progress: ScanProgress) => void) | undefined;
}

export interface ScanSummary {
  /** Items of the catalog now. */
  readonly items: number;
  /** Picture files found. */
  readonly images: number;
  /** Rows of the products' table (and its parts), those that were lost included. */
  readonly rows: number;
  /** How many of each kind were found, also when there are too many to be stored each. */
  readonly problems: Partial<Record<ProblemKind, number>>;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly seconds: number;
}

/**
 * Reads the folder of a catalog and brings its items, fields and problems in line with it: the first
 * time and every time after. Items whose picture and row did not change are left alone.
 *
 * Memory stays flat and no turn of the event loop takes long. When it is cancelled or killed before
 * it ends, items are each as before or as found; running it again finishes the work.
 *
 * @throws VitrineError CATALOG_NOT_FOUND (also when it is removed meanwhile), FOLDER_NOT_FOUND or FOLDER_UNREADABLE (nothing is
 * changed), CSV_INVALID when the catalog's options do not fit its files, or CANCELLED.
 */
export async function scanCatalog(
  db: Db,
  catalogId: number,
  options: ScanRunOptions = {},
): Promise<ScanSummary> {
  const started = performance.now();
  const catalogs = new CatalogRepository(db);
  const { name, root, options: scan } = catalogs.get(catalogId);
  if (isFolderless(root)) {
    throw new VitrineError(
      'FOLDER_NOT_FOUND',
      `"${name}" was restored from the cloud and has no folder yet`,
      { action: `Give it one: vitrine catalog add <folder> --name "${name}"`, subject: name },
    );
  }
  const pacer = new Pacer(options.signal);
  const progress = new ProgressReporter(options.onProgress);
  const checkCatalog = () => void catalogs.get(catalogId);
  const scratch = new Scratch();
  try {
    pacer.check();
    const images = await walkFolder({
      root,
      scratch,
      pacer,
      onFound: (done) => progress.tell('folder', done, null),
    });
    progress.end('folder', images);

    const finder = new PictureFinder(scratch, root);
    const plan = await planTables({ root, scan, scratch, finder, pacer });
    const types: ColumnTypes[] = [];
    let rows = 0;
    let readBefore = 0;
    for (const table of plan.tables) {
      const before = readBefore;
      const read = await readTableOrFail(table, {
        scratch,
        finder,
        pacer,
        signal: options.signal,
        tables: plan.tables,
        onRead: (done) => progress.tell('rows', before + done, null),
      });
      types.push(read.types);
      readBefore += read.rows;
      if (table.part === 0) rows += read.rows;
    }
    progress.end('rows', readBefore);

    await assignKeys(scratch, pacer);
    const wanted =
      scan.sample === undefined ? images : await takeSample(scratch, scan.sample, pacer);
    const builder = new ItemBuilder(plan, types, scratch);
    const applied = await applyItems({
      db,
      catalogId,
      scratch,
      builder,
      pacer,
      checkCatalog,
      onApplied: (done) => progress.tell('join', done, wanted),
    });
    const hasNewProblems = await applyProblems({
      db,
      catalogId,
      scratch,
      pacer,
      checkCatalog,
    });
    progress.end('join', applied.items);

    const ms = performance.now() - started;
    const csvFiles = JSON.stringify(plan.tables.map((table) => table.file));
    db.transaction(() => {
      const before = catalogs.get(catalogId);
      const hasNewFacts =
        before.scannedAt === null ||
        before.preset !== plan.preset ||
        JSON.stringify(before.csvFiles) !== csvFiles ||
        before.imageCount !== images ||
        before.rowCount !== rows;
      db.prepare(
        `UPDATE catalog SET preset = ?, csv_files = ?, image_count = ?, row_count = ?,
           scanned_at = ?, scan_ms = ? WHERE id = ?`,
      ).run(plan.preset, csvFiles, images, rows, Date.now(), Math.round(ms), catalogId);
      const hasNewItems = applied.added + applied.changed + applied.removed > 0;
      if (hasNewItems || hasNewProblems || hasNewFacts) catalogs.bumpRevision(catalogId);
    }).immediate();
    const items = db
      .prepare<[number], number>(`SELECT count(*) FROM item WHERE catalog_id = ?`)
      .pluck()
      .get(catalogId)!;
    return {
      ...applied,
      items,
      images,
      rows,
      problems: countProblems(db, catalogId, scratch),
      seconds: ms / 1000,
    };
  } finally {
    scratch.close();
  }
}

async function readTableOrFail(table: Table, options: ReadTableOptions): Promise<TableRead> {
  try {
    return await readTable(table, options);
  } catch (error) {
    options.pacer.check();
    if (systemErrorCode(error) === undefined) throw error;
    // Half a table would take the fields of the other half from their items.
    throw new VitrineError(
      'CSV_INVALID',
      `${table.file} could not be read to its end: ${describeError(error)}`,
      { action: 'Scan again; nothing was changed.', subject: table.file, cause: error },
    );
  }
}

function countProblems(db: Db, catalogId: number, scratch: Scratch): ScanSummary['problems'] {
  const counts: Partial<Record<ProblemKind, number>> = Object.fromEntries(scratch.problemCounts);
  const empty = db
    .prepare<[number], number>(
      `SELECT count(*) FROM problem
       WHERE catalog_id = ? AND severity = 'problem' AND kind = 'picture-empty'`,
    )
    .pluck()
    .get(catalogId)!;
  return empty === 0 ? counts : { ...counts, 'picture-empty': empty };
}

class ProgressReporter {
  readonly #onProgress: ScanRunOptions['onProgress'];
  #toldAt = 0;

  constructor(onProgress: ScanRunOptions['onProgress']) {
    this.#onProgress = onProgress;
  }

  tell(phase: ScanProgress['phase'], done: number, total: number | null): void {
    const now = performance.now();
    if (now - this.#toldAt < 100) return;
    this.#toldAt = now;
    this.#onProgress?.({ phase, done, total });
  }

  end(phase: ScanProgress['phase'], total: number): void {
    this.#onProgress?.({ phase, done: total, total });
  }
}
