import type { IndexLook, LookInput } from '../../../../shared/contract/cloud/look.ts';
import type { IndexDetail } from '../../../../shared/contract/cloud/indexes.ts';
import { CloudError } from '../../aws/cloud-error.ts';
import type { IndexFacts, S3Vectors } from '../../aws/s3-vectors.ts';
import type { ListedVector } from '../../aws/vector-page.ts';
import type { CatalogRepository } from '../../catalog/catalog-repository.ts';
import type { Db } from '../../db/database.ts';
import { VitrineError } from '../../errors.ts';
import { Pacer } from '../../pacer.ts';
import { EmbeddingRepository, type ModelRef } from '../../vectors/embedding-repository.ts';
import type { ServingModels } from '../../vectors/serving-models.ts';
import type { ConnectionService } from '../connection-service.ts';
import { modelTold } from '../index-tags.ts';
import { parseWish } from '../link-service.ts';
import { assertFits, type WantedIndex } from '../prepare-indexes.ts';
import type { RecordSource } from '../publish/record-source.ts';
import { wantedIndexes } from '../wanted-indexes.ts';
import { compareVectors } from './compare-vectors.ts';
import { lookAtMetadata } from './look-at-metadata.ts';
import { matchKeys, type KeyMatch, type KeyPair } from './match-keys.ts';

export interface LookServiceOptions {
  readonly db: Db;
  readonly catalogs: CatalogRepository;
  readonly connections: ConnectionService;
  readonly serving: ServingModels;
  readonly source: RecordSource;
}

/** Vectors of one page, with their metadata. */
const SAMPLE = 200;
/** Vectors whose numbers are fetched. */
const COMPARED = 25;
/** Items whose values are compared with the metadata there: each key with each column. */
const COMPARED_VALUES = 50;
const KEYS_SHOWN = 5;

/** Says how indexes that somebody made stand to a catalog, before they are linked. */
export class LookService {
  readonly #options: LookServiceOptions;
  readonly #embeddings: EmbeddingRepository;

  constructor(options: LookServiceOptions) {
    this.#options = options;
    this.#embeddings = new EmbeddingRepository(options.db);
  }

