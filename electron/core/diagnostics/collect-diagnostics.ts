import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { AppInfo } from '../../../shared/contract/app.ts';
import type { Catalog } from '../../../shared/contract/catalog.ts';
import type { Diagnostics } from '../../../shared/contract/diagnostics.ts';
import type { CatalogProgress } from '../../../shared/contract/ingest.ts';
import type { ModelInfo } from '../../../shared/contract/models.ts';
import type { Db } from '../db/database.ts';
import { readRecentLog } from './recent-log.ts';

/** The native parts, whose versions decide most riddles. */
const PACKAGES = ['better-sqlite3', 'onnxruntime-node', 'sharp', 'usearch'];

/** What a report about a fault needs; see Diagnostics for what it leaves out. */
export async function collectDiagnostics(source: {
  readonly info: AppInfo;
  readonly db: Db;
  readonly logFile: string;
  readonly models: () => Promise<ModelInfo[]>;
  readonly catalogs: () => Catalog[];
  readonly progress: () => CatalogProgress[];
}): Promise<Diagnostics> {
  const { info, db } = source;
  const states = new Map(source.progress().map(({ catalogId, state }) => [catalogId, state]));
  return {
    app: { version: info.version, host: info.host },
    runtime: versions(db),
    system: {
      platform: process.platform,
      release: os.release(),
      arch: process.arch,
      cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
      cores: os.availableParallelism(),
      memoryBytes: os.totalmem(),
      freeMemoryBytes: os.freemem(),
      residentBytes: process.memoryUsage.rss(),
    },
    dataDir: info.dataDir,
    models: (await source.models()).map(({ id, state, active, sha256, speed }) => ({
      id,
      state,
      active,
      sha256,
      perSecond: speed?.perSecond ?? null,
    })),
    catalogs: source.catalogs().map((catalog) => ({
      id: catalog.id,
      state: states.get(catalog.id) ?? 'unknown',
      items: catalog.items,
      pictures: catalog.images,
      embeddedPictures: catalog.embedded.image,
      embeddedNames: catalog.embedded.text,
      problems: catalog.problems,
      online: catalog.online,
    })),
    queue: db
      .prepare<[], Diagnostics['queue'][number]>(
        'SELECT kind, state, count(*) AS count FROM job GROUP BY kind, state ORDER BY kind, state',
      )
      .all(),
    log: await readRecentLog(source.logFile, info.dataDir),
  };
}

function versions(db: Db): Record<string, string> {
  const { node, electron, chrome } = process.versions;
  const sqlite = db.prepare<[], string>('SELECT sqlite_version()').pluck().get();
  const found: Record<string, string | undefined> = {
    electron,
    chromium: chrome,
    node,
    sqlite,
    ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function versionOf(name: string): string | undefined {
  const { resolve } = createRequire(import.meta.url);
  const folders = resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      const text = readFileSync(path.join(folder, name, 'package.json'), 'utf8');
      return (JSON.parse(text) as { version?: string }).version;
    } catch {
      // Further up, or not installed.
    }
  }
  return undefined;
}
