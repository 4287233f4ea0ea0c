import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';
import type { Db } from '../../db/database.ts';
import { floatsOf } from '../../vectors/embedding-repository.ts';
import type { LinkedIndex } from '../link-repository.ts';
import { metadataFault, type PublishedMetadata } from '../metadata/published-metadata.ts';
import { PutBody } from './put-body.ts';
import type { RecordVersion } from './record-version.ts';

export interface RefusedRecord extends RecordVersion {
  readonly reason: string;
}

/** One request's worth of what an index lacks. */
export interface Batch {
  readonly records: readonly RecordVersion[];
  /** The body of PutVectors; null without records. */
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** What must never leave this computer. */
  readonly refused: readonly RefusedRecord[];
  /** The last item looked at; null when there are no more. */
  readonly last: number | null;
}

/** Refused records of one batch: with more, what was looked at would be forgotten too late. */
const MAX_REFUSED = 500;

/** Collects one request. */
export class BatchWriter {
  readonly #index: LinkedIndex;
  readonly #vector;
  readonly #body: PutBody;
  readonly #records: RecordVersion[] = [];
  readonly #refused: RefusedRecord[] = [];

  constructor(db: Db, index: LinkedIndex) {
    this.#index = index;
    this.#body = new PutBody(index);
    this.#vector = db
      .prepare<[number, number], Buffer>(
        'SELECT vector FROM embedding WHERE item_id = ? AND model_ref = ?',
      )
      .pluck();
  }

  isFull(maxVectors: number): boolean {
    return (
      this.#records.length >= Math.min(maxVectors, S3_VECTORS_LIMITS.vectorsPerPut) ||
      this.#refused.length >= MAX_REFUSED
    );
  }

  /** Returns false when the request has no room for it. */
  add(version: RecordVersion, metadata: PublishedMetadata): boolean {
    const { dimension, ref } = this.#index.model;
    const bytes = this.#vector.get(version.itemId, ref);
    if (bytes === undefined) return true; // gone since the page was read
    const numbers = floatsOf(bytes);
    const fault = metadataFault(version.key, metadata) ?? vectorFault(numbers, dimension);
    if (fault !== null) {
      this.#refused.push({ ...version, reason: `Not sent: ${fault}.` });
      return true;
    }
    if (!this.#body.add({ key: version.key, numbers, metadata: metadata.json })) return false;
    this.#records.push(version);
    return true;
  }

  take(last: number | null): Batch {
    const body = this.#records.length === 0 ? null : this.#body.take();
    return { records: this.#records, refused: this.#refused, body, last };
  }
}

function vectorFault(numbers: Float32Array, dimension: number): string | null {
  if (numbers.length !== dimension) {
    return `its vector has ${numbers.length} numbers, the index takes ${dimension}`;
  }
  let square = 0;
  for (const value of numbers) square += value * value;
  if (!Number.isFinite(square)) return 'its vector holds a number that is not finite';
  return square === 0 ? 'its vector is zero and has no direction' : null;
}
