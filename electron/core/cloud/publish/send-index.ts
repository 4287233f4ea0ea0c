import { setTimeout as delay } from 'node:timers/promises';
import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';
import { CloudError } from '../../aws/cloud-error.ts';
import type { S3Vectors } from '../../aws/s3-vectors.ts';
import type { LinkedIndex } from '../link-repository.ts';
import type { Ledger } from './ledger.ts';
import { WriteRate } from './write-rate.ts';
import type { PublishRun } from './publish-run.ts';
import { settleDoubts } from './settle-doubts.ts';
import type { PublishThread } from './publish-thread.ts';
import type { Batch, RefusedRecord } from './batch-writer.ts';
import type { RecordSource } from './record-source.ts';
import type { RecordVersion } from './record-version.ts';
import { SendWindow } from './send-window.ts';

export interface SendIndexOptions {
  readonly index: LinkedIndex;
  readonly api: S3Vectors;
  readonly thread: PublishThread;
  readonly source: RecordSource;
  readonly ledger: Ledger;
  readonly run: PublishRun;
  /** No new request begins once it fires; those under way are waited for. */
  readonly signal: AbortSignal;
  /** Whether the user still wants it; asked before each request. */
  readonly isWanted: () => boolean;
  /** How many of its vectors may be deleted; asked when all else is sent. */
  readonly mayDelete: () => Promise<number>;
  readonly rate?: WriteRate;
}

/** How often one request is tried before the whole index waits for better times. */
const MOST_TRIES = 10;
/** A network that is gone is gone for all: the job waits, and shows why. */
const OFFLINE_TRIES = 3;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 20_000;
/** What is under way when the application ends gets so long to be answered. */
const GRACE_MS = 5_000;
/** So many refusals before a first success are no fault of single records. */
const SUSPICIOUS = 25;

/**
 * Makes one index equal to its catalog, as the ledger knows it: sends what is new or changed, then
 * deletes what is gone or was refused in its version of now, as far as it may. Every acknowledged
 * request is in the ledger before the next one counts on it, so that it may end at any moment and go on
 * later.
 *
 * @throws CloudError when it cannot go on now; what was done stays done.
 */
export async function sendIndex(options: SendIndexOptions): Promise<void> {
  const sender = new IndexSender(options);
  await settleDoubts(options);
  await sender.sendChanges();
  await sender.deleteGone();
}

class IndexSender {
  readonly #options: SendIndexOptions;
  readonly #rate: WriteRate;
  readonly #window = new SendWindow();
  readonly #hardStop = new AbortController();
  #acknowledged = 0;
  #refused = 0;

  constructor(options: SendIndexOptions) {
    this.#options = options;
    this.#rate = options.rate ?? new WriteRate();
  }

