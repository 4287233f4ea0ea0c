import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type { EmbedOutcome, Refused } from '../embedding/embedder.ts';
import { VitrineError } from '../errors.ts';
import { LruMap } from '../lru-map.ts';

/** Vectors of queries kept: 512 of 768 numbers are 1.5 MB. */
const VECTORS = 512;

/** Remembers the vectors of queries, so that typing on or moving a slider embeds nothing twice. */
export class VectorMemory {
  readonly #vectors = new LruMap<string, Promise<Float32Array>>({ entries: VECTORS });

  /**
   * The vector known by `key`, or what `embed` makes. Takes no AbortSignal: another query may be
   * waiting for the same vector, and what is made is not lost when the user goes back.
   *
   * @throws VitrineError PICTURE_* or INVALID_INPUT when the input is refused, and what `embed` throws.
   */
  recall(key: string, embed: () => Promise<EmbedOutcome[]>): Promise<Float32Array> {
    const known = this.#vectors.get(key);
    if (known !== undefined) return known;
    const vector = firstVector(embed);
    this.#vectors.set(key, vector);
    vector.catch(() => this.#vectors.delete(key));
    return vector;
  }
}

/** The error a user sees for a query that cannot be embedded. */
export function refusalError({ kind, reason, action }: Refused): VitrineError {
  return new VitrineError(CODES[kind] ?? 'PICTURE_UNREADABLE', reason, { action });
}

const CODES: Partial<Record<Refused['kind'], ErrorCode>> = {
  'picture-too-large': 'PICTURE_TOO_LARGE',
  'picture-unsupported': 'PICTURE_UNSUPPORTED',
  'name-unreadable': 'INVALID_INPUT',
};

async function firstVector(embed: () => Promise<EmbedOutcome[]>): Promise<Float32Array> {
  const [outcome] = await embed();
  if (outcome?.status === 'embedded') return outcome.vector;
  if (outcome?.status === 'refused') throw refusalError(outcome);
  throw new Error(`The embedder answered a query with ${outcome?.status ?? 'nothing'}`);
}
