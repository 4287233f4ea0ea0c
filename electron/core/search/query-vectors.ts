import path from 'node:path';
import type { Modality } from '../../../shared/contract/models.ts';
import type { QueryPicture } from '../../../shared/contract/search.ts';
import type { Db } from '../db/database.ts';
import type { Embedder } from '../embedding/embedder.ts';
import { VitrineError } from '../errors.ts';
import type { EmbeddingRepository, ModelRef } from '../vectors/embedding-repository.ts';
import type { QueryPictures } from './query-pictures.ts';
import { VectorMemory } from './vector-memory.ts';
import { prepared } from '../db/prepared.ts';

/** What searching needs of the model registry. */
export interface SearchModels {
  /** The model that makes new embeddings. Rejects when none can be used. */
  active(
    modality: Modality,
  ): Promise<{ readonly spec: { readonly id: string }; readonly sha256: string }>;
  /** @throws VitrineError MODEL_MISSING or MODEL_DAMAGED. */
  resolve(id: string): Promise<{ readonly sha256: string }>;
}

export interface QueryVectorsOptions {
  readonly db: Db;
  readonly embeddings: EmbeddingRepository;
  readonly models: SearchModels;
  readonly embedder: Embedder;
  readonly pictures: QueryPictures;
}

/** A picture whose vector can be had on this machine. */
export type LocalPicture = Exclude<QueryPicture, { kind: 'key' }>;

interface ItemFile {
  readonly root: string;
  readonly key: string;
  readonly imagePath: string | null;
  readonly imageBytes: number | null;
  readonly imageMtimeMs: number | null;
}

/** Turns the sides of a query into vectors, by the very model that made the vectors searched. */
export class QueryVectors {
  readonly #db: Db;
  readonly #embeddings: EmbeddingRepository;
  readonly #models: SearchModels;
  readonly #embedder: Embedder;
  readonly #pictures: QueryPictures;
  readonly #texts = new VectorMemory();

  constructor({ db, embeddings, models, embedder, pictures }: QueryVectorsOptions) {
    this.#db = db;
    this.#embeddings = embeddings;
    this.#models = models;
    this.#embedder = embedder;
    this.#pictures = pictures;
  }

  /** @throws VitrineError MODEL_MISSING or MODEL_DAMAGED when the model is not what it was. */
  async ofText(ref: ModelRef, text: string): Promise<Float32Array> {
    await this.#assertUnchanged(ref);
    return this.#texts.recall(JSON.stringify([ref.ref, text]), () =>
      this.#embedder.embedTexts(ref.id, [text], { priority: 'query' }),
    );
  }

  /**
   * A catalog item's own picture is not read: its vector is there. Only a part of it is embedded.
   *
   * @throws VitrineError ITEM_NOT_FOUND, NOT_EMBEDDED, PICTURE_*, MODEL_MISSING or MODEL_DAMAGED.
   */
  async ofPicture(ref: ModelRef, picture: LocalPicture): Promise<Float32Array> {
    if (picture.kind === 'item' && picture.crop === undefined) {
      return this.#storedVector(ref, picture.itemId);
    }
    await this.#assertUnchanged(ref);
    const source =
      picture.kind === 'picture'
        ? this.#pictures.find(picture.pictureId)
        : this.#itemFile(picture.itemId);
    return this.#pictures.embed(ref, source, picture.crop);
  }

  /**
   * Begins to embed a picture that was just handed over: as a rule it is asked with a moment later.
   * Never rejects, because whoever asks with it hears what is wrong.
   */
  async expect(pictureId: string): Promise<void> {
    try {
      const { spec, sha256 } = await this.#models.active('image');
      const ref = this.#embeddings.find({ id: spec.id, sha256 });
      if (ref !== undefined) await this.#pictures.embed(ref, this.#pictures.find(pictureId));
    } catch {
      // Not made ahead, then.
    }
  }

  #storedVector(ref: ModelRef, itemId: number): Float32Array {
    const vector = this.#embeddings.vectorOf(itemId, ref);
    if (vector !== null) return vector;
    const { key } = this.#item(itemId);
    throw new VitrineError('NOT_EMBEDDED', `The picture of ${key} is not embedded by ${ref.id}.`, {
      action: 'Wait until ingest has reached it, or see its problems.',
      subject: key,
    });
  }

  #itemFile(itemId: number) {
    const { root, key, imagePath, imageBytes, imageMtimeMs } = this.#item(itemId);
    if (imagePath === null) {
      throw new VitrineError('PICTURE_UNREADABLE', `Item ${key} has no picture to search by.`, {
        action: 'Search by its name instead.',
        subject: key,
      });
    }
    const file = path.join(root, ...imagePath.split('/'));
    return { source: { path: file }, identity: `${file} ${imageBytes} ${imageMtimeMs}` };
  }

  #item(itemId: number): ItemFile {
    const item = prepared<[number], ItemFile>(
      this.#db,
      `SELECT c.root, i.key, i.image_path AS imagePath, i.image_bytes AS imageBytes,
                i.image_mtime_ms AS imageMtimeMs
         FROM item i JOIN catalog c ON c.id = i.catalog_id WHERE i.id = ?`,
    ).get(itemId);
    if (item !== undefined) return item;
    throw new VitrineError('ITEM_NOT_FOUND', `There is no item ${itemId} any more.`, {
      action: 'It left its catalog in a scan: search again.',
      subject: String(itemId),
    });
  }

  async #assertUnchanged(ref: ModelRef): Promise<void> {
    const { sha256 } = await this.#models.resolve(ref.id);
    if (sha256 === ref.sha256) return;
    throw new VitrineError(
      'MODEL_MISSING',
      `The file of ${ref.id} is not the one that made the catalog's vectors ` +
        `(${sha256.slice(0, 12)} instead of ${ref.sha256.slice(0, 12)}), so they cannot be compared.`,
      {
        action: 'Let ingest embed the catalog with the new file, or put the old one back.',
        subject: ref.id,
      },
    );
  }
}
