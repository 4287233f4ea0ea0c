import type { FaultName } from './faults.ts';

/** What an index was asked to write, and the most it took in any one second. */
export interface IndexCounters {
  /** PutVectors and DeleteVectors that took effect. */
  writeRequests: number;
  vectorsPut: number;
  vectorsDeleted: number;
  /** Answered TooManyRequestsException because the index was over its rate. */
  throttled: number;
  peakRequestsPerSecond: number;
  peakVectorsPerSecond: number;
}

/** Everything since the start; nothing of it is kept on disk. */
export interface CounterSnapshot {
  /** Requests by operation, whatever the answer. */
  readonly requests: Readonly<Record<string, number>>;
  /** Answers that were errors, by exception. */
  readonly errors: Readonly<Record<string, number>>;
  /** Faults played, by name. */
  readonly faults: Readonly<Partial<Record<FaultName, number>>>;
  /** By `bucket/index`. */
  readonly indexes: Readonly<Record<string, Readonly<IndexCounters>>>;
}

interface Write {
  readonly at: number;
  readonly vectors: number;
}

interface IndexRecord {
  readonly counters: IndexCounters;
  /** The writes of the last second. */
  recent: Write[];
  readonly putsByKey: Map<string, number>;
}

/** Counts what happens, so that a test can prove what a client did. */
export class Counters {
  readonly #requests: Record<string, number> = {};
  readonly #errors: Record<string, number> = {};
  readonly #faults: Partial<Record<FaultName, number>> = {};
  readonly #indexes = new Map<string, IndexRecord>();

  noteRequest(operation: string): void {
    this.#requests[operation] = (this.#requests[operation] ?? 0) + 1;
  }

  noteError(name: string): void {
    this.#errors[name] = (this.#errors[name] ?? 0) + 1;
  }

  noteFault(name: FaultName): void {
    this.#faults[name] = (this.#faults[name] ?? 0) + 1;
  }

  noteThrottled(index: string): void {
    this.#of(index).counters.throttled += 1;
  }

  notePut(index: string, keys: readonly string[], at: number): void {
    const { counters, putsByKey } = this.#of(index);
    counters.vectorsPut += keys.length;
    for (const key of keys) putsByKey.set(key, (putsByKey.get(key) ?? 0) + 1);
    this.#noteWrite(index, { at, vectors: keys.length });
  }

  noteDeleted(index: string, vectors: number, at: number): void {
    this.#of(index).counters.vectorsDeleted += vectors;
    this.#noteWrite(index, { at, vectors });
  }

  snapshot(): CounterSnapshot {
    return {
      requests: this.#requests,
      errors: this.#errors,
      faults: this.#faults,
      indexes: Object.fromEntries([...this.#indexes].map(([name, one]) => [name, one.counters])),
    };
  }

  /** How often each key of `bucket/index` was put. */
  putsByKey(index: string): Record<string, number> {
    return Object.fromEntries(this.#indexes.get(index)?.putsByKey ?? []);
  }

  #noteWrite(index: string, write: Write): void {
    const record = this.#of(index);
    const { counters } = record;
    record.recent = record.recent.filter(({ at }) => at > write.at - 1000);
    record.recent.push(write);
    const vectors = record.recent.reduce((sum, one) => sum + one.vectors, 0);
    counters.writeRequests += 1;
    counters.peakRequestsPerSecond = Math.max(counters.peakRequestsPerSecond, record.recent.length);
    counters.peakVectorsPerSecond = Math.max(counters.peakVectorsPerSecond, vectors);
  }

  #of(index: string): IndexRecord {
    let record = this.#indexes.get(index);
    if (record === undefined) {
      const counters = {
        writeRequests: 0,
        vectorsPut: 0,
        vectorsDeleted: 0,
        throttled: 0,
        peakRequestsPerSecond: 0,
        peakVectorsPerSecond: 0,
      };
      record = { counters, recent: [], putsByKey: new Map() };
      this.#indexes.set(index, record);
    }
    return record;
  }
}
