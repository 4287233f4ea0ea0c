import type { Modality } from '../../../shared/contract/models.ts';
import type { SearchInput, SearchOutput } from '../../../shared/contract/search.ts';
import { readTiles } from '../browse/item-tiles.ts';
import { VitrineError } from '../errors.ts';
import type { ModelRef } from '../vectors/embedding-repository.ts';
import type { ItemSet, VectorAnswer, VectorStore } from '../vectors/engine.ts';
import type { ServingModels } from '../vectors/serving-models.ts';
import { FilteredItems } from '../filter/filtered-items.ts';
import { QueryVectors } from './query-vectors.ts';
import type { QueryVectorsOptions } from './query-vectors.ts';
import { rankAnswers } from './rank-answers.ts';
import type { Ranked } from './rank-answers.ts';

export interface SearchServiceOptions extends QueryVectorsOptions {
  readonly engine: VectorStore;
  readonly serving: ServingModels;
}

/** One side of a query: the model whose vectors are searched, and how the query's vector is had. */
interface Side {
  readonly ref: ModelRef;
  readonly embed: () => Promise<Float32Array>;
}

/** What both sides of a query have in common once the filter is applied. */
interface Scope {
  readonly catalogId: number;
  readonly topK: number;
  readonly within: ItemSet | undefined;
  /** The item "find similar" starts from. */
  readonly leftOut: number | null;
  readonly signal: AbortSignal | undefined;
}

/**
 * Searches a catalog by picture, by words, or by both at once.
 *
 * "Find similar" leaves out the item it starts from, with a crop too: it would only find itself first.
 */
export class SearchService {
  readonly #options: SearchServiceOptions;
  readonly #serving: ServingModels;
  readonly #filtered: FilteredItems;
  readonly #vectors: QueryVectors;

  constructor(options: SearchServiceOptions) {
    this.#options = options;
    this.#serving = options.serving;
    this.#filtered = new FilteredItems(options.db);
    this.#vectors = new QueryVectors(options);
  }

  /**
   * @throws VitrineError CATALOG_NOT_FOUND, QUERY_INCOMPLETE, FILTER_INVALID, NOT_EMBEDDED,
   * ITEM_NOT_FOUND, PICTURE_*, MODEL_MISSING, MODEL_DAMAGED, INFERENCE_FAILED or CANCELLED.
   */
  async run(
    input: SearchInput,
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<SearchOutput> {
    const { catalogId, mode, k, weights } = input;
    const began = performance.now();
    assertComplete(input);
    const name = this.#nameOf(catalogId);
    const image = mode === 'text' ? null : await this.#imageSide(input, name);
    const text = mode === 'image' ? null : await this.#textSide(input, name);

    const embedBegan = performance.now();
    const [imageVector, textVector] = await Promise.all([image?.embed(), text?.embed()]);
    if (signal?.aborted) throw new VitrineError('CANCELLED', 'The search was cancelled.');

    const searchBegan = performance.now();
    const scope = this.#scopeOf(input, signal);
    const [imageAnswer, textAnswer] = await Promise.all([
      image && imageVector ? this.#ask(image.ref, imageVector, scope) : null,
      text && textVector ? this.#ask(text.ref, textVector, scope) : null,
    ]);

    const fuseBegan = performance.now();
    const ranked = rankAnswers({ image: imageAnswer, text: textAnswer }, { k, weights });
    const results = this.#describe(catalogId, ranked.slice(0, input.top));
    const ended = performance.now();

    return {
      mode,
      engine: 'local',
      catalogId,
      k,
      weights,
      models: { image: identityOf(image), text: identityOf(text) },
      timing: {
        embedMs: searchBegan - embedBegan,
        searchMs: fuseBegan - searchBegan,
        fuseMs: ended - fuseBegan,
        totalMs: ended - began,
      },
      candidates: {
        image: imageAnswer?.candidates.length ?? 0,
        text: textAnswer?.candidates.length ?? 0,
      },
      // Where both sides search: the larger, which as a rule holds the items of the other.
      searched: Math.max(imageAnswer?.searched ?? 0, textAnswer?.searched ?? 0),
      results,
    };
  }

  async #imageSide({ catalogId, picture }: SearchInput, name: string): Promise<Side> {
    const ref = await this.#servingModel(catalogId, 'image');
    if (ref === null) throw notEmbedded(name, 'picture');
    return { ref, embed: async () => this.#vectors.ofPicture(ref, picture!) };
  }

  async #textSide({ catalogId, text }: SearchInput, name: string): Promise<Side> {
    const ref = await this.#servingModel(catalogId, 'text');
    if (ref === null) throw notEmbedded(name, 'name');
    return { ref, embed: () => this.#vectors.ofText(ref, text!.trim()) };
  }

  /** Of models that cover the catalog equally the active one, whose vectors stay. */
  async #servingModel(catalogId: number, modality: Modality): Promise<ModelRef | null> {
    const candidates = this.#serving.candidates(catalogId, modality);
    if (candidates.length < 2) return candidates[0] ?? null;
    const active = await this.#options.models.active(modality).catch(() => null);
    const isActive = ({ id, sha256 }: ModelRef) =>
      id === active?.spec.id && sha256 === active.sha256;
    return candidates.find(isActive) ?? candidates[0] ?? null;
  }

