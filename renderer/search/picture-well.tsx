import { Loader } from '@mantine/core';
import { IconCrop, IconPhotoPlus, IconX } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { itemTileSchema } from '../../shared/contract/catalog.ts';
import { ITEM_DRAG_TYPE } from '../grid/item-actions.ts';
import { CropDialog } from './crop-dialog.tsx';
import { CroppedPicture } from './cropped-picture.tsx';
import { askWithFile, askWithItem, clearPicture, setCrop, useQueryState } from './query-store.ts';
import styles from './picture-well.module.css';

const ACCEPTED = 'image/jpeg,image/png,image/webp,image/avif,image/tiff,image/gif';

/** The picture asked with: drop, paste or pick one; crop it; clear it. */
export function PictureWell({ dimmed }: { readonly dimmed: boolean }) {
  const { t } = useTranslation();
  const picture = useQueryState((state) => state.picture);
  const taking = useQueryState((state) => state.taking);
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [cropping, setCropping] = useState(false);

  const onDrop = (event: DragEvent) => {
    setOver(false);
    const item = event.dataTransfer.getData(ITEM_DRAG_TYPE);
    if (item === '') return;
    event.preventDefault();
    askWithItem(itemTileSchema.parse(JSON.parse(item)));
  };

  return (
    <div
      className={styles.well}
      data-over={over || undefined}
      data-full={picture !== null || undefined}
    >
      <button
        type="button"
        className={styles.pick}
        data-dimmed={dimmed || undefined}
        aria-label={t(picture === null ? 'search.pick' : 'search.pickAnother')}
        title={t(picture === null ? 'search.pickHint' : 'search.pickAnother')}
        onClick={() => chooser.current?.click()}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes(ITEM_DRAG_TYPE)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        {taking ? (
          <Loader size={22} color="var(--secondary)" />
        ) : picture === null ? (
          <>
            <IconPhotoPlus size={24} stroke={1.5} aria-hidden />
            <span>{t('search.pictureEmpty')}</span>
          </>
        ) : (
          <CroppedPicture picture={picture} />
        )}
      </button>
      <input
        ref={chooser}
        type="file"
        accept={ACCEPTED}
        hidden
        aria-label={t('search.pick')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void askWithFile(file);
        }}
      />
      {picture !== null && !taking && (
        <>
          <button
            type="button"
            className={styles.clear}
            aria-label={t('search.clearPicture')}
            title={t('search.clearPicture')}
            onClick={clearPicture}
          >
            <IconX size={13} stroke={2.4} aria-hidden />
          </button>
          <button
            type="button"
            className={styles.crop}
            aria-label={t('search.cropPicture')}
            title={t('search.cropPicture')}
            onClick={() => setCropping(true)}
          >
            <IconCrop size={13} stroke={2.2} aria-hidden />
          </button>
        </>
      )}
      {cropping && picture !== null && (
        <CropDialog picture={picture} onClose={() => setCropping(false)} onCrop={setCrop} />
      )}
    </div>
  );
}
