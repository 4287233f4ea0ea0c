import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Statement } from 'better-sqlite3';
import type { Db } from '../db/database.ts';
import type { Thumbnailer } from '../embedding/embedder.ts';
import { MAX_PIXELS } from '../embedding/refusals.ts';
import { describeError } from '../errors.ts';
import { readPictureSize } from '../embedding/picture-size.ts';
import { SharedWork } from './shared-work.ts';
import { sniffPicture, WEB_CONTENT_TYPES } from '../embedding/sniff-picture.ts';
import { ThumbnailCache } from './thumbnail-cache.ts';

export type OpenedPicture =
  | {
      readonly status: 'ok';
      readonly bytes: Uint8Array;
      readonly contentType: string;
      /** Quoted, as the header wants it; the same as long as path, size, time and width are. */
      readonly etag: string;
    }
  | NotShown;

interface NotShown {
  readonly status: 'missing' | 'refused';
  readonly reason: string;
}

const DEFAULT_CACHE_BYTES = 1024 ** 3;
/** Longest side where a picture is shown as it is but no browser knows its format. */
const CONVERTED_WIDTH = 2048;
/** A larger original is shown converted. */
const MAX_ORIGINAL_BYTES = 32 * 1024 * 1024;
/** Up to here a picture that fits is sent as it is: a thumbnail would hardly be smaller. */
const SMALL_BYTES = 128 * 1024;
const MAX_REFUSALS_KEPT = 5_000;

interface Place {
  readonly root: string;
  readonly imagePath: string | null;
}

interface PictureFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/**
 * The pictures of catalog items, for showing. They are asked for by item id only, and a file is sent
 * only if it really lies inside its catalog's folder, wherever links lead.
 */
export class ItemPictures {
  readonly #placeOf: Statement<[number], Place>;
  readonly #thumbnailer: Thumbnailer;
  readonly #cache: ThumbnailCache;
  readonly #making = new SharedWork<OpenedPicture>();
  /** What cannot be shown need not be tried at every scroll; some files end the process that tries. */
  readonly #refusals = new Map<string, OpenedPicture>();

