import { Loader } from '@mantine/core';
import { IconCrop, IconPhotoPlus, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CropDialog } from './crop-dialog.tsx';
import { CroppedPicture } from './cropped-picture.tsx';
import { askWithFile, clearPicture, setCrop, useQueryState } from './query-store.ts';
import styles from './picture-well.module.css';

const ACCEPTED = 'image/jpeg,image/png,image/webp,image/avif,image/tiff,image/gif';

interface PictureWellProps {
  /** The mode does not ask with it. */
  readonly dimmed: boolean;
  /** An item hovers over the query, to be dropped. */
  readonly over: boolean;
}

/** The picture asked with: drop, paste or pick one; crop it; clear it. */
export function PictureWell({ dimmed, over }: PictureWellProps) {
  const { t } = useTranslation();
  const picture = useQueryState((state) => state.picture);
  const taking = useQueryState((state) => state.taking);
  const chooser = useRef<HTMLInputElement>(null);
  const [cropping, setCropping] = useState(false);

  return (
    <div
      className={styles.well}
      data-over={over || undefined}
      data-full={picture !== null || undefined}
    >
      <button
        id="query-picture"
        type="button"
        className={styles.pick}
        data-dimmed={dimmed || undefined}
        aria-label={t(picture === null ? 'search.pick' : 'search.pickAnother')}
        title={t(picture === null ? 'search.pickHint' : 'search.pickAnother')}
        onClick={() => chooser.current?.click()}
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
