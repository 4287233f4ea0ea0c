import type { Modality } from '../../../shared/contract/models.ts';
import type { SearchInput, SearchOutput, SideReport } from '../../../shared/contract/search.ts';
import { readTiles } from '../browse/item-tiles.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import type { ModelRef } from '../vectors/embedding-repository.ts';
import type { ItemSet, VectorAnswer, VectorStore } from '../vectors/engine.ts';
import type { ServingModels } from '../vectors/serving-models.ts';
import { FilteredItems } from '../filter/filtered-items.ts';
import { assertComplete } from './assert-complete.ts';
import type { LocalPicture, QueryVectors, SearchModels } from './query-vectors.ts';
import { rankAnswers } from './rank-answers.ts';
import type { Ranked } from './rank-answers.ts';
import { prepared } from '../db/prepared.ts';

export interface SearchServiceOptions {
  readonly db: Db;
  readonly engine: VectorStore;
  readonly serving: ServingModels;
  readonly models: SearchModels;
  readonly vectors: QueryVectors;
}

export interface SearchOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A query whose picture is at hand. */
type LocalInput = Omit<SearchInput, 'picture'> & { readonly picture?: LocalPicture | undefined };

/** One side of a query: the model whose vectors are searched, and how the query's vector is had. */
interface Side {
  readonly ref: ModelRef;
  readonly embed: () => Promise<Float32Array>;
}

