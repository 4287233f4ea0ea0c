import type { Modality } from '../../../shared/contract/models.ts';
import type { ModelRegistry } from '../models/model-registry.ts';
import type { EmbeddingRepository, ModelRef } from '../vectors/embedding-repository.ts';

/** The models that make new embeddings, as the database knows them. */
export class ActiveModels {
  readonly #registry: ModelRegistry;
  readonly #embeddings: EmbeddingRepository;

  constructor(registry: ModelRegistry, embeddings: EmbeddingRepository) {
    this.#registry = registry;
    this.#embeddings = embeddings;
  }

  /** @throws VitrineError MODEL_MISSING or MODEL_DAMAGED */
  async ref(modality: Modality): Promise<ModelRef> {
    const { spec, sha256 } = await this.#registry.active(modality);
    return this.#embeddings.refOf({
      id: spec.id,
      sha256,
      modality,
      dimension: spec.dimension,
    });
  }
}
