import type { Modality } from '../../../../shared/contract/models.ts';
import type { SearchInput } from '../../../../shared/contract/search.ts';
import type { S3Vectors } from '../../aws/s3-vectors.ts';
import type { Db } from '../../db/database.ts';
import { VitrineError } from '../../errors.ts';
import type { LocalPicture, QueryVectors, SearchModels } from '../../search/query-vectors.ts';
import type { SearchOptions } from '../../search/search-service.ts';
import type { LinkedIndex } from '../link-repository.ts';

export interface RemoteQueryVectorsOptions {
  readonly db: Db;
  readonly models: SearchModels;
  readonly vectors: QueryVectors;
}

/** Turns the sides of a query into vectors of the models that the linked indexes hold. */
export class RemoteQueryVectors {
  readonly #db: Db;
  readonly #models: SearchModels;
  readonly #vectors: QueryVectors;

  constructor({ db, models, vectors }: RemoteQueryVectorsOptions) {
    this.#db = db;
    this.#models = models;
    this.#vectors = vectors;
  }

  /** @throws VitrineError MODEL_MISSING with both models */
  ofText(index: LinkedIndex, text: string): Promise<Float32Array> {
    return this.#withModel(index, () => this.#vectors.ofText(index.model, text.trim()));
  }

  /**
   * An item's vector is read here, or from the index where it is not on this machine.
   *
   * @throws VitrineError ITEM_NOT_FOUND, PICTURE_*, MODEL_MISSING with both models, and what the
   * service refuses.
   */
  async ofPicture(
    index: LinkedIndex,
    input: SearchInput,
    { api, signal }: { readonly api: S3Vectors } & SearchOptions,
  ): Promise<Float32Array> {
    const picture = this.#localPicture(input);
    if (picture !== null) {
      try {
        return await this.#withModel(index, () => this.#vectors.ofPicture(index.model, picture));
      } catch (error) {
        if (!(error instanceof VitrineError) || error.code !== 'NOT_EMBEDDED') throw error;
      }
    }
    const key = this.keyOf(input) ?? '';
    const [stored] = await api.getVectors(index, [key], { withData: true, signal });
    if (stored?.data !== undefined) return Float32Array.from(stored.data);
    throw new VitrineError('ITEM_NOT_FOUND', `The index ${index.name} has no vector of ${key}.`, {
      action: 'Publish the catalog, or search by another picture.',
      subject: key,
    });
  }

  /** The key of the item a query starts from; null where it starts from none. */
  keyOf({ mode, picture }: SearchInput): string | null {
    if (mode === 'text' || picture === undefined || picture.kind === 'picture') return null;
    if (picture.kind === 'key') return picture.key;
    return (
      this.#db
        .prepare<[number], string>('SELECT key FROM item WHERE id = ?')
        .pluck()
        .get(picture.itemId) ?? null
    );
  }

  /** The picture as this machine has it; null for one that only the index knows. */
  #localPicture({ catalogId, picture }: SearchInput): LocalPicture | null {
    if (picture?.kind !== 'key') return picture ?? null;
    const itemId = this.#db
      .prepare<[number, string], number>('SELECT id FROM item WHERE catalog_id = ? AND key = ?')
      .pluck()
      .get(catalogId, picture.key);
    return itemId === undefined ? null : { kind: 'item', itemId };
  }

  async #withModel(
    { name, modality, model }: LinkedIndex,
    embed: () => Promise<Float32Array>,
  ): Promise<Float32Array> {
    try {
      return await embed();
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code !== 'MODEL_MISSING') throw error;
      throw new VitrineError(
        'MODEL_MISSING',
        `The vectors in ${name} are by ${model.id} (${model.sha256.slice(0, 12)}); ` +
          `this computer has ${await this.#here(modality)}, and the two cannot be compared.`,
        {
          action: `Install that model in Settings, or link the catalog to an index of the model that is here.`,
          subject: model.id,
          cause: error,
        },
      );
    }
  }

  async #here(modality: Modality): Promise<string> {
    return this.#models.active(modality).then(
      ({ spec, sha256 }) => `${spec.id} (${sha256.slice(0, 12)})`,
      () => 'no such model',
    );
  }
}
