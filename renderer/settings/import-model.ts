import { notifications } from '@mantine/notifications';
import { t } from 'i18next';
import { client } from '../api/client.ts';
import { formatBytes } from '../app/format.ts';
import { notifyDone, notifyFailure } from '../app/notify.ts';

/** Small enough to travel beside everything else, large enough that 343 MB take a minute at most. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** Hands a model file over piece by piece and says what came of it. `id`: which model it is to be. */
export async function importModel(file: File, id?: string): Promise<void> {
  const { name, size: sizeBytes } = file;
  const notice = notifications.show({
    title: t('models.importing', { name }),
    message: '',
    loading: true,
    autoClose: false,
    withCloseButton: false,
  });
  try {
    const { importId } = await client.modelImport.begin({ name, sizeBytes });
    try {
      for (let at = 0; at < sizeBytes; at += PIECE_BYTES) {
        const piece = new File([file.slice(at, at + PIECE_BYTES)], name);
        await client.modelImport.put({ importId, piece });
        const done = Math.min(sizeBytes, at + PIECE_BYTES);
        notifications.update({
          id: notice,
          message: t('models.ofTotal', { done: formatBytes(done), total: formatBytes(sizeBytes) }),
        });
      }
      for (const model of await client.modelImport.finish({ importId, id })) {
        const key = model.state === 'ready' ? 'models.imported' : 'models.partlyImported';
        notifyDone(t(key, { title: model.title }));
      }
    } catch (error) {
      await client.modelImport.abandon({ importId }).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    notifyFailure(error);
  } finally {
    notifications.hide(notice);
  }
}