  #scopeOf(input: SearchInput, signal: AbortSignal | undefined): Scope {
    const { catalogId, filter, picture } = input;
    const leftOut = picture?.kind === 'item' && input.mode !== 'text' ? picture.itemId : null;
    const within = filter && this.#filtered.of(catalogId, filter);
    return {
      catalogId,
      topK: input.mode === 'fused' ? input.candidates : input.top,
      within: leftOut === null ? within : within?.filter((itemId) => itemId !== leftOut),
      leftOut,
      signal,
    };
  }

  async #ask(ref: ModelRef, vector: Float32Array, scope: Scope): Promise<VectorAnswer> {
    const { catalogId, topK, within, leftOut, signal } = scope;
    const { engine, db } = this.#options;
    const query = { catalogId, ref, vector, within, signal };
    if (leftOut === null || within !== undefined) return engine.query({ ...query, topK });
    const { candidates, searched } = await engine.query({ ...query, topK: topK + 1 });
    const isSearched = db
      .prepare(
        `SELECT 1 FROM item i JOIN embedding e ON e.item_id = i.id AND e.model_ref = ?
         WHERE i.id = ? AND i.catalog_id = ?`,
      )
      .get(ref.ref, leftOut, catalogId);
    return {
      candidates: candidates.filter(({ itemId }) => itemId !== leftOut).slice(0, topK),
      searched: isSearched === undefined ? searched : searched - 1,
    };
  }

  #describe(catalogId: number, ranked: readonly Ranked[]): SearchOutput['results'] {
    const tiles = readTiles(
      this.#options.db,
      ranked.map(({ itemId }) => itemId),
      this.#serving.of(catalogId),
    );
    const byId = new Map(tiles.map((tile) => [tile.id, tile]));
    return ranked.flatMap(({ itemId, ...places }, at) => {
      const item = byId.get(itemId);
      // Gone since the vectors were compared.
      return item === undefined ? [] : [{ rank: at + 1, ...places, item }];
    });
  }

  #nameOf(catalogId: number): string {
    const name = this.#options.db
      .prepare<[number], string>('SELECT name FROM catalog WHERE id = ?')
      .pluck()
      .get(catalogId);
    if (name !== undefined) return name;
    throw new VitrineError('CATALOG_NOT_FOUND', `There is no catalog ${catalogId} any more.`, {
      action: 'Choose another catalog, or add the folder again.',
      subject: String(catalogId),
    });
  }
}

function assertComplete({ mode, picture, text }: SearchInput): void {
  const lacksPicture = mode !== 'text' && picture === undefined;
  const lacksText = mode !== 'image' && (text ?? '').trim() === '';
  if (!lacksPicture && !lacksText) return;
  const lacks = [lacksPicture ? 'a picture' : '', lacksText ? 'words' : ''].filter(Boolean);
  const other = { image: 'text', text: 'image', fused: lacksPicture ? 'text' : 'image' }[mode];
  throw new VitrineError(
    'QUERY_INCOMPLETE',
    `A query in mode ${mode} needs ${mode === 'fused' ? 'a picture and words' : lacks.join(' and ')}: ` +
      `${lacks.join(' and ')} ${lacks.length === 1 && lacksPicture ? 'is' : 'are'} missing.`,
    { action: `Add ${lacks.join(' and ')}, or switch to mode ${other}.`, subject: mode },
  );
}

function notEmbedded(catalog: string, what: 'picture' | 'name'): VitrineError {
  return new VitrineError('NOT_EMBEDDED', `No ${what} of ${catalog} is embedded yet.`, {
    action:
      `Run "vitrine ingest", or resume it on the Ingest screen: ${what}s can be found as soon as the ` +
      'first are done.',
    subject: catalog,
  });
}

function identityOf(side: Side | null) {
  return side && { id: side.ref.id, dimension: side.ref.dimension };
}