  /**
   * Looks at a sample of both indexes; changes nothing there or here. What these credentials may not
   * read stays unknown, and the answer says which action is missing.
   *
   * @throws VitrineError NOT_EMBEDDED, INVALID_INPUT, CLOUD_OFFLINE and other failed calls
   */
  async look(
    input: LookInput,
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): Promise<IndexLook[]> {
    const { catalogs, connections, serving } = this.#options;
    const wish = parseWish(input);
    const { catalogId } = wish;
    const { name } = catalogs.get(catalogId);
    const wanted = wantedIndexes(wish, { catalog: name, models: serving.of(catalogId) });
    const api = connections.api();
    return Promise.all(wanted.map((index) => this.#lookAt(index, { catalogId, api, signal })));
  }

  async #lookAt(index: WantedIndex, { catalogId, api, signal }: At): Promise<IndexLook> {
    const denied = new Set<string>();
    /** Null where the policy does not allow it. */
    const allowed = async <T>(action: string, call: Promise<T>): Promise<T | null> =>
      call.catch((error: unknown) => {
        if (!(error instanceof CloudError) || error.code !== 'CLOUD_ACCESS_DENIED') throw error;
        denied.add(`s3vectors:${action}`);
        return null;
      });
    const facts = await allowed('GetIndex', api.getIndex(index, { signal })).catch(unlessMissing);
    if (facts === 'missing') return blank(index, { state: 'missing' });
    const tags =
      facts === null
        ? null
        : await allowed('ListTagsForResource', api.tagsOf(facts.arn, { signal }));
    const sample = await readSample(index, { api, signal, allowed });
    const match =
      sample === null
        ? null
        : matchKeys(
            sample.vectors.map(({ key }) => key),
            (key) => this.#itemId(catalogId, key) !== null,
          );
    const pacer = new Pacer(signal);
    const chosen = await this.#choose(catalogId, { match, model: index.model, pacer });
    const fetched =
      chosen.pairs.length === 0 || facts?.dimension !== index.model.dimension
        ? null
        : await allowed(
            'GetVectors',
            api.getVectors(
              index,
              chosen.pairs.map(({ there }) => there),
              { withData: true, signal },
            ),
          );
    // Listing may have been denied for the other of its two actions.
    if (sample === null && fetched !== null) denied.delete('s3vectors:GetVectors');
    const found = new Map(fetched?.map(({ key, data }) => [key, data]));
    return {
      ...blank(index, { state: facts === null ? 'hidden' : 'found' }),
      ...(facts === null ? {} : describeFit(index, { ...facts, tags: tags ?? {} })),
      keys: match === null ? null : describeKeys(match),
      asked:
        fetched === null || chosen.asked.length === 0
          ? null
          : {
              count: chosen.asked.length,
              found: chosen.asked.filter((key) => found.has(key)).length,
            },
      metadata:
        sample?.hasMetadata === true
          ? await this.#lookAtMetadata(catalogId, {
              sample: sample.vectors,
              match: match!,
              facts,
              pacer,
            })
          : null,
      vectors: compareVectors(
        chosen.pairs.flatMap(({ there, here }) => {
          const numbers = found.get(there);
          const itemId = this.#itemId(catalogId, here);
          const own = itemId === null ? null : this.#embeddings.vectorOf(itemId, index.model);
          return numbers === undefined || own === null ? [] : [{ there: numbers, here: own }];
        }),
      ),
      denied: [...denied],
    };
  }

  /** Pairs to compare the numbers of: of the sample where it has some, else of the catalog. */
  async #choose(
    catalogId: number,
    { match, model, pacer }: { match: KeyMatch | null; model: ModelRef; pacer: Pacer },
  ): Promise<{ pairs: KeyPair[]; asked: string[] }> {
    const matched = match === null ? [] : [...match.exact, ...match.byStem];
    const embedded = spread(matched, COMPARED * 4).filter(({ here }) => {
      const itemId = this.#itemId(catalogId, here);
      return itemId !== null && this.#embeddings.vectorOf(itemId, model) !== null;
    });
    const pairs = spread(embedded, COMPARED);
    if (pairs.length > 0) return { pairs, asked: [] };
    const asked = await this.#embeddedKeys(catalogId, model, pacer);
    return { pairs: asked.map((key) => ({ there: key, here: key })), asked };
  }

  async #lookAtMetadata(
    catalogId: number,
    options: {
      sample: readonly ListedVector[];
      match: KeyMatch;
      facts: IndexFacts | null;
      pacer: Pacer;
    },
  ): Promise<IndexLook['metadata']> {
    const { catalogs, source } = this.#options;
    const { sample, match, facts, pacer } = options;
    const byKey = new Map(sample.map(({ key, metadata = {} }) => [key, metadata]));
    const compared = spread([...match.exact, ...match.byStem], COMPARED_VALUES);
    const pairs = compared.flatMap(({ there, here }) => {
      const item = source.item(catalogId, here);
      return item === null ? [] : [{ there: byKey.get(there) ?? {}, here: item }];
    });
    return lookAtMetadata([...byKey.values()], {
      pairs,
      fields: catalogs.fields(catalogId),
      nonFilterable: facts?.nonFilterableKeys ?? [],
      pacer,
    });
  }

  #itemId(catalogId: number, key: string): number | null {
    return (
      this.#options.db
        .prepare<[number, string], number>('SELECT id FROM item WHERE catalog_id = ? AND key = ?')
        .pluck()
        .get(catalogId, key) ?? null
    );
  }

  /** Keys with a vector of the model, spread over the catalog: found one by one, none looked at twice. */
  async #embeddedKeys(catalogId: number, { ref }: ModelRef, pacer: Pacer): Promise<string[]> {
    const { db } = this.#options;
    const items = db
      .prepare<[number], number>('SELECT count(*) FROM item WHERE catalog_id = ?')
      .pluck()
      .get(catalogId)!;
    const keyAt = db
      .prepare<[number, number], string>(
        'SELECT key FROM item WHERE catalog_id = ? ORDER BY key LIMIT 1 OFFSET ?',
      )
      .pluck();
    const next = db
      .prepare<[number, number, string, string], string>(
        `SELECT item.key FROM item CROSS JOIN embedding ON embedding.item_id = item.id
           AND embedding.model_ref = ?
         WHERE item.catalog_id = ? AND item.key >= ? AND item.key > ? ORDER BY item.key LIMIT 1`,
      )
      .pluck();
    const found: string[] = [];
    const count = Math.min(items, COMPARED);
    for (let at = 0; at < count; at++) {
      const from = keyAt.get(catalogId, Math.floor((at * items) / count)) ?? '';
      const key = next.get(ref, catalogId, from, found.at(-1) ?? '');
      if (key === undefined) break;
      found.push(key);
      if (pacer.isDue) await pacer.breathe();
    }
    return found;
  }
}

