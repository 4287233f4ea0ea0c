import { readdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Storage } from '../../../shared/contract/diagnostics.ts';

/** Adds up what the data folder holds, by what it is for. */
export async function measureStorage(dataDir: string): Promise<Storage> {
  const sizes = { database: 0, thumbnails: 0, models: 0, dropped: 0, other: 0 };
  const entries = await readdir(dataDir, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      sizes[partOf(entry.name)] += await sizeOf(path.join(dataDir, entry.name));
    }),
  );
  const disk = await statfs(dataDir).catch(() => null);
  return { ...sizes, free: disk === null ? null : disk.bavail * disk.bsize };
}

/** Takes the thumbnails away; they are made again when they are shown. Returns the bytes freed. */
export async function clearThumbnails(dataDir: string): Promise<number> {
  const folder = path.join(dataDir, 'thumbnails');
  const freed = await sizeOf(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  return freed;
}

function partOf(name: string): Exclude<keyof Storage, 'free'> {
  if (name.startsWith('vitrine.sqlite')) return 'database';
  if (name === 'thumbnails' || name === 'models' || name === 'dropped') return name;
  return 'other';
}

async function sizeOf(place: string): Promise<number> {
  const stats = await stat(place).catch(() => null);
  if (stats === null) return 0;
  if (!stats.isDirectory()) return stats.size;
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => []);
  let total = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    // Deleted meanwhile, as caches are.
    total += (await stat(path.join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
  }
  return total;
}
