import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '../../shared/contract/models.ts';
import dialog from '../app/dialog.module.css';
import { formatClock, formatCount } from '../app/format.ts';

interface UseDialogProps {
  readonly model: ModelInfo;
  /** The model whose vectors answer queries now. */
  readonly serving: ModelInfo | undefined;
  readonly onUse: () => void;
  readonly onClose: () => void;
}

/** Says what switching to a model costs before it is done. */
export function UseDialog({ model, serving, onUse, onClose }: UseDialogProps) {
  const { t } = useTranslation();
  const { title, modality, toEmbed, toEmbedSeconds } = model;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('models.useTitle', { title })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className={dialog.text}>
        {t(`models.useText.${modality}`, { count: toEmbed, shown: formatCount(toEmbed) })}
        {toEmbedSeconds === null
          ? t('models.useUnknown')
          : t('models.useTime', { time: formatClock(toEmbedSeconds) })}
      </p>
      {serving !== undefined && (
        <p className={dialog.text}>{t('models.useKeeps', { title: serving.title })}</p>
      )}
      <div className={dialog.actions}>
        <button type="button" className="button" onClick={onClose}>
          {t('common.cancel')}
        </button>
        <button
          type="button"
          className="button"
          data-kind="primary"
          data-autofocus
          onClick={() => {
            onUse();
            onClose();
          }}
        >
          {t('models.useNow')}
        </button>
      </div>
    </Modal>
  );
}
