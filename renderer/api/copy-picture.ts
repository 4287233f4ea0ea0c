import type { ItemTile } from '../../shared/contract/catalog.ts';
import { desktopBridge } from './host.ts';
import { imageUrl } from './images.ts';

/** As large as pictures are made ready for the window. */
const WIDTH = 1280;

/**
 * Puts an item's picture on the clipboard: the shell its file, a page its largest thumbnail, since
 * browsers take nothing but PNG.
 */
export async function copyPicture(item: ItemTile): Promise<void> {
  const bridge = desktopBridge();
  if (bridge !== null) {
    await bridge.copyPicture(item.id);
    return;
  }
  // Safari wants the promise, made while the key or click still counts.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': toPng(item) })]);
}

async function toPng(item: ItemTile): Promise<Blob> {
  const answer = await fetch(imageUrl(item.id, { width: WIDTH, version: item.imageVersion }));
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  const bitmap = await createImageBitmap(await answer.blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/png' });
}
