import { t } from 'i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { copyPicture } from '../api/copy-picture.ts';
import { notifyDone, notifyFailure, notifyRefusal } from './notify.ts';

/** Puts a text on the clipboard and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notifyDone(t('common.copied', { text }));
  } catch (error) {
    notifyFailure(error);
  }
}

/** Puts an item's picture on the clipboard and says so. */
export async function copyItemPicture(item: ItemTile): Promise<void> {
  const name = item.name || item.key;
  try {
    await copyPicture(item);
    notifyDone(t('common.copiedPicture', { name }));
  } catch {
    notifyRefusal(t('common.notCopied', { name }), t('common.notCopiedHelp'));
  }
}
