import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Log } from './ports.ts';

const LARGEST_BYTES = 5 * 1024 * 1024;

/** Appends JSON lines to vitrine.log, keeping one older file. */
export function createFileLog(dir: string): Log {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'vitrine.log');
  return (level, message, data) => {
    if (level === 'debug') return;
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_BYTES) {
      renameSync(file, `${file}.old`);
    }
    appendFileSync(
      file,
      `${JSON.stringify({ time: new Date().toISOString(), level, message, ...data })}\n`,
    );
  };
}
