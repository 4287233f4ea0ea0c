import {
  DeleteVectorsCommand,
  GetVectorsCommand,
  ListVectorsCommand,
  PutVectorsCommand,
  QueryVectorsCommand,
} from '@aws-sdk/client-s3vectors';
import type { IndexPlace } from '../../../shared/contract/cloud/indexes.ts';
import type { Filter, Metadata } from '../../../shared/contract/filter.ts';
import { withFields } from './newer-model.ts';
import { withBody, withPage } from './prepared-body.ts';
import { abortable, at, ServiceCaller, type CallOptions } from './service-caller.ts';
import { readPage, toListed, type ListedVector, type VectorPage } from './vector-page.ts';

export interface ListOptions extends CallOptions {
  readonly withData?: boolean;
  readonly withMetadata?: boolean;
  readonly pageSize?: number;
  readonly nextToken?: string | undefined;
  readonly segment?: { readonly index: number; readonly count: number };
}

/** The calls about the vectors of an index. */
export class VectorCalls extends ServiceCaller {
  /**
   * Sends a PutVectors body that is ready (`cloud/publish/put-body.ts`), once.
   *
   * @param sha256 in hex, where it is known already: otherwise signing reads the body for it, here
   */
  async putVectors(
    body: Uint8Array,
    { signal, sha256 }: CallOptions & { sha256?: string } = {},
  ): Promise<void> {
    const command = withBody(new PutVectorsCommand({ vectors: [] }), body, sha256);
    await this.call('PutVectors', (client) => client.send(command, abortable(signal)), {
      isOnce: true,
    });
  }

  /** Deletes up to 500 keys, once; keys that are not there are no error. */
  async deleteVectors(
    place: IndexPlace,
    keys: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<void> {
    await this.call(
      'DeleteVectors',
      (client) =>
        client.send(new DeleteVectorsCommand({ ...at(place), keys: [...keys] }), abortable(signal)),
      { isOnce: true },
    );
  }

  /** Reads up to 100 vectors; keys that are not there are left out. */
  async getVectors(
    place: IndexPlace,
    keys: readonly string[],
    options: CallOptions & { withData?: boolean; withMetadata?: boolean } = {},
  ): Promise<ListedVector[]> {
    const { signal, withData = false, withMetadata = false } = options;
    const answer = await this.call('GetVectors', (client) =>
      client.send(
        new GetVectorsCommand({
          ...at(place),
          keys: [...keys],
          returnData: withData,
          returnMetadata: withMetadata,
        }),
        abortable(signal),
      ),
    );
    return (answer.vectors ?? []).map(toListed);
  }

  /** One page of one segment of all vectors. */
  async listVectors(place: IndexPlace, options: ListOptions = {}): Promise<VectorPage> {
    return this.call('ListVectors', async () => readPage(await this.listPage(place, options)));
  }

  /** As `listVectors`, in the bytes of the service (`readPage`): for another thread to read. */
  async listPage(place: IndexPlace, options: ListOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const { signal, withData = false, withMetadata = false } = options;
    const { pageSize, nextToken, segment } = options;
    let body = new Uint8Array(new ArrayBuffer(0));
    await this.call('ListVectors', (client) =>
      client.send(
        withPage(
          new ListVectorsCommand({
            ...at(place),
            returnData: withData,
            returnMetadata: withMetadata,
            maxResults: pageSize,
            nextToken,
            segmentCount: segment?.count,
            segmentIndex: segment?.index,
          }),
          (page) => {
            assertJson(page);
            body = page;
          },
        ),
        abortable(signal),
      ),
    );
    return body;
  }

  /** One page of the nearest vectors, at most 100; `distance` is 1 - cosine where the metric is cosine. */
  async queryVectors(
    place: IndexPlace,
    query: CallOptions & {
      vector: Float32Array;
      topK: number;
      filter?: Filter | undefined;
      /** Filters first, as an ENHANCED index does, on a CLASSIC one too. */
      isEnhanced?: boolean;
      nextToken?: string | undefined;
    },
  ): Promise<{
    vectors: { key: string; distance: number; metadata: Metadata }[];
    nextToken: string | null;
  }> {
    const { signal, vector, topK, filter, isEnhanced = false, nextToken } = query;
    const command = new QueryVectorsCommand({
      ...at(place),
      topK,
      // Never the typed array itself: the SDK would send an object with numbered keys.
      queryVector: { float32: Array.from(vector) },
      filter: filter as Record<string, never> | undefined,
      returnDistance: true,
      returnMetadata: true,
      nextToken,
    });
    const sent = isEnhanced ? withFields(command, { queryMode: 'ENHANCED' }) : command;
    const answer = await this.call('QueryVectors', (client) =>
      client.send(sent, abortable(signal)),
    );
    const vectors = (answer.vectors ?? []).map((found) => ({
      key: found.key ?? '',
      distance: found.distance ?? Number.NaN,
      metadata: (found.metadata ?? {}) as Metadata,
    }));
    return { vectors, nextToken: answer.nextToken ?? null };
  }
}

/** @throws SyntaxError when it cannot be an object of JSON; whoever reads it has no connection to name. */
function assertJson(body: Uint8Array): void {
  if (!Buffer.from(body.subarray(0, 16)).toString().trimStart().startsWith('{')) {
    throw new SyntaxError('no JSON');
  }
}
