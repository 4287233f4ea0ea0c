import { readFailure } from '../api/errors.ts';

/** More than can be undone at once. */
const MOST = 101;

interface HandedOver {
  readonly file: File;
  /** Where this page can load it from. */
  readonly url: string;
}

/**
 * The pictures handed over in this window by their ids, the last one used at the end. The core
 * keeps fewer of them, and none over a restart; here they only point to the files.
 */
const held = new Map<string, HandedOver>();

/** Keeps a file that was handed over; returns the address it can be shown from. */
export function holdFile(pictureId: string, file: File): string {
  const known = held.get(pictureId) ?? { file, url: URL.createObjectURL(file) };
  held.delete(pictureId);
  held.set(pictureId, known);
  const [oldest] = held;
  if (held.size > MOST && oldest !== undefined) {
    held.delete(oldest[0]);
    URL.revokeObjectURL(oldest[1].url);
  }
  return known.url;
}

/** The file behind a picture that was handed over; undefined when it was long ago. */
export function heldFile(pictureId: string): File | undefined {
  return held.get(pictureId)?.file;
}

/** Asks, and once more after handing its picture over again when the core does not have it any more. */
export async function handingOver<T>(
  ask: () => Promise<T>,
  handOver: (() => Promise<unknown>) | undefined,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (handOver === undefined || readFailure(error).code !== 'QUERY_INCOMPLETE') throw error;
    await handOver();
    return ask();
  }
}
