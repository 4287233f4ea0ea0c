import type { ListOptions } from '../../aws/vector-calls.ts';
import { together } from './together.ts';

/** Where a page begins, and what stops it. */
export type PageRequest = Required<Pick<ListOptions, 'segment' | 'nextToken' | 'signal'>>;

export interface ListSegmentsOptions {
  /** Parts of an index that are listed side by side. */
  readonly segments: number;
  readonly signal: AbortSignal | undefined;
  /** Lists one page and does with it what is to be done; gives the token of the next, null at the end. */
  readonly takePage: (request: PageRequest) => Promise<string | null>;
}

/** Lists an index to its end, in parallel segments; fails as `together` does. */
export async function listSegments(options: ListSegmentsOptions): Promise<void> {
  const { segments, signal, takePage } = options;
  const lists = Array.from({ length: segments }, (_, index) => async (either: AbortSignal) => {
    let nextToken: string | undefined;
    do {
      either.throwIfAborted();
      const segment = { index, count: segments };
      nextToken = (await takePage({ segment, nextToken, signal: either })) ?? undefined;
    } while (nextToken !== undefined);
  });
  await together(lists, signal);
}
