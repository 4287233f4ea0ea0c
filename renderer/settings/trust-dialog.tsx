import { Modal } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '../../shared/contract/models.ts';
import dialog from '../app/dialog.module.css';
import { importModel } from './import-model.ts';

interface TrustDialogProps {
  readonly model: ModelInfo;
  readonly file: File;
  readonly onClose: () => void;
}

/** Asks whether a file is to be trusted that no published hash can vouch for; else takes it at once. */
export function TrustDialog({ model, file, onClose }: TrustDialogProps) {
  const { t } = useTranslation();
  const { id, title, sha256 } = model;
  const isKnown = sha256 !== null;
  useEffect(() => {
    if (!isKnown) return;
    void importModel(file, id);
    onClose();
  }, [isKnown, file, id, onClose]);
  if (isKnown) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('models.trustTitle', { title })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className={dialog.text}>{t('models.trustText')}</p>
      <p className={dialog.path}>{file.name}</p>
      <div className={dialog.actions}>
        <button type="button" className="button" data-autofocus onClick={onClose}>
          {t('common.cancel')}
        </button>
        <button
          type="button"
          className="button"
          data-kind="primary"
          onClick={() => {
            void importModel(file, id);
            onClose();
          }}
        >
          {t('models.trustYes')}
        </button>
      </div>
    </Modal>
  );
}