/** What one side found, and how long it took. */
interface Asked {
  readonly answer: VectorAnswer;
  readonly ms: number;
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
 * Searches a catalog by picture, by words, or by both at once, among the vectors on this machine.
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
    this.#vectors = options.vectors;
  }

  /**
   * @throws VitrineError CATALOG_NOT_FOUND, QUERY_INCOMPLETE, FILTER_INVALID, NOT_EMBEDDED,
   * ITEM_NOT_FOUND, PICTURE_*, MODEL_MISSING, MODEL_DAMAGED, INFERENCE_FAILED or CANCELLED.
   */
  async run(asked: SearchInput, { signal }: SearchOptions = {}): Promise<SearchOutput> {
    const { catalogId, mode, k, weights } = asked;
    const began = performance.now();
    assertComplete(asked);
    const name = this.#nameOf(catalogId);
    const input = this.#withItem(asked);
    const image = mode === 'text' ? null : await this.#imageSide(input, name);
    const text = mode === 'image' ? null : await this.#textSide(input, name);

    const scopeBegan = performance.now();
    const scope = this.#scopeOf(input, signal);
    const embedBegan = performance.now();
    // Each side is searched as soon as its vector is there: words are while a picture is still embedded.
    const answerOf = async ({ ref, embed }: Side): Promise<Asked> => {
      const vector = await embed();
      if (signal?.aborted) throw new VitrineError('CANCELLED', 'The search was cancelled.');
      return this.#timed(ref, vector, scope);
    };
    const [imageAnswer, textAnswer] = await Promise.all([
      image && answerOf(image),
      text && answerOf(text),
    ]);

    const fuseBegan = performance.now();
    const askedMs = (imageAnswer?.ms ?? 0) + (textAnswer?.ms ?? 0);
    const found = {
      image: imageAnswer?.answer.candidates ?? null,
      text: textAnswer?.answer.candidates ?? null,
    };
    const ranked = rankAnswers(found, { k, weights });
    const itemIds = new Map(
      [...(found.image ?? []), ...(found.text ?? [])].map(({ key, itemId }) => [key, itemId]),
    );
    const results = this.#describe(catalogId, ranked.slice(0, input.top), itemIds);
    const ended = performance.now();

    return {
      mode,
      engine: 'local',
      catalogId,
      k,
      weights,
      models: { image: identityOf(image), text: identityOf(text) },
      timing: {
        // Both sides are compared on this thread; the rest of the time went into their vectors.
        embedMs: Math.max(0, fuseBegan - embedBegan - askedMs),
        searchMs: embedBegan - scopeBegan + askedMs,
        fuseMs: ended - fuseBegan,
        totalMs: ended - began,
      },
      sides: { image: reportOf(imageAnswer), text: reportOf(textAnswer) },
      candidates: { image: found.image?.length ?? 0, text: found.text?.length ?? 0 },
      // Where both sides search: the larger, which as a rule holds the items of the other.
      searched: Math.max(imageAnswer?.answer.searched ?? 0, textAnswer?.answer.searched ?? 0),
      results,
    };
  }

  async #imageSide({ catalogId, picture }: LocalInput, name: string): Promise<Side> {
    const ref = await this.#servingModel(catalogId, 'image');
    if (ref === null) throw notEmbedded(name, 'picture');
    return { ref, embed: async () => this.#vectors.ofPicture(ref, picture!) };
  }

  async #textSide({ catalogId, text }: LocalInput, name: string): Promise<Side> {
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

  #scopeOf(input: LocalInput, signal: AbortSignal | undefined): Scope {
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

  async #timed(ref: ModelRef, vector: Float32Array, scope: Scope): Promise<Asked> {
    const began = performance.now();
    const answer = await this.#ask(ref, vector, scope);
    return { answer, ms: performance.now() - began };
  }

  async #ask(ref: ModelRef, vector: Float32Array, scope: Scope): Promise<VectorAnswer> {
    const { catalogId, topK, within, leftOut, signal } = scope;
    const { engine, db } = this.#options;
    const query = { catalogId, ref, vector, within, signal };
    if (leftOut === null || within !== undefined) return engine.query({ ...query, topK });
    const { candidates, searched } = await engine.query({ ...query, topK: topK + 1 });
    const isSearched = prepared(
      db,
      `SELECT 1 FROM item i JOIN embedding e ON e.item_id = i.id AND e.model_ref = ?
         WHERE i.id = ? AND i.catalog_id = ?`,
    ).get(ref.ref, leftOut, catalogId);
    return {
      candidates: candidates.filter(({ itemId }) => itemId !== leftOut).slice(0, topK),
      searched: isSearched === undefined ? searched : searched - 1,
    };
  }

  #describe(
    catalogId: number,
    ranked: readonly Ranked[],
    itemIds: ReadonlyMap<string, number>,
  ): SearchOutput['results'] {
    const tiles = readTiles(
      this.#options.db,
      ranked.flatMap(({ key }) => itemIds.get(key) ?? []),
      this.#serving.of(catalogId),
    );
    const byKey = new Map(tiles.map((tile) => [tile.key, tile]));
    return ranked.flatMap(({ key, ...places }, at) => {
      const item = byKey.get(key);
      // Gone since the vectors were compared.
      return item === undefined ? [] : [{ rank: at + 1, ...places, item }];
    });
  }

  /** An item named by its key, as results of S3 Vectors name those that are not here. */
  #withItem({ picture, ...input }: SearchInput): LocalInput {
    const { catalogId } = input;
    if (picture?.kind !== 'key') return { ...input, picture };
    const itemId = prepared<[number, string], number>(
      this.#options.db,
      'SELECT id FROM item WHERE catalog_id = ? AND key = ?',
    )
      .pluck()
      .get(catalogId, picture.key);
    if (itemId !== undefined) return { ...input, picture: { kind: 'item', itemId } };
    throw new VitrineError('ITEM_NOT_FOUND', `Item ${picture.key} is not on this computer.`, {
      action: 'Search like it in S3 Vectors, which has its vector.',
      subject: picture.key,
    });
  }

  #nameOf(catalogId: number): string {
    const name = prepared<[number], string>(
      this.#options.db,
      'SELECT name FROM catalog WHERE id = ?',
    )
      .pluck()
      .get(catalogId);
    if (name !== undefined) return name;
    throw new VitrineError('CATALOG_NOT_FOUND', `There is no catalog ${catalogId} any more.`, {
      action: 'Choose another catalog, or add the folder again.',
      subject: String(catalogId),
    });
  }
}

function notEmbedded(catalog: string, what: 'picture' | 'name'): VitrineError {
  return new VitrineError('NOT_EMBEDDED', `No ${what} of ${catalog} is embedded yet.`, {
    action:
      `Run "vitrine ingest", or resume it on the Ingest screen: ${what}s can be found as soon as the ` +
      'first are done.',
    subject: catalog,
  });
}

function reportOf(asked: Asked | null): SideReport | null {
  return asked && { state: 'ok', ms: asked.ms, count: asked.answer.candidates.length };
}

function identityOf(side: Side | null) {
  return side && { id: side.ref.id, dimension: side.ref.dimension };
}
