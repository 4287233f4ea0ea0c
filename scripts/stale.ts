import { readdirSync, statSync } from 'node:fs';

/** Whether a built file is missing, or older than one of its sources (files or folders). */
export function isStale(built: string, sources: readonly string[]): boolean {
  const builtAt = modifiedAt(built);
  return builtAt === 0 || sources.some((source) => newest(source) > builtAt);
}

function newest(file: string): number {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const times = readdirSync(file)
    .filter((name) => !name.endsWith('.test.ts') && name !== 'fixtures')
    .map((name) => newest(`${file}/${name}`));
  return Math.max(stats.mtimeMs, ...times);
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