interface At {
  readonly catalogId: number;
  readonly api: S3Vectors;
  readonly signal: AbortSignal | undefined;
}

/** One page; without metadata where that may not be read, null where keys may not be listed either. */
async function readSample(
  index: WantedIndex,
  {
    api,
    signal,
    allowed,
  }: Omit<At, 'catalogId'> & {
    readonly allowed: <T>(action: string, call: Promise<T>) => Promise<T | null>;
  },
): Promise<{ vectors: readonly ListedVector[]; hasMetadata: boolean } | null> {
  const list = (withMetadata: boolean) =>
    api.listVectors(index, { withMetadata, pageSize: SAMPLE, signal });
  // Listing with metadata takes both actions.
  const whole = await allowed('GetVectors', list(true));
  if (whole !== null) return { vectors: whole.vectors, hasMetadata: true };
  const bare = await allowed('ListVectors', list(false));
  return bare === null ? null : { vectors: bare.vectors, hasMetadata: false };
}

function describeFit(
  index: WantedIndex,
  facts: Pick<IndexDetail, 'dimension' | 'metric' | 'tags'>,
): Partial<IndexLook> {
  const { dimension, metric } = facts;
  const toldModel = modelTold(facts)?.id ?? null;
  try {
    assertFits(facts, index, { isModelAssumed: false });
    return { dimension, metric, toldModel };
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error;
    const isYes = error.data.consent === 'assume-model';
    return {
      dimension,
      metric,
      toldModel,
      ...(isYes ? { needsModelYes: true } : { misfit: error.message }),
    };
  }
}

function describeKeys({ exact, byStem, others }: KeyMatch): IndexLook['keys'] {
  return {
    sampled: exact.length + byStem.length + others.length,
    matching: exact.length,
    byStem: byStem.length,
    stemExample: byStem[0] ?? null,
    others: others.slice(0, KEYS_SHOWN),
  };
}

function blank(index: WantedIndex, { state }: Pick<IndexLook, 'state'>): IndexLook {
  const { modality, name, model } = index;
  return {
    modality,
    index: name,
    state,
    dimension: null,
    metric: null,
    model: { id: model.id, dimension: model.dimension },
    toldModel: null,
    misfit: null,
    needsModelYes: false,
    keys: null,
    asked: null,
    metadata: null,
    vectors: null,
    denied: [],
  };
}

function unlessMissing(error: unknown): 'missing' {
  if (error instanceof CloudError && error.code === 'CLOUD_NOT_FOUND') return 'missing';
  throw error;
}

/** At most `count`, as far apart as they go. */
function spread<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]!);
}
