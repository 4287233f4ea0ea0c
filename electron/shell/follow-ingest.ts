import type { App } from '../core/app.ts';
import { describeError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { summarizeIngest, UNKNOWN_ACTIVITY, type IngestActivity } from './ingest-activity.ts';

/** Tells each listener what ingest is doing, a few times a second while it changes. */
export function followIngest(
  core: App,
  {
    log,
    signal,
    listeners,
  }: {
    log: Log;
    signal: AbortSignal;
    listeners: readonly ((activity: IngestActivity) => void)[];
  },
): void {
  function tell(activity: IngestActivity): void {
    for (const listener of listeners) listener(activity);
  }
  async function follow(): Promise<void> {
    for await (const progress of core.watchProgress(signal)) tell(summarizeIngest(progress));
  }
  follow()
    .catch((error: unknown) =>
      log('error', 'The progress of ingest is not shown any more', { error: describeError(error) }),
    )
    // Nobody would end what a listener began, such as keeping the computer awake.
    .finally(() => tell(UNKNOWN_ACTIVITY));
}