  async sendChanges(): Promise<void> {
    const { thread, index } = this.#options;
    const underWay = new Set<Promise<void>>();
    const failures: unknown[] = [];
    const start = (batch: Batch) => {
      const delivery = this.#deliver(batch)
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => underWay.delete(delivery));
      underWay.add(delivery);
    };
    for (let after: number | null = 0; after !== null && failures.length === 0;) {
      if (!this.#mayGoOn()) break;
      // Written while the requests before it are under way.
      const batch: Batch = await thread.next(index, { after, maxVectors: this.#window.vectors });
      after = batch.last;
      if (batch.refused.length > 0) this.#quarantine(batch.refused);
      while (underWay.size >= this.#window.requests) await Promise.race(underWay);
      if (batch.body !== null && failures.length === 0 && this.#mayGoOn()) start(batch);
    }
    await this.#settle(underWay);
    if (failures.length > 0) throw failures[0];
  }

  async deleteGone(): Promise<void> {
    const { thread, index, ledger, run, mayDelete } = this.#options;
    const limit = S3_VECTORS_LIMITS.vectorsPerDelete;
    let left = await mayDelete();
    for (let after = ''; this.#mayGoOn();) {
      const keys = await thread.gone(index, { after, limit });
      if (keys.length === 0) return;
      after = keys.at(-1)!;
      const held = ledger.held(index, keys);
      const leaving = held.slice(0, left);
      left -= leaving.length;
      const startedAt = performance.now();
      if (leaving.length > 0 && !(await this.#delete(leaving))) return;
      ledger.noteDeleted(index, leaving);
      const there = new Set(held);
      ledger.forget(
        index,
        keys.filter((key) => !there.has(key)),
      );
      run.noteDeleted(index.modality, leaving.length, performance.now() - startedAt);
    }
  }

  #mayGoOn(): boolean {
    return !this.#options.signal.aborted && this.#options.isWanted();
  }

  /** Waits for the answers under way; when the application ends, not for ever. */
  async #settle(underWay: ReadonlySet<Promise<void>>): Promise<void> {
    const { signal } = this.#options;
    const stop = () => setTimeout(() => this.#hardStop.abort(), GRACE_MS).unref();
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    await Promise.all(underWay);
    signal.removeEventListener('abort', stop);
  }

  /** Sends one batch until it is acknowledged, split and quarantined as need be. */
  async #deliver({ records, body, sha256 }: Batch): Promise<void> {
    if (body === null) return;
    const { api, index, ledger, run } = this.#options;
    const doubt = ledger.beginDoubt(index, records);
    const outcome = await this.#try(records.length, body.byteLength, async () => {
      const startedAt = performance.now();
      await api.putVectors(body, { sha256, signal: this.#hardStop.signal });
      const ms = performance.now() - startedAt;
      this.#acknowledged += records.length;
      this.#window.noteSuccess(records.length, ms);
      ledger.acknowledge(index, records, doubt);
      run.noteSent(index.modality, records.length, ms);
    });
    if (outcome !== 'done') ledger.settleDoubt(doubt);
    if (outcome === 'too-large') await this.#deliverHalves(records);
    else if (outcome instanceof CloudError) await this.#isolate(records, outcome);
  }

  async #deliverHalves(records: readonly RecordVersion[]): Promise<void> {
    const middle = Math.ceil(records.length / 2);
    for (const half of [records.slice(0, middle), records.slice(middle)]) {
      await this.#deliverAgain(half);
    }
  }

  async #deliverAgain(records: readonly RecordVersion[]): Promise<void> {
    if (records.length === 0 || !this.#mayGoOn()) return;
    const { thread, index } = this.#options;
    await this.#deliver(
      await thread.of(
        index,
        records.map(({ itemId }) => itemId),
      ),
    );
  }

  /** One bad record has the service refuse the whole request: finds it, and lets the rest go on. */
  async #isolate(records: readonly RecordVersion[], error: CloudError): Promise<void> {
    const named = records
      .filter(({ key }) => error.message.includes(`'${key}'`))
      .toSorted((a, b) => b.key.length - a.key.length)[0];
    const culprit = named ?? (records.length === 1 ? records[0] : undefined);
    if (culprit === undefined) {
      await this.#deliverHalves(records);
      return;
    }
    this.#refused += 1;
    if (this.#acknowledged === 0 && this.#refused >= SUSPICIOUS) {
      throw new CloudError('blocked', 'CLOUD_REJECTED', {
        message: `${this.#options.index.name} refuses every vector: ${error.message}`,
        action: 'Check that the index fits the model and the columns, then publish again.',
      });
    }
    this.#quarantine([{ ...culprit, reason: error.message }]);
    await this.#deliverAgain(records.filter((record) => record !== culprit));
  }

  /** An older version that the index holds would be found, and be wrong: it goes in `deleteGone`. */
  #quarantine(records: readonly RefusedRecord[]): void {
    const { ledger, index, run } = this.#options;
    ledger.quarantine(index, records);
    run.noteQuarantined(index.modality, records.length);
  }

  /** Returns whether the keys are gone; false when it was stopped before. */
  async #delete(keys: readonly string[]): Promise<boolean> {
    const { api, index } = this.#options;
    const outcome = await this.#try(keys.length, JSON.stringify(keys).length, () =>
      api.deleteVectors(index, keys, { signal: this.#hardStop.signal }),
    );
    if (outcome instanceof CloudError) throw outcome;
    if (outcome !== 'too-large') return outcome === 'done';
    const middle = Math.ceil(keys.length / 2);
    return (await this.#delete(keys.slice(0, middle))) && (await this.#delete(keys.slice(middle)));
  }

  /**
   * Sends a request within the limits, again and again while that may help.
   *
   * @returns the error when the service refuses the content itself
   * @throws CloudError when it must wait for better times or for the user
   */
  async #try(
    vectors: number,
    bytes: number,
    send: () => Promise<void>,
  ): Promise<'done' | 'stopped' | 'too-large' | CloudError> {
    const { run, signal } = this.#options;
    for (let tries = 1; ; tries++) {
      const answered = await this.#rate.admit(vectors, signal);
      if (answered === null || !this.#mayGoOn()) return 'stopped';
      run.noteRequest(bytes, { isRetry: tries > 1 });
      try {
        await send();
        return 'done';
      } catch (error) {
        if (!(error instanceof CloudError)) {
          if (signal.aborted) return 'stopped';
          throw error;
        }
        const { failure } = error;
        if (failure === 'rejected') return error;
        if (failure === 'blocked') throw error;
        if (failure === 'throttled') this.#window.noteThrottled();
        if (failure === 'overloaded') this.#window.noteOverloaded();
        if (tries >= (failure === 'offline' ? OFFLINE_TRIES : MOST_TRIES)) throw error;
        await this.#wait(tries);
        // A batch above what the service can take now will not pass by waiting alone.
        if (failure === 'overloaded' && tries >= 2 && vectors > this.#window.vectors) {
          return 'too-large';
        }
      } finally {
        answered();
      }
    }
  }

  /** Exponential backoff with full jitter, so that two indexes do not knock at the same moments. */
  async #wait(tries: number): Promise<void> {
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
    const ms = longest * (0.5 + Math.random() / 2);
    await delay(ms, undefined, { signal: this.#options.signal }).catch(() => undefined);
  }
}