  constructor(options: {
    readonly db: Db;
    readonly cacheDir: string;
    readonly thumbnailer: Thumbnailer;
    readonly maxCacheBytes?: number;
  }) {
    this.#placeOf = options.db.prepare(
      `SELECT c.root, i.image_path AS imagePath
         FROM item i JOIN catalog c ON c.id = i.catalog_id WHERE i.id = ?`,
    );
    this.#thumbnailer = options.thumbnailer;
    this.#cache = new ThumbnailCache(options.cacheDir, {
      maxBytes: options.maxCacheBytes ?? DEFAULT_CACHE_BYTES,
    });
  }

  /**
   * The item's picture, fitted within `width` x `width` pixels; without a width the original, or
   * WebP where browsers do not know its format.
   *
   * @throws the signal's reason when it is aborted, and VitrineError INFERENCE_FAILED when the
   * process that makes thumbnails does not stay up.
   */
  async open(
    itemId: number,
    options: { readonly width?: number; readonly signal?: AbortSignal } = {},
  ): Promise<OpenedPicture> {
    const file = await this.#find(itemId);
    if ('status' in file) return file;

    const { width, signal } = options;
    const hash = createHash('sha256')
      .update([file.path, file.sizeBytes, file.mtimeMs, width ?? 'original'].join('\0'))
      .digest('hex');
    const refusal = this.#refusals.get(hash);
    if (refusal !== undefined) return refusal;
    return this.#making.run(
      hash,
      (shared) => this.#make(file, { hash, width, signal: shared }),
      signal,
    );
  }

  /** Where the item's picture lies, all links followed; null where it cannot be shown either. */
  async locate(itemId: number): Promise<string | null> {
    const file = await this.#find(itemId);
    return 'status' in file ? null : file.path;
  }

  /**
   * The item's picture as PNG within `width` x `width` pixels, for a clipboard or a drag; null where
   * it cannot be shown either.
   */
  async png(itemId: number, width: number): Promise<Uint8Array | null> {
    const file = await this.#find(itemId);
    if ('status' in file) return null;
    const made = await this.#thumbnailer.thumbnail({ path: file.path }, { width, format: 'png' });
    return made.status === 'made' ? made.bytes : null;
  }

  async #find(itemId: number): Promise<PictureFile | NotShown> {
    const place = this.#placeOf.get(itemId);
    if (place === undefined) return missing('There is no such item.');
    if (place.imagePath === null) return missing('This item has no picture.');
    return findInside(place.root, place.imagePath);
  }

  async #make(
    file: PictureFile,
    options: {
      readonly hash: string;
      readonly width: number | undefined;
      readonly signal: AbortSignal;
    },
  ): Promise<OpenedPicture> {
    const { hash, width, signal } = options;
    const etag = `"${hash.slice(0, 32)}"`;
    const cached = await this.#cache.get(hash);
    if (cached !== undefined) return webp(cached, etag);
    const original = await readAsItIs(file, width);
    if (original !== undefined) return { status: 'ok', ...original, etag };

    const made = await this.#thumbnailer.thumbnail(
      { path: file.path },
      { width: width ?? CONVERTED_WIDTH, signal },
    );
    if (made.status === 'made') {
      await this.#cache.put(hash, made.bytes);
      void this.#cache.makeRoom();
      return webp(made.bytes, etag);
    }
    if (made.kind === 'picture-vanished') return missing('Image not found.');
    const refused: OpenedPicture = { status: 'refused', reason: made.reason };
    this.#keepRefusal(hash, refused);
    return refused;
  }

  #keepRefusal(hash: string, refused: OpenedPicture): void {
    const oldest = this.#refusals.keys().next();
    if (this.#refusals.size >= MAX_REFUSALS_KEPT && oldest.done !== true) {
      this.#refusals.delete(oldest.value);
    }
    this.#refusals.set(hash, refused);
  }
}

/** Follows all links, then looks where it ended up: names alone prove nothing. */
async function findInside(root: string, imagePath: string): Promise<PictureFile | NotShown> {
  try {
    const realRoot = await realpath(root);
    const real = await realpath(path.join(realRoot, imagePath));
    const relative = path.relative(realRoot, real);
    if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) {
      return { status: 'refused', reason: 'The file lies outside the catalog folder.' };
    }
    const stats = await stat(real);
    if (!stats.isFile()) return { status: 'refused', reason: 'It is not an ordinary file.' };
    return { path: real, sizeBytes: stats.size, mtimeMs: stats.mtimeMs };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return missing('Image not found.');
    return { status: 'refused', reason: `The file cannot be opened: ${describeError(error)}.` };
  }
}

/** The file's own bytes where a browser can show them at no more than the size asked for. */
async function readAsItIs(
  file: PictureFile,
  width: number | undefined,
): Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | undefined> {
  if (file.sizeBytes > (width === undefined ? MAX_ORIGINAL_BYTES : SMALL_BYTES)) return undefined;
  const bytes = await readFile(file.path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const format = sniffPicture(bytes);
  const contentType = WEB_CONTENT_TYPES[format];
  if (contentType === undefined) return undefined;
  const size = readPictureSize(bytes, format);
  if (width === undefined) {
    // A few kilobytes can be a billion pixels: the window must not have to find out.
    if (size !== undefined && size.width * size.height > MAX_PIXELS) return undefined;
  } else if (size === undefined || size.isAnimated || Math.max(size.width, size.height) > width) {
    return undefined;
  }
  return { bytes, contentType };
}

function missing(reason: string): NotShown {
  return { status: 'missing', reason };
}

function webp(bytes: Uint8Array, etag: string): OpenedPicture {
  return { status: 'ok', bytes, contentType: 'image/webp', etag };
}
