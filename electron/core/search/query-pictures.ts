import { createHash } from 'node:crypto';
import type { Crop } from '../../../shared/contract/search.ts';
import type { Embedder, PictureInput, Thumbnailer } from '../embedding/embedder.ts';
import { VitrineError } from '../errors.ts';
import type { ModelRef } from '../vectors/embedding-repository.ts';
import { LruMap } from '../lru-map.ts';
import { refusalError, VectorMemory } from './vector-memory.ts';

/** Pictures of a session that can be asked for again. */
const PICTURES = 32;
/** And their bytes together. */
const PICTURES_BYTES = 256 * 1024 * 1024;
/** Pixels a picture is drawn at to see that it can be decoded: few, because nobody looks at it. */
const TRIAL_WIDTH = 32;

/** The picture of a query, and what tells its content from others. */
export interface PictureSource {
  readonly source: PictureInput['source'];
  readonly identity: string;
}

/** The pictures handed over for queries, in memory only, and the vectors of query pictures. */
export class QueryPictures {
  readonly #embedder: Embedder;
  readonly #thumbnailer: Thumbnailer;
  readonly #pictures = new LruMap<string, Uint8Array>({
    entries: PICTURES,
    size: PICTURES_BYTES,
    sizeOf: (bytes) => bytes.byteLength,
  });
  readonly #memory = new VectorMemory();

  constructor({ embedder, thumbnailer }: { embedder: Embedder; thumbnailer: Thumbnailer }) {
    this.#embedder = embedder;
    this.#thumbnailer = thumbnailer;
  }

  /**
   * Takes a picture and returns its id; the same bytes get the same one. It is decoded once, so that
   * what cannot be searched by is refused when it is handed over.
   *
   * @throws VitrineError PICTURE_UNREADABLE, PICTURE_UNSUPPORTED or PICTURE_TOO_LARGE.
   */
  async add(bytes: Uint8Array): Promise<{ pictureId: string }> {
    const made = await this.#thumbnailer.thumbnail({ bytes }, { width: TRIAL_WIDTH });
    if (made.status === 'refused') throw refusalError(made);
    const pictureId = createHash('sha256').update(bytes).digest('hex');
    this.#pictures.set(pictureId, bytes);
    return { pictureId };
  }

  /** @throws VitrineError QUERY_INCOMPLETE when 32 others came since, or Vitrine was started again. */
  find(pictureId: string): PictureSource {
    const bytes = this.#pictures.get(pictureId);
    if (bytes === undefined) {
      throw new VitrineError(
        'QUERY_INCOMPLETE',
        'The picture of this query is not at hand any more.',
        { action: 'Choose it again.', subject: pictureId },
      );
    }
    return { source: { bytes }, identity: pictureId };
  }

  /** @throws VitrineError PICTURE_*, and what the Embedder rejects with. */
  embed(ref: ModelRef, { source, identity }: PictureSource, crop?: Crop): Promise<Float32Array> {
    const region = crop && [crop.x, crop.y, crop.width, crop.height].join(' ');
    return this.#memory.recall(JSON.stringify([ref.ref, identity, region]), () =>
      this.#embedder.embedPictures(ref.id, [{ source, crop }], { priority: 'query' }),
    );
  }
}
