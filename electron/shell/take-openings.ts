import type { App } from '../core/app.ts';
import { describeError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { ChosenFolders } from './chosen-folders.ts';
import type { MainWindow } from './main-window.ts';
import type { Opening, Openings } from './openings.ts';

/** Adds the folders that the system asks us to open, and hands links to the window. */
export function takeOpenings(
  openings: Openings,
  { core, window, chosen, log }: { core: App; window: MainWindow; chosen: ChosenFolders; log: Log },
): (folder: string) => Promise<void> {
  async function openFolder(folder: string): Promise<void> {
    chosen.add(folder);
    window.send({ type: 'catalog', catalogId: await core.catalogs.add(folder) });
  }

  function take(opening: Opening): void {
    window.show();
    if (opening.kind === 'search') window.send({ type: 'search', words: opening.words });
    if (opening.kind !== 'folder') return;
    openFolder(opening.path).catch((error: unknown) =>
      log('error', 'A folder could not be opened', { error: describeError(error) }),
    );
  }
  openings.deliver(take);
  return openFolder;
}
