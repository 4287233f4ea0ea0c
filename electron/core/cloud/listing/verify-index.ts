import type { IndexReport } from '../../../../shared/contract/cloud/verify.ts';
import type { S3Vectors } from '../../aws/s3-vectors.ts';
import { Pacer } from '../../pacer.ts';
import type { LinkedIndex } from '../link-repository.ts';
import type { Ledger } from '../publish/ledger.ts';
import type { PublishThread } from '../publish/publish-thread.ts';
import { KeyList } from './key-list.ts';
import type { ListingRun } from './listing-runs.ts';
import { listSegments } from './list-segments.ts';

export interface VerifyIndexOptions {
  readonly index: LinkedIndex;
  readonly api: S3Vectors;
  readonly thread: PublishThread;
  readonly ledger: Ledger;
  /** Compare the numbers too, which have to be fetched for it. */
  readonly vectors: boolean;
  readonly progress: ListingRun['progress'] | undefined;
  readonly signal: AbortSignal;
}

const PAGE = 500;
const SEGMENTS = 8;
/** A page with numbers is 3 MB of text: so many of each index wait for the thread that compares. */
const SEGMENTS_WITH_VECTORS = 4;
/** Rows of the ledger that are written in one transaction: 2 ms. */
const SLICE = 50;

/** Compares one index with the catalog and notes in the ledger what it finds. */
export class IndexVerification {
  readonly #options: VerifyIndexOptions;
  readonly #pacer: Pacer;
  readonly #seen = new Set<string>();
  readonly #missing = new KeyList();
  readonly #unexpected = new KeyList();
  readonly #metadata = new KeyList();
  readonly #vector = new KeyList();
  /** What is sent from now on, no page needs to show. */
  readonly #since = Date.now();
  /** One page after another: two segments' writes in a turn would be felt. */
  #written: Promise<void> = Promise.resolve();

  constructor(options: VerifyIndexOptions) {
    this.#options = options;
    this.#pacer = new Pacer(options.signal);
  }

  /** @throws VitrineError CANCELLED, CloudError */
  async run(): Promise<IndexReport> {
    const { index, api, thread, vectors, signal, progress } = this.#options;
    const { modality, name } = index;
    await listSegments({
      segments: vectors ? SEGMENTS_WITH_VECTORS : SEGMENTS,
      signal,
      takePage: async (request) => {
        const startedAt = performance.now();
        const wish = { withMetadata: true, withData: vectors, pageSize: PAGE };
        const body = await api.listPage(index, { ...wish, ...request });
        const page = await thread.compare(index, { body, withVectors: vectors });
        for (const key of page.keys) this.#seen.add(key);
        const { metadata, vector } = page.different;
        this.#unexpected.add(page.unexpected);
        this.#metadata.add(metadata);
        this.#vector.add(vector);
        this.#written = this.#written.then(async () => {
          const { ledger } = this.#options;
          const since = { since: this.#since };
          await this.#inSlices(page.unknown, (some) => ledger.acknowledge(index, some));
          await this.#inSlices([...metadata, ...vector], (some) =>
            ledger.noteChanged(index, some, since),
          );
          await this.#inSlices(page.unexpected, (some) => ledger.noteUnexpected(index, some));
        });
        await this.#written;
        progress?.note(modality, { listed: page.keys.length, ms: performance.now() - startedAt });
        return page.nextToken;
      },
    });
    progress?.end(modality);
    await this.#findMissing();
    return {
      modality,
      index: name,
      listed: this.#seen.size,
      missing: this.#missing.json(),
      unexpected: this.#unexpected.json(),
      different: { metadata: this.#metadata.json(), vector: this.#vector.json() },
    };
  }

  async #findMissing(): Promise<void> {
    const { index, thread, ledger } = this.#options;
    const since = { since: this.#since };
    for (let after = ''; ;) {
      const keys = await thread.keys(index, { after, limit: PAGE });
      const unseen = keys.filter((key) => !this.#seen.has(key));
      const sent = new Set(ledger.sentSince(index, unseen, since));
      const absent = unseen.filter((key) => !sent.has(key));
      if (absent.length > 0) {
        this.#missing.add(await thread.wanted(index, absent));
        await this.#inSlices(absent, (some) => ledger.noteMissing(index, some, since));
      }
      if (keys.length < PAGE) return;
      after = keys.at(-1)!;
      this.#pacer.check();
    }
  }

  async #inSlices<T>(all: readonly T[], write: (some: readonly T[]) => void): Promise<void> {
    for (let from = 0; from < all.length; from += SLICE) {
      write(all.slice(from, from + SLICE));
      await this.#pacer.breathe();
    }
  }
}
