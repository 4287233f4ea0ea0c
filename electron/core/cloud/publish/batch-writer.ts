import { hash } from 'node:crypto';
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
  /** SHA-256 (hex) of the body, which its signature needs; empty without one. */
  readonly sha256: string;
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
  readonly #maxVectors: number;
  readonly #vector;
  readonly #body: PutBody;
  readonly #records: RecordVersion[] = [];
  readonly #refused: RefusedRecord[] = [];

  /** @param maxVectors how many records it takes, within the service's limit */
  constructor(db: Db, index: LinkedIndex, maxVectors: number) {
    this.#index = index;
    this.#maxVectors = Math.min(maxVectors, S3_VECTORS_LIMITS.vectorsPerPut);
    const { dimension } = index.model;
    this.#body = new PutBody(index, { vectors: this.#maxVectors, dimension });
    this.#vector = db
      .prepare<[number, number], Buffer>(
        'SELECT vector FROM embedding WHERE item_id = ? AND model_ref = ?',
      )
      .pluck();
  }

  isFull(): boolean {
    return this.#records.length >= this.#maxVectors || this.#refused.length >= MAX_REFUSED;
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
    const sha256 = body === null ? '' : hash('sha256', body, 'hex');
    return { records: this.#records, refused: this.#refused, body, sha256, last };
  }
}

function vectorFault(numbers: Float32Array, dimension: number): string | null {
  if (numbers.length !== dimension) {
    return `its vector has ${numbers.length} numbers, the index takes ${dimension}`;
  }
  let square = 0;
  // By place: walking with an iterator takes ten times as long.
  for (let at = 0; at < numbers.length; at += 1) square += numbers[at]! * numbers[at]!;
  if (!Number.isFinite(square)) return 'its vector holds a number that is not finite';
  return square === 0 ? 'its vector is zero and has no direction' : null;
}
