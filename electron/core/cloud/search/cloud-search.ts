import type { Field, ItemTile } from '../../../../shared/contract/catalog.ts';
import type { Filter } from '../../../../shared/contract/filter.ts';
import type { Modality } from '../../../../shared/contract/models.ts';
import type { SearchInput, SearchOutput, SideReport } from '../../../../shared/contract/search.ts';
import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';
import type { CatalogRepository } from '../../catalog/catalog-repository.ts';
import type { S3Vectors } from '../../aws/s3-vectors.ts';
import type { Db } from '../../db/database.ts';
import { VitrineError } from '../../errors.ts';
import { assertComplete } from '../../search/assert-complete.ts';
import { rankAnswers } from '../../search/rank-answers.ts';
import type { SearchOptions } from '../../search/search-service.ts';
import type { ServingModels } from '../../vectors/serving-models.ts';
import type { ConnectionService } from '../connection-service.ts';
import { columnsOf, type Link, type LinkedIndex, type LinkRepository } from '../link-repository.ts';
import { assertSamePlace } from '../same-place.ts';
import { queryIndex, type RemoteHit } from './query-index.ts';
import { RemoteQueryVectors, type RemoteQueryVectorsOptions } from './remote-query-vectors.ts';
import { toRemoteFilter } from './remote-filter.ts';
import { remoteTiles } from './remote-tiles.ts';
import { failedReport, toSearchError } from './side-failure.ts';

export interface CloudSearchOptions extends RemoteQueryVectorsOptions {
  readonly catalogs: Pick<CatalogRepository, 'get' | 'fields'>;
  readonly connections: Pick<ConnectionService, 'api'>;
  readonly links: Pick<LinkRepository, 'get'>;
  readonly serving: ServingModels;
}

const { resultsPerPage } = S3_VECTORS_LIMITS;

/** What one side of a query needs, settled before anything is sent. */
interface Side {
  readonly index: LinkedIndex | null;
  readonly modality: Modality;
  readonly filter: Filter | undefined;
}

/** How one side of a query went. */
type Asked =
  | { readonly hits: readonly RemoteHit[]; readonly embedMs: number; readonly searchMs: number }
  | { readonly error: VitrineError };

/**
 * Searches the indexes a catalog is linked to: the same query as on this machine, answered by
 * S3 Vectors. Both indexes are asked at once; where one fails, the other is still shown.
 */
export class CloudSearch {
  readonly #options: CloudSearchOptions;
  readonly #db: Db;
  readonly #vectors: RemoteQueryVectors;

  constructor(options: CloudSearchOptions) {
    this.#options = options;
    this.#db = options.db;
    this.#vectors = new RemoteQueryVectors(options);
  }

  /**
   * @throws VitrineError CATALOG_NOT_FOUND, QUERY_INCOMPLETE, CLOUD_NOT_CONNECTED, CLOUD_NOT_LINKED,
   * INDEX_MISMATCH, FILTER_INVALID or CANCELLED; any other when every side failed, that of the first.
   */
  async run(input: SearchInput, { signal }: SearchOptions = {}): Promise<SearchOutput> {
    const { catalogs, connections, links } = this.#options;
    const { catalogId, mode, k, weights } = input;
    const began = performance.now();
    assertComplete(input);
    catalogs.get(catalogId); // says CATALOG_NOT_FOUND
    const api = connections.api();
    const link = links.get(catalogId);
    await assertSamePlace(link, api);
    const fields = catalogs.fields(catalogId);
    const image = mode === 'text' ? null : sideOf('image', { input, link, fields });
    const text = mode === 'image' ? null : sideOf('text', { input, link, fields });

    const ask = (side: Side | null) => side && this.#ask(side, { input, api, signal });
    const [imageAsked, textAsked] = await Promise.all([ask(image), ask(text)]);
    const hits = { image: hitsOf(imageAsked), text: hitsOf(textAsked) };
    if (hits.image === null && hits.text === null) throw failureOf(imageAsked ?? textAsked);

    const fuseBegan = performance.now();
    // A failed side counts as one that found nothing, so that scores keep their meaning.
    const answers = {
      image: image && (hits.image ?? []),
      text: text && (hits.text ?? []),
    };
    const ranked = rankAnswers(answers, { k, weights }).slice(0, input.top);
    const tiles = this.#tiles(ranked, answers, link);
    const ended = performance.now();
    return {
      mode,
      engine: 's3vectors',
      catalogId,
      k,
      weights,
      models: { image: modelOf(image), text: modelOf(text) },
      timing: {
        embedMs: longest('embedMs', [imageAsked, textAsked]),
        searchMs: longest('searchMs', [imageAsked, textAsked]),
        fuseMs: ended - fuseBegan,
        totalMs: ended - began,
      },
      sides: { image: reportOf(imageAsked), text: reportOf(textAsked) },
      candidates: { image: hits.image?.length ?? 0, text: hits.text?.length ?? 0 },
      searched: null,
      results: ranked.flatMap(({ key: _key, ...places }, at) => {
        const item = tiles[at];
        return item === undefined ? [] : [{ rank: at + 1, ...places, item }];
      }),
    };
  }

