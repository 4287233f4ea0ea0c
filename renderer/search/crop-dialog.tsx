import 'react-image-crop/dist/ReactCrop.css';
import { Modal } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { type PercentCrop, ReactCrop } from 'react-image-crop';
import { useTranslation } from 'react-i18next';
import type { Crop } from '../../shared/contract/search.ts';
import dialog from '../app/dialog.module.css';
import styles from './crop-dialog.module.css';
import { fromPercent, toPercent } from './crop-fractions.ts';
import { pictureName, pictureUrl } from './cropped-picture.tsx';
import type { QueryPictureChoice } from './query-store.ts';

interface CropDialogProps {
  readonly picture: QueryPictureChoice;
  readonly onClose: () => void;
  readonly onCrop: (crop: Crop | null) => void;
}

/** Chooses the part of a picture to ask with: a collar, a sole, a pattern. */
export function CropDialog({ picture, onClose, onCrop }: CropDialogProps) {
  const { t } = useTranslation();
  const [crop, setCrop] = useState<PercentCrop | undefined>(
    picture.crop === null ? undefined : toPercent(picture.crop),
  );
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  const chosen = crop === undefined ? null : fromPercent(crop);
  const use = (next: Crop | null) => {
    onCrop(next);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="auto"
      title={t('crop.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className={`${dialog.text} ${styles.help}`}>
        {t(failed ? 'crop.failedHelp' : 'crop.help')}
      </p>
      {failed ? (
        <div className={styles.failed} role="alert">
          <IconPhotoOff size={32} stroke={1.4} aria-hidden />
          {t('crop.failed', { name: pictureName(picture) })}
        </div>
      ) : (
        <div className={styles.stage}>
          <ReactCrop
            {...(crop === undefined ? {} : { crop })}
            keepSelection
            minWidth={12}
            minHeight={12}
            ariaLabels={{
              cropArea: t('crop.area'),
              nwDragHandle: t('crop.corner'),
              nDragHandle: t('crop.edge'),
              neDragHandle: t('crop.corner'),
              eDragHandle: t('crop.edge'),
              seDragHandle: t('crop.corner'),
              sDragHandle: t('crop.edge'),
              swDragHandle: t('crop.corner'),
              wDragHandle: t('crop.edge'),
            }}
            onChange={(_, percent) => setCrop(percent)}
          >
            <img
              key={attempt}
              className={styles.picture}
              src={pictureUrl(picture, 640)}
              alt={pictureName(picture)}
              draggable={false}
              onLoad={() => setCrop((before) => before ?? START)}
              onError={() => setFailed(true)}
            />
          </ReactCrop>
        </div>
      )}
      <div className={dialog.actions}>
        {failed && (
          <button
            type="button"
            className="button"
            onClick={() => {
              setFailed(false);
              setAttempt(attempt + 1);
            }}
          >
            {t('common.tryAgain')}
          </button>
        )}
        <button type="button" className="button" onClick={() => use(null)}>
          {t('crop.whole')}
        </button>
        {!failed && (
          <button
            type="button"
            className="button"
            data-kind="primary"
            disabled={chosen === null}
            onClick={() => use(chosen)}
          >
            {t('crop.use')}
          </button>
        )}
      </div>
    </Modal>
  );
}

const START: PercentCrop = { unit: '%', x: 20, y: 20, width: 60, height: 60 };
