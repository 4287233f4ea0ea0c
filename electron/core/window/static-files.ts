import { readFile } from 'node:fs/promises';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface StaticFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** Its name holds a hash of its content, so it may be kept for ever. */
  readonly isImmutable: boolean;
}

/** A file of the built window; null when there is none of that name (or it is outside the folder). */
export async function readStaticFile(dir: string, urlPath: string): Promise<StaticFile | null> {
  const file = path.resolve(dir, `.${urlPath === '/' ? '/index.html' : urlPath}`);
  if (!file.startsWith(path.resolve(dir) + path.sep)) return null;
  const contentType = TYPES[path.extname(file)];
  if (contentType === undefined) return null;
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  return { bytes, contentType, isImmutable: urlPath.startsWith('/assets/') };
}
