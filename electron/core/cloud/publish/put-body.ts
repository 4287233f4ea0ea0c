import type { IndexPlace } from '../../../../shared/contract/cloud/indexes.ts';
import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';
import { MAX_FLOAT_LENGTH, writeFloats } from './write-float.ts';

const END = ']}';
const FIRST_BYTES = 64 * 1024;
/** A number of a unit vector takes 12.3 bytes with its comma. */
const BYTES_A_NUMBER = 13;
/** Key and metadata, generously: what is not written to takes no memory. */
const BYTES_A_RECORD = 1024;

/**
 * Writes the JSON body of one PutVectors request, number by number into bytes: the text of 500
 * vectors of 768 numbers is 5 MB, which `JSON.stringify` would make from as many objects.
 */
export class PutBody {
  #bytes: Buffer<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;
  #length = 0;
  #count = 0;

  /** @param expected what to have room for from the start; it grows beyond that */
  constructor(
    { bucket, name }: IndexPlace,
    { vectors, dimension }: { vectors: number; dimension: number } = { vectors: 0, dimension: 0 },
  ) {
    const bytes = vectors * (dimension * BYTES_A_NUMBER + BYTES_A_RECORD);
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, bytes));
    this.#view = new DataView(this.#bytes.buffer);
    const place = JSON.stringify({ vectorBucketName: bucket, indexName: name });
    this.#text(`${place.slice(0, -1)},"vectors":[`);
  }

  /**
   * Adds a vector, unless the request would grow beyond `maxBytes`.
   *
   * @param metadata a JSON object
   * @returns whether it was added
   */
  add(
    vector: { key: string; numbers: Float32Array; metadata: string },
    maxBytes: number = S3_VECTORS_LIMITS.requestBytes,
  ): boolean {
    const { key, numbers, metadata } = vector;
    const before = this.#length;
    this.#text(`${this.#count === 0 ? '' : ','}{"key":${JSON.stringify(key)},"data":{"float32":[`);
    this.#reserve(numbers.length * (MAX_FLOAT_LENGTH + 1));
    this.#length = writeFloats(this.#view, this.#length, numbers);
    this.#text(metadata === '{}' ? ']}}' : `]},"metadata":${metadata}}`);
    if (this.#length + END.length > maxBytes) {
      this.#length = before;
      return false;
    }
    this.#count += 1;
    return true;
  }

  /** The whole body, in memory of its own that may be handed to another thread. Call it once. */
  take(): Uint8Array<ArrayBuffer> {
    this.#text(END);
    return new Uint8Array(this.#bytes.buffer, 0, this.#length);
  }

  #text(text: string): void {
    // A UTF-16 unit never takes more than three bytes of UTF-8.
    this.#reserve(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + more));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
