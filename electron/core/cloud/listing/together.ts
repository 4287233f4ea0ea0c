import { setImmediate } from 'node:timers/promises';
import { VitrineError } from '../../errors.ts';

/**
 * Does all works side by side; one that fails stops the others. All have ended when this settles: none
 * may write behind the back of whoever was told of a failure.
 *
 * @throws VitrineError CANCELLED when `signal` fires, and what the first to fail has thrown
 */
export async function together<T>(
  works: readonly ((signal: AbortSignal) => Promise<T>)[],
  signal: AbortSignal | undefined,
): Promise<T[]> {
  const failure = new AbortController();
  const either = AbortSignal.any([failure.signal, ...(signal === undefined ? [] : [signal])]);
  const results: T[] = [];
  const running: Promise<void>[] = [];
  for (const [at, work] of works.entries()) {
    running.push(
      work(either).then(
        (result) => {
          results[at] = result;
        },
        (error: unknown) => failure.abort(error),
      ),
    );
    // Each begins with a request, and signing one takes 2 ms of the main thread: not all in one turn.
    await setImmediate();
  }
  await Promise.all(running);
  if (signal?.aborted === true) throw new VitrineError('CANCELLED', 'It was cancelled.');
  failure.signal.throwIfAborted();
  return results;
}
