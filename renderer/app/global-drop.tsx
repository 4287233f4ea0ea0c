import { Modal, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { isTextField } from '../commands/keys.ts';
import { droppedItem, isItemDrag } from '../grid/item-drag.ts';
import { askWithFile, askWithWords } from '../search/query-store.ts';
import dialog from './dialog.module.css';
import { isFolder } from './drop-walk.ts';
import { formatCount } from './format.ts';
import styles from './global-drop.module.css';
import { useLive } from './live.ts';
import { notifyDone } from './notify.ts';
import { stopCopying, takeDroppedFolder, useCopying } from './take-folder.ts';

/** Browsers repeat dragover at least every 350 ms (HTML, drag-and-drop processing model). */
const SILENCE_MS = 600;

/** Takes what is dropped or pasted anywhere: a folder becomes a catalog, a picture a query. */
export function GlobalDrop() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [over, setOver] = useState(false);
  const copying = useCopying((state) => state.copying);
  const empty = useCopying((state) => state.empty);

  useEffect(() => {
    let still: ReturnType<typeof setTimeout> | undefined;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      if (isItemDrag(event.dataTransfer)) return;
      setOver(true);
      // A drag over the window goes on telling so; when it falls silent it has left or was given up.
      clearTimeout(still);
      still = setTimeout(() => setOver(false), SILENCE_MS);
    };
    const onDrop = (event: DragEvent) => {
      clearTimeout(still);
      setOver(false);
      if (event.defaultPrevented || !hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      // One of our own that was let go where nothing takes it.
      if (droppedItem(event.dataTransfer) === null) void take(event.dataTransfer);
    };
    const onPaste = (event: ClipboardEvent) => {
      const { clipboardData: data, target } = event;
      const picture = firstPicture(data?.files);
      const text = data?.getData('text/plain').trim() ?? '';
      // Spreadsheets put a picture of the cells beside their text.
      if (isTextField(target) && (picture === undefined || text !== '')) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      if (picture === undefined && text === '') return;
      event.preventDefault();
      if (picture) ask(picture);
      else if (useLive.getState().catalogs?.length !== 0) {
        navigate('/search');
        askWithWords(text.replaceAll(/\s+/g, ' ').slice(0, 10_000));
      }
    };
    const ask = (picture: File) => {
      const { catalogs } = useLive.getState();
      if (catalogs?.length === 0) {
        notifyDone(t('drop.needsCatalog'));
        return;
      }
      navigate('/search');
      void askWithFile(picture);
    };
    const take = async (data: DataTransfer) => {
      // Both must be read before the first await: the list is empty afterwards.
      const entry = data.items[0]?.webkitGetAsEntry() ?? null;
      const file = data.files[0] ?? null;
      if (entry !== null && isFolder(entry)) {
        if (await takeDroppedFolder(entry, file)) navigate('/search');
        return;
      }
      const picture = firstPicture(data.files);
      if (picture) ask(picture);
      else notifyDone(t('drop.neither'));
    };
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener('dragenter', onOver, { signal });
    window.addEventListener('dragover', onOver, { signal });
    window.addEventListener('drop', onDrop, { signal });
    window.addEventListener('paste', onPaste, { signal });
    return () => listening.abort();
  }, [navigate, t]);

  useEffect(() => {
    if (empty !== null) notifyDone(t('drop.empty', { name: empty }));
  }, [empty, t]);

  return (
    <>
      {over && (
        <div className={styles.overlay} aria-hidden>
          <div className={styles.card}>
            <strong>{t('drop.title')}</strong>
            <span>{t('drop.help')}</span>
          </div>
        </div>
      )}
      <Modal
        opened={copying !== null}
        onClose={stopCopying}
        withCloseButton={false}
        closeOnClickOutside={false}
        title={copying === null ? '' : t('drop.copying', { name: copying.name })}
      >
        {copying !== null && (
          <>
            <output className={dialog.text}>
              {copying.total === null
                ? t('drop.walking')
                : t('drop.progress', {
                    done: formatCount(copying.done),
                    total: formatCount(copying.total),
                  })}
            </output>
            <Progress
              color="var(--ink)"
              value={copying.total === null ? 0 : (copying.done / copying.total) * 100}
              aria-label={t('drop.copying', { name: copying.name })}
            />
            <div className={dialog.actions}>
              <button type="button" className="button" onClick={stopCopying}>
                {t('common.cancel')}
              </button>
            </div>
          </>
        )}
      </Modal>
    </>
  );
}

function firstPicture(files: FileList | undefined): File | undefined {
  return [...(files ?? [])].find((file) => file.type.startsWith('image/'));
}