  /** Failures of one side are kept beside the other's answer; giving up ends both. */
  async #ask(
    side: Side,
    { input, api, signal }: { input: SearchInput; api: S3Vectors } & SearchOptions,
  ): Promise<Asked> {
    try {
      return await this.#query(side, { input, api, signal });
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code === 'CANCELLED') throw error;
      return { error: toSearchError(error) };
    }
  }

  async #query(
    { index, modality, filter }: Side,
    { input, api, signal }: { input: SearchInput; api: S3Vectors } & SearchOptions,
  ): Promise<Asked> {
    if (index === null) throw notLinked(modality);
    const embedBegan = performance.now();
    const vector = await (modality === 'image'
      ? this.#vectors.ofPicture(index, input, { api, signal })
      : this.#vectors.ofText(index, input.text ?? ''));
    if (signal?.aborted) throw new VitrineError('CANCELLED', 'The search was cancelled.');
    const searchBegan = performance.now();
    const wanted = input.mode === 'fused' ? input.candidates : input.top;
    const self = this.#vectors.keyOf(input);
    // One more, in the place of the item itself; not where that would be another page, and so a
    // second request to wait and pay for.
    const topK = self === null || wanted % resultsPerPage === 0 ? wanted : wanted + 1;
    const found = await queryIndex(api, index, { vector, topK, filter, signal });
    return {
      hits: found.filter(({ key }) => key !== self).slice(0, wanted),
      embedMs: searchBegan - embedBegan,
      searchMs: performance.now() - searchBegan,
    };
  }

  #tiles(
    ranked: readonly { readonly key: string }[],
    { image, text }: Record<Modality, readonly RemoteHit[] | null>,
    link: Link,
  ): ItemTile[] {
    const { catalogId, columns } = link;
    const byKey = new Map([...(text ?? []), ...(image ?? [])].map((hit) => [hit.key, hit]));
    const hits = ranked.flatMap(({ key }) => byKey.get(key) ?? []);
    const serving = this.#options.serving.of(catalogId);
    return remoteTiles(this.#db, hits, { catalogId, serving, columns });
  }
}

/** @throws VitrineError FILTER_INVALID */
function sideOf(
  modality: Modality,
  { input, link, fields }: { input: SearchInput; link: Link; fields: readonly Field[] },
): Side {
  const index = link.indexes.find((one) => one.modality === modality) ?? null;
  const filter =
    input.filter && index
      ? toRemoteFilter(input.filter, {
          index: index.name,
          columns: columnsOf(link, index),
          fields,
        })
      : undefined;
  return { index, modality, filter };
}

function notLinked(modality: Modality): VitrineError {
  const what = modality === 'image' ? 'pictures' : 'names';
  return new VitrineError('CLOUD_NOT_LINKED', `This catalog is linked to no index of ${what}.`, {
    action: `Link it again once its ${what} are embedded.`,
  });
}

function hitsOf(asked: Asked | null): readonly RemoteHit[] | null {
  return asked !== null && 'hits' in asked ? asked.hits : null;
}

function failureOf(asked: Asked | null): Error {
  return asked !== null && 'error' in asked ? asked.error : new Error('A query without a side');
}

function reportOf(asked: Asked | null): SideReport | null {
  if (asked === null) return null;
  return 'error' in asked
    ? failedReport(asked.error)
    : { state: 'ok', ms: asked.searchMs, count: asked.hits.length };
}

function modelOf(side: Side | null): SearchOutput['models']['image'] {
  if (side === null || side.index === null) return null;
  const { id, dimension } = side.index.model;
  return { id, dimension };
}

/** Both sides are asked at once: the longer one is what there was to wait for. */
function longest(part: 'embedMs' | 'searchMs', asked: readonly (Asked | null)[]): number {
  return Math.max(0, ...asked.map((one) => (one !== null && 'hits' in one ? one[part] : 0)));
}
