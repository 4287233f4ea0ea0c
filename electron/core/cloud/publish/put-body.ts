import type { IndexPlace } from '../../../../shared/contract/cloud/indexes.ts';
import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';
import { MAX_FLOAT_LENGTH, writeFloat } from './write-float.ts';

const COMMA = 44;
const END = ']}';
const FIRST_SIZE = 1024 * 1024;

/**
 * Writes the JSON body of one PutVectors request, number by number into bytes: the text of 500
 * vectors of 768 numbers is 4 MB, which `JSON.stringify` would make from as many objects.
 */
export class PutBody {
  readonly #start: number;
  #bytes = Buffer.allocUnsafe(FIRST_SIZE);
  #length: number;
  #count = 0;

  constructor({ bucket, name }: IndexPlace) {
    const place = JSON.stringify({ vectorBucketName: bucket, indexName: name });
    this.#length = 0;
    this.#text(`${place.slice(0, -1)},"vectors":[`);
    this.#start = this.#length;
  }

  get count(): number {
    return this.#count;
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
    const bytes = this.#bytes;
    let at = this.#length;
    for (let index = 0; index < numbers.length; index++) {
      if (index > 0) bytes[at++] = COMMA;
      at = writeFloat(bytes, at, numbers[index]!);
    }
    this.#length = at;
    this.#text(metadata === '{}' ? ']}}' : `]},"metadata":${metadata}}`);
    if (this.#length + END.length > maxBytes) {
      this.#length = before;
      return false;
    }
    this.#count += 1;
    return true;
  }

  /** The body so far, as bytes of its own; the next `add` begins a new one. */
  take(): Uint8Array<ArrayBuffer> {
    this.#text(END);
    const body = new Uint8Array(this.#length);
    body.set(this.#bytes.subarray(0, this.#length));
    this.#length = this.#start;
    this.#count = 0;
    return body;
  }

  #text(text: string): void {
    // A UTF-16 unit never takes more than three bytes of UTF-8.
    this.#reserve(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + more));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
