import { ListingProgress } from '../../../core/cloud/listing/listing-progress.ts';
import { VitrineError } from '../../../core/errors.ts';
import type { ListingRun } from '../../../core/cloud/listing/listing-runs.ts';
import { interruption } from '../../interruption.ts';
import { formatDuration } from '../../output.ts';
import { drawBar, showLine } from '../../terminal-line.ts';

const LABELS = { image: 'Pictures', text: 'Names' } as const;

/**
 * Reads indexes to their end, with a line that says how far in a terminal. Ctrl-C ends it between two
 * pages.
 *
 * @param goOn what to do after an interruption, one sentence
 * @throws VitrineError CANCELLED saying so
 */
export async function listWithLine<T>(
  list: (run: ListingRun) => Promise<T>,
  { goOn, ...options }: { goOn: string; json?: boolean | undefined },
): Promise<T> {
  const progress = new ListingProgress();
  const signal = interruption();
  const stopShowing = showLine(() => describeListing(progress), options);
  try {
    return await list({ progress, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new VitrineError('CANCELLED', 'Stopped.', { action: goOn });
  } finally {
    stopShowing();
  }
}

/** One line over both indexes, with a bar where it is known how many vectors there may be. */
export function describeListing(progress: ListingProgress): string {
  const sides = progress.sides();
  if (sides.length === 0) return 'Asking…';
  const eta = progress.etaSeconds();
  return [
    ...sides.map(({ modality, listed, about, ratePerSecond }) => {
      const count = listed.toLocaleString('en');
      const rate = ratePerSecond === null ? '' : ` at ${Math.round(ratePerSecond)}/s`;
      if (about === null) return `${LABELS[modality]} ${count} so far${rate}`;
      const bar = drawBar(about === 0 ? 1 : listed / about);
      return `${LABELS[modality]} ${bar} ${count} of about ${about.toLocaleString('en')}${rate}`;
    }),
    ...(eta === null ? [] : [`${formatDuration(eta)} left`]),
  ].join('   ');
}
