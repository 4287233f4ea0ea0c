import { clipboard, ClipboardItem, nativeImage, shell } from 'electron';
import { z } from 'zod';
import type { App } from '../core/app.ts';
import { describeError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { CHANNELS } from './channels.ts';
import { appIcon } from './main-window.ts';
import { itemIdSchema, type TrustedIpc } from './trusted-ipc.ts';

/** Longest side on the clipboard: more than a screen shows, less than a clipboard chokes on. */
const COPIED_WIDTH = 4096;
const DRAG_ICON_WIDTH = 64;

/** Shows, copies and drags out pictures; the page names items, the core knows where they lie. */
export function offerItemPictures(ipc: TrustedIpc, { core, log }: { core: App; log: Log }): void {
  ipc.handle(CHANNELS.revealItem, itemIdSchema, (itemId) => revealItem(core, itemId));
  ipc.handle(CHANNELS.copyPicture, itemIdSchema, (itemId) => copyPicture(core, itemId));
  ipc.handle(CHANNELS.revealDataFolder, z.undefined(), async () => {
    const problem = await shell.openPath(core.info.dataDir);
    if (problem !== '') throw new Error(problem);
  });
  ipc.on(CHANNELS.startDrag, itemIdSchema, (itemId, contents) => {
    startDrag(core, itemId)
      .then((item) => {
        if (item !== null && !contents.isDestroyed()) contents.startDrag(item);
      })
      .catch((error: unknown) =>
        log('warn', 'A picture could not be dragged out', { error: describeError(error) }),
      );
  });
}

/** Opens the file manager with the item's picture selected. */
export async function revealItem(core: App, itemId: number): Promise<void> {
  shell.showItemInFolder(await findFile(core, itemId));
}

/** Puts the item's picture on the clipboard, as PNG whatever it is on disk. */
export async function copyPicture(core: App, itemId: number): Promise<void> {
  const png = await core.pictures.png(itemId, COPIED_WIDTH);
  if (png === null) throw new Error('This item has no picture that can be copied.');
  const blob = new Blob([new Uint8Array(png)], { type: 'image/png' });
  await clipboard.write([new ClipboardItem({ 'image/png': blob })]);
}

async function startDrag(core: App, itemId: number): Promise<Electron.Item | null> {
  const file = await core.pictures.locate(itemId);
  if (file === null) return null;
  const png = await core.pictures.png(itemId, DRAG_ICON_WIDTH);
  // macOS does not drag without an icon.
  const icon = png === null ? appIcon() : nativeImage.createFromBuffer(Buffer.from(png));
  return { file, icon };
}

async function findFile(core: App, itemId: number): Promise<string> {
  const file = await core.pictures.locate(itemId);
  if (file === null) throw new Error('This item has no picture that can be shown.');
  return file;
}
