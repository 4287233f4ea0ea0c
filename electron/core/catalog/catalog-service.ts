import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  scanOptionsSchema,
  type Catalog,
  type ScanOptions,
} from '../../../shared/contract/catalog.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import type { ServingModels } from '../vectors/serving-models.ts';
import type { CatalogRepository, CatalogRow } from './catalog-repository.ts';
import { isFolderless } from './folderless.ts';
import type { ProblemRepository } from './problem-repository.ts';

export interface CatalogServiceOptions {
  readonly db: Db;
  readonly repository: CatalogRepository;
  readonly problems: ProblemRepository;
  readonly serving: ServingModels;
  /** What follows from a change of catalogs; ingest knows catalogs, not the other way round. */
  readonly ingest: { scan(catalogId: number): void; cancel(catalogId: number): void };
  readonly sampleDir: string;
  /** Whether a window may add this folder (an absolute path). */
  readonly mayOpenFolder: (folder: string) => boolean;
  /** Whether its items are being made from indexes, here and now. */
  readonly isRestoring: (catalogId: number) => boolean;
  readonly onChange: () => void;
  /** The catalog is about to be removed: what works on it ends. */
  readonly onRemoving: (catalogId: number) => Promise<void>;
  /** The catalog of this folder is gone. */
  readonly onRemoved: (root: string) => Promise<void>;
}

/** Catalogs as a user sees them: add, look at, rename, remove. */
export class CatalogService {
  readonly #options: CatalogServiceOptions;

  constructor(options: CatalogServiceOptions) {
    this.#options = options;
  }

  list(): Catalog[] {
    return this.#options.repository.list().map((row) => this.#describe(row));
  }

  /** By id, name or the number as text; @throws VitrineError CATALOG_NOT_FOUND */
  find(nameOrId: string): Catalog {
    return this.#describe(this.#options.repository.find(nameOrId));
  }

  get(catalogId: number): Catalog {
    return this.#describe(this.#options.repository.get(catalogId));
  }

  /**
   * Adds a folder and queues its scan. A folder that is a catalog already is scanned again, with the
   * new options where some are given; a catalog of this name that has no folder gets this one.
   *
   * @throws VitrineError FOLDER_NOT_FOUND, CATALOG_EXISTS (the name belongs to another folder), BUSY while
   *   the catalog of this name is being restored
   */
  async add(
    folder: string,
    options: { name?: string | undefined; scan?: ScanOptions | undefined; isSample?: boolean } = {},
  ): Promise<number> {
    const { repository, ingest } = this.#options;
    const root = await resolveFolder(folder);
    const known = repository.findByRoot(root) ?? this.#giveFolder(root, options.name);
    const catalog =
      known ??
      repository.create({
        ...(options.name === undefined ? {} : { name: options.name }),
        root,
        isSample: options.isSample ?? false,
        options: options.scan ?? scanOptionsSchema.parse({}),
      });
    if (known !== undefined && options.scan !== undefined)
      repository.setOptions(known.id, options.scan);
    if (known !== undefined && options.name !== undefined)
      repository.rename(known.id, options.name);
    ingest.scan(catalog.id);
    return catalog.id;
  }

  /** A catalog that was made from indexes gets its folder by its name. */
  #giveFolder(root: string, name: string | undefined): CatalogRow | undefined {
    const { repository, isRestoring } = this.#options;
    const waiting = repository
      .list()
      .find((row) => isFolderless(row.root) && row.name.toLowerCase() === name?.toLowerCase());
    if (waiting === undefined) return undefined;
    if (isRestoring(waiting.id)) {
      throw new VitrineError('BUSY', `${waiting.name} is being restored.`, {
        action: 'Wait until all has come, or stop it: then give it its folder.',
        subject: waiting.name,
      });
    }
    repository.setRoot(waiting.id, root);
    return repository.get(waiting.id);
  }

  /**
   * `add` for a window, which may name only folders that its user chose, or that are catalogs
   * already: paths are capabilities.
   *
   * @throws VitrineError FOLDER_NOT_CHOSEN, whether or not there is such a folder
   */
  addChosen(
    folder: string,
    options: { name?: string | undefined; scan?: ScanOptions | undefined },
  ): Promise<number> {
    const absolute = path.resolve(folder);
    const { repository, mayOpenFolder } = this.#options;
    if (!mayOpenFolder(absolute) && repository.findByRoot(absolute) === undefined) {
      throw new VitrineError('FOLDER_NOT_CHOSEN', `${absolute} was not chosen in this window.`, {
        action: 'Choose the folder in the dialog, or drop it on the window.',
        subject: absolute,
      });
    }
    return this.add(absolute, options);
  }

  addSample(): Promise<number> {
    return this.add(this.#options.sampleDir, { name: 'Sample catalog', isSample: true });
  }

  /** @throws VitrineError ITEM_NOT_FOUND */
  findItem(catalogId: number, key: string): number {
    const { db, repository } = this.#options;
    const itemId = db
      .prepare<[number, string], number>('SELECT id FROM item WHERE catalog_id = ? AND key = ?')
      .pluck()
      .get(catalogId, key);
    if (itemId === undefined) {
      const { name } = repository.get(catalogId);
      throw new VitrineError('ITEM_NOT_FOUND', `${name} has no item with the key ${key}.`, {
        action: 'Copy the key from a search result.',
        subject: key,
      });
    }
    return itemId;
  }

  rename(catalogId: number, name: string): void {
    this.#options.repository.rename(catalogId, name);
    this.#options.onChange();
  }

  /**
   * Forgets the catalog, its items and vectors. The folder is never touched, unless it is our own
   * copy of a dropped one.
   */
  async remove(catalogId: number): Promise<void> {
    const { repository, ingest, onRemoving, onChange } = this.#options;
    const { root } = repository.get(catalogId);
    ingest.cancel(catalogId);
    await onRemoving(catalogId);
    await repository.remove(catalogId);
    await this.#options.onRemoved(root);
    onChange();
  }

  #describe(row: CatalogRow): Catalog {
    const { db, repository, problems, serving } = this.#options;
    const items =
      db
        .prepare<[number], number>('SELECT count(*) FROM item WHERE catalog_id = ?')
        .pluck()
        .get(row.id) ?? 0;
    return {
      id: row.id,
      name: row.name,
      root: row.root,
      online: existsSync(row.root),
      isSample: row.isSample,
      preset: row.preset,
      csvFiles: [...row.csvFiles],
      items,
      images: row.imageCount,
      rows: row.rowCount,
      ...problems.count(row.id),
      embedded: serving.covered(row.id),
      fields: [...repository.fields(row.id)],
      revision: row.revision,
      paused: row.paused,
      scannedAt: row.scannedAt,
      scanSeconds: row.scanMs === null ? null : row.scanMs / 1000,
    };
  }
}

async function resolveFolder(folder: string): Promise<string> {
  const absolute = path.resolve(folder);
  const stats = await stat(absolute).catch(() => null);
  if (stats === null) {
    throw new VitrineError('FOLDER_NOT_FOUND', `There is no folder ${absolute}.`, {
      action: 'Check the path, or connect the drive it is on.',
      subject: absolute,
    });
  }
  if (!stats.isDirectory()) {
    throw new VitrineError('FOLDER_NOT_FOUND', `${absolute} is a file, not a folder.`, {
      action: 'Give the folder that holds the pictures.',
      subject: absolute,
    });
  }
  return realpath(absolute);
}
