import type { Modality } from '../../../shared/contract/models.ts';
import type { CatalogRepository } from '../catalog/catalog-repository.ts';
import type { Db } from '../db/database.ts';
import type { ServingModels } from '../vectors/serving-models.ts';
import type { ModelRegistry } from './model-registry.ts';

interface Model {
  readonly id: string;
  readonly sha256: string | null;
  readonly modality: Modality;
}

/** Counts what models have embedded, to say what using another one costs. */
export class ModelUse {
  readonly #db: Db;
  readonly #catalogs: CatalogRepository;
  readonly #serving: ServingModels;
  readonly #registry: Pick<ModelRegistry, 'active'>;
  /** Only a scan changes these, and counting walks the whole catalog. */
  readonly #wanted = new Map<number, { revision: number; image: number; text: number }>();

  constructor(options: {
    readonly db: Db;
    readonly catalogs: CatalogRepository;
    readonly serving: ServingModels;
    readonly registry: Pick<ModelRegistry, 'active'>;
  }) {
    this.#db = options.db;
    this.#catalogs = options.catalogs;
    this.#serving = options.serving;
    this.#registry = options.registry;
  }

  hasVectors(modality: Modality): boolean {
    return (
      this.#db
        .prepare<[string], number>(
          `SELECT 1 FROM model WHERE modality = ?
           AND EXISTS (SELECT 1 FROM embedding WHERE model_ref = model.ref)`,
        )
        .pluck()
        .get(modality) !== undefined
    );
  }

  /**
   * Items with a picture or a name and no vector of the model, but for those that were refused. Equal
   * names are embedded once, so that this is the most there is to do.
   */
  toEmbed({ id, sha256, modality }: Model): number {
    const wanted = this.#catalogs
      .list()
      .reduce((sum, catalog) => sum + this.#wantedOf(catalog)[modality], 0);
    const { done, refused } = this.#db
      .prepare<object, { done: number; refused: number }>(
        `WITH used AS (SELECT ref FROM model WHERE id = @id AND sha256 = @sha256)
         SELECT
           (SELECT count(*) FROM embedding WHERE model_ref = (SELECT ref FROM used)) AS done,
           (SELECT count(DISTINCT item_id) FROM problem
            WHERE modality = @modality AND item_id IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM embedding
              WHERE embedding.item_id = problem.item_id AND model_ref = (SELECT ref FROM used)
            )) AS refused`,
      )
      .get({ id, sha256, modality })!;
    return Math.max(0, wanted - done - refused);
  }

  /** How many catalogs are searched by vectors of the model. */
  async serves(model: Model): Promise<number> {
    const active = await this.#registry.active(model.modality).catch(() => null);
    const isActive = (one: { id: string; sha256: string }) =>
      one.id === active?.spec.id && one.sha256 === active.sha256;
    return this.#catalogs.list().filter((catalog) => {
      const candidates = this.#serving.candidates(catalog.id, model.modality);
      const serving = candidates.find(isActive) ?? candidates[0];
      return serving?.id === model.id && serving.sha256 === model.sha256;
    }).length;
  }

  #wantedOf({ id, revision }: { id: number; revision: number }): { image: number; text: number } {
    const known = this.#wanted.get(id);
    if (known?.revision === revision) return known;
    const wanted = { ...this.#catalogs.countContents(id), revision };
    this.#wanted.set(id, wanted);
    return wanted;
  }
}
