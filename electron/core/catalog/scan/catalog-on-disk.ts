import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { scanOptionsSchema } from '../../../../shared/contract/catalog.ts';
import type { Metadata } from '../../../../shared/contract/filter.ts';
import type { Problem, ProblemKind } from '../../../../shared/contract/problems.ts';
import type { Db } from '../../db/database.ts';
import { openMemoryDatabase } from '../../db/database.ts';
import { CatalogRepository } from '../catalog-repository.ts';
import { ProblemRepository } from '../problem-repository.ts';
import { scanCatalog } from './scan-catalog.ts';

/** For tests: what a picture file needs to be one to a scan, which looks at names and sizes only. */
export const PICTURE = 'not decoded by a scan';

export type Files = Readonly<Record<string, string | Buffer>>;

export interface ScannedItem {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly path: string;
  readonly stale: number;
  readonly metadata: Metadata;
  readonly row: string | null;
}

/** For tests: the layout of Kaggle's fashion set in small, with one of each of its faults. */
export const KAGGLE = {
  'styles.csv':
    'id,gender,year,productDisplayName\n' +
    '1,Men,2011,Blue shirt\n' +
    '2,Women,2012,\n' +
    '3,Women,2013,No picture\n' +
    '4,Men,2014,Shirt, Pack of 2\n' +
    '1,Men,2015,Again\n' +
    '6,Men,2016,"Open\n',
  'images.csv':
    'filename,link\n1.jpg,http://a.example/1.jpg\n2.jpg,undefined\n3.jpg,http://a.example/3.jpg\n9.jpg,undefined\n',
  'images/1.jpg': PICTURE,
  'images/2.jpg': PICTURE,
  'images/4.jpg': PICTURE,
  'images/red-bag.jpg': PICTURE,
};

/** For tests: a catalog on a real folder and a real database, both gone when the test ends. */
export class CatalogOnDisk {
  readonly db: Db = openMemoryDatabase();
  readonly catalogs = new CatalogRepository(this.db);
  readonly problems = new ProblemRepository(this.db);
  readonly root: string;
  readonly id: number;

  private constructor(root: string, options: unknown) {
    this.root = root;
    const parsed = scanOptionsSchema.parse(options);
    this.id = this.catalogs.create({ root, isSample: false, options: parsed }).id;
  }

  static async create(files: Files, options: unknown = {}): Promise<CatalogOnDisk> {
    const root = await mkdtemp(path.join(os.tmpdir(), 'vitrine-scan-'));
    const catalog = new CatalogOnDisk(root, options);
    onTestFinished(async () => {
      catalog.db.close();
      await rm(root, { recursive: true, force: true });
    });
    await catalog.write(files);
    return catalog;
  }

  async write(files: Files): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(this.at(name)), { recursive: true });
      await writeFile(this.at(name), content);
    }
  }

  at(name: string): string {
    return path.join(this.root, name);
  }

  scan(): ReturnType<typeof scanCatalog> {
    return scanCatalog(this.db, this.id);
  }

  items(): ScannedItem[] {
    return this.db
      .prepare<[number], Omit<ScannedItem, 'metadata'> & { metadata: string }>(
        `SELECT id, key, name, image_path AS path, image_stale AS stale, metadata,
           row_file || ':' || row_line AS row
         FROM item WHERE catalog_id = ? ORDER BY key`,
      )
      .all(this.id)
      .map((item) => ({ ...item, metadata: JSON.parse(item.metadata) }));
  }

  keys(): string[] {
    return this.items().map((item) => item.key);
  }

  found(kind?: ProblemKind): Problem[] {
    return this.problems.list({ catalogId: this.id, kind, offset: 0, limit: 500 });
  }

  /** Problems as one line each: `kind file:line reason | action`. */
  told(kind?: ProblemKind): string[] {
    return this.found(kind).map((problem) => {
      const where = [problem.file, problem.line].filter((part) => part !== null).join(':');
      return `${problem.kind} ${where} ${problem.reason} | ${problem.action}`;
    });
  }
}
