import { z } from 'zod';
import type { IndexReport, VerifyReport } from '../../../shared/contract/cloud/verify.ts';
import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import type { S3Vectors } from '../aws/s3-vectors.ts';
import type { ListedVector } from '../aws/vector-calls.ts';
import { Pacer } from '../pacer.ts';
import type { SettingStore } from '../settings/setting-store.ts';
import type { ConnectionService } from './connection-service.ts';
import { KeyList } from './key-list.ts';
import { listSegments } from './list-segments.ts';
import type { Link, LinkedIndex, LinkRepository } from './link-repository.ts';
import { compareRecord } from './publish/compare-record.ts';
import type { Ledger } from './publish/ledger.ts';
import type { RecordSource } from './publish/record-source.ts';
import type { RecordVersion } from './publish/record-version.ts';
import { assertSamePlace } from './same-place.ts';

export interface VerifyServiceOptions {
  readonly connections: ConnectionService;
  readonly links: LinkRepository;
  readonly ledger: Ledger;
  readonly source: RecordSource;
  readonly settings: SettingStore;
}

/** When indexes were last compared; `indexes` tells them from others linked later. */
const verifiedSchema = z.object({ at: z.number(), isInStep: z.boolean(), indexes: z.string() });
const settingOf = (catalogId: number) => `cloud.verified.${catalogId}`;

const PAGE = 500;

/** Compares what indexes really hold with the catalog, whoever has changed them. */
export class VerifyService {
  readonly #options: VerifyServiceOptions;

  constructor(options: VerifyServiceOptions) {
    this.#options = options;
  }

  /**
   * Lists both indexes in parallel segments. What it finds goes into the ledger, so that the next
   * publishing mends it; nothing in the cloud is changed here.
   *
   * @param options.vectors compare the numbers too, which have to be fetched for it
   */
  async verify(
    catalogId: number,
    { vectors = false, signal }: { vectors?: boolean; signal?: AbortSignal | undefined } = {},
  ): Promise<VerifyReport> {
    const { connections, links, settings } = this.#options;
    const link = links.get(catalogId);
    const api = connections.api();
    await assertSamePlace(link, api);
    const startedAt = performance.now();
    const indexes = await Promise.all(
      link.indexes.map((index) => this.#verifyIndex(api, index, { vectors, signal })),
    );
    const isInStep = indexes.every(
      ({ missing, unexpected, different }) =>
        missing.count + unexpected.count + different.metadata.count + different.vector.count === 0,
    );
    settings.write(settingOf(catalogId), { at: Date.now(), isInStep, indexes: identityOf(link) });
    return {
      catalogId,
      indexes,
      isInStep,
      seconds: Number(((performance.now() - startedAt) / 1000).toFixed(3)),
    };
  }

  /** When these indexes were compared last, and whether all was in step; null before. */
  last(catalogId: number): { at: number; isInStep: boolean } | null {
    const { links, settings } = this.#options;
    const verified = settings.read(settingOf(catalogId), verifiedSchema);
    const link = links.find(catalogId);
    if (verified === null || link === null || identityOf(link) !== verified.indexes) return null;
    return { at: verified.at, isInStep: verified.isInStep };
  }

  async #verifyIndex(
    api: S3Vectors,
    index: LinkedIndex,
    options: { vectors: boolean; signal: AbortSignal | undefined },
  ): Promise<IndexReport> {
    const { source, ledger } = this.#options;
    const listing = new Listing(this.#options, index, options);
    await listSegments(api, index, {
      segments: S3_VECTORS_LIMITS.listSegments,
      pageSize: PAGE,
      withData: options.vectors,
      signal: options.signal,
      onPage: (vectors) => listing.take(vectors),
    });
    const missing = new KeyList();
    const pacer = new Pacer();
    for (let after = ''; ;) {
      const keys = source.keys(index, { after, limit: PAGE });
      const absent = keys.filter((key) => !listing.seen.has(key));
      const wanted = [...source.records(index, absent)].filter(([, record]) => !record.isRefused);
      missing.add(wanted.map(([key]) => key));
      ledger.forget(index, absent);
      after = keys.at(-1) ?? '';
      if (keys.length < PAGE) break;
      if (pacer.isDue) await pacer.breathe();
    }
    return {
      modality: index.modality,
      index: index.name,
      ...listing.report(),
      missing: missing.json(),
    };
  }
}

/** An index that was made anew is another one. */
function identityOf({ bucket, endpoint, region, indexes }: Link): string {
  return JSON.stringify([
    endpoint ?? region,
    bucket,
    indexes.map(({ name, createdAt }) => [name, createdAt]),
  ]);
}

/** What the pages of one index tell. */
class Listing {
  readonly seen = new Set<string>();
  readonly #options: VerifyServiceOptions;
  readonly #index: LinkedIndex;
  readonly #withVectors: boolean;
  readonly #pacer: Pacer;
  readonly #unexpected = new KeyList();
  readonly #metadata = new KeyList();
  readonly #vector = new KeyList();

  constructor(
    options: VerifyServiceOptions,
    index: LinkedIndex,
    { vectors, signal }: { readonly vectors: boolean; readonly signal: AbortSignal | undefined },
  ) {
    this.#pacer = new Pacer(signal);
    this.#options = options;
    this.#index = index;
    this.#withVectors = vectors;
  }

  async take(vectors: readonly ListedVector[]): Promise<void> {
    const { source, ledger } = this.#options;
    const keys = vectors.map(({ key }) => key);
    const local = source.records(this.#index, keys);
    const same: RecordVersion[] = [];
    const differing: string[] = [];
    const unexpected: string[] = [];
    for (const there of vectors) {
      this.seen.add(there.key);
      const here = local.get(there.key);
      if (here === undefined || here.isRefused) {
        unexpected.push(there.key);
        continue;
      }
      const difference = compareRecord(there, here);
      if (difference === 'same') {
        // Without its numbers nobody can say that a vector unknown to the ledger is the right one.
        if (this.#withVectors && !here.isKnown) same.push(here.version);
      } else {
        differing.push(there.key);
        (difference === 'metadata' ? this.#metadata : this.#vector).add([there.key]);
      }
      if (this.#pacer.isDue) await this.#pacer.breathe();
    }
    this.#unexpected.add(unexpected);
    ledger.acknowledge(this.#index, same);
    ledger.noteChanged(this.#index, differing);
    ledger.noteUnexpected(this.#index, unexpected);
  }

  report() {
    return {
      listed: this.seen.size,
      unexpected: this.#unexpected.json(),
      different: { metadata: this.#metadata.json(), vector: this.#vector.json() },
    };
  }
}
