import type { Modality } from '../../../shared/contract/models.ts';
import type { Db } from '../db/database.ts';
import { EmbeddingRepository } from './embedding-repository.ts';
import type { Coverage, ModelRef } from './embedding-repository.ts';
import { prepared } from '../db/prepared.ts';

/** The models whose vectors answer queries; null for a side without vectors. */
export interface Serving {
  readonly image: ModelRef | null;
  readonly text: ModelRef | null;
}

/**
 * Says whose vectors are in use: per catalog and modality those of the model with the most of them.
 * So a new model builds beside the old one, and takes over when it has caught up.
 */
export class ServingModels {
  readonly #db: Db;
  readonly #embeddings: EmbeddingRepository;
  readonly #counted = new Map<number, { stamp: string; coverage: Coverage[] }>();

  constructor(db: Db) {
    this.#db = db;
    this.#embeddings = new EmbeddingRepository(db);
  }

  /** Both sides. Of two models that cover equally much the one met last. */
  of(catalogId: number): Serving {
    return {
      image: this.candidates(catalogId, 'image')[0] ?? null,
      text: this.candidates(catalogId, 'text')[0] ?? null,
    };
  }

  /** How many items have a vector of the model in use. */
  covered(catalogId: number): Record<Modality, number> {
    const counts = this.#coverage(catalogId);
    const of = (modality: Modality) => {
      const used = this.candidates(catalogId, modality)[0];
      return counts.find(({ ref }) => ref.ref === used?.ref)?.count ?? 0;
    };
    return { image: of('image'), text: of('text') };
  }

  /** The models with the most vectors of a modality: several when they cover equally much. */
  candidates(catalogId: number, modality: Modality): ModelRef[] {
    const known = prepared<[string], ModelRef>(
      this.#db,
      'SELECT ref, id, sha256, modality, dimension FROM model WHERE modality = ? ORDER BY ref DESC',
    ).all(modality);
    const [only] = known;
    // The usual case needs no counting, which takes 2 ms for 44,000 items.
    if (known.length === 1 && only) return this.#hasVectors(catalogId, only) ? [only] : [];
    const counted = this.#coverage(catalogId).filter(({ ref }) => ref.modality === modality);
    const most = Math.max(0, ...counted.map(({ count }) => count));
    return counted
      .filter(({ count }) => count === most)
      .map(({ ref }) => ref)
      .toSorted((a, b) => b.ref - a.ref);
  }

  /** Drops what is known of catalogs that are not among these. */
  keepOnly(catalogIds: ReadonlySet<number>): void {
    for (const id of this.#counted.keys()) if (!catalogIds.has(id)) this.#counted.delete(id);
  }

  #hasVectors(catalogId: number, { ref }: ModelRef): boolean {
    return (
      prepared(
        this.#db,
        'SELECT 1 FROM embedding INDEXED BY embedding_by_catalog WHERE catalog_id = ? AND model_ref = ?',
      ).get(catalogId, ref) !== undefined
    );
  }

  /** Counts again only when the catalog or any vector changed. */
  #coverage(catalogId: number): Coverage[] {
    const stamp = prepared<[number], string>(
      this.#db,
      `SELECT concat((SELECT revision FROM catalog WHERE id = ?), '/',
                       (SELECT max(version) FROM embedding))`,
    )
      .pluck()
      .get(catalogId);
    const known = this.#counted.get(catalogId);
    if (stamp !== undefined && known?.stamp === stamp) return known.coverage;
    const coverage = this.#embeddings.coverage(catalogId);
    this.#counted.set(catalogId, { stamp: stamp ?? '', coverage });
    return coverage;
  }
}
