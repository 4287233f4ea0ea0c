import { t } from 'i18next';
import { notifyDone, notifyFailure } from './notify.ts';

/** Puts a text on the clipboard and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notifyDone(t('common.copied', { text }));
  } catch (error) {
    notifyFailure(error);
  }
}
