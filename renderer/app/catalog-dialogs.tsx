import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import { client } from '../api/client.ts';
import styles from './dialog.module.css';
import { formatCount } from './format.ts';
import { refreshCatalogs } from './live.ts';
import { notifyFailure } from './notify.ts';

interface DialogProps {
  readonly catalog: Catalog;
  readonly onClose: () => void;
}

/** Gives a catalog another name; its folder keeps its own. */
export function RenameDialog({ catalog, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(catalog.name);
  const save = (event: FormEvent) => {
    event.preventDefault();
    client.catalogs.rename({ catalogId: catalog.id, name }).then(refreshCatalogs, notifyFailure);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('catalog.renameTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={save}>
        <TextInput
          label={t('catalog.name')}
          dir="auto"
          value={name}
          maxLength={120}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={styles.actions}>
          <button type="button" className="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <button
            type="submit"
            className="button"
            data-kind="primary"
            disabled={name.trim() === ''}
          >
            {t('catalog.rename')}
          </button>
        </div>
      </form>
    </Modal>
  );
}

/** Asks before a catalog is forgotten, and says what stays. */
export function RemoveDialog({ catalog, onClose }: DialogProps) {
  const { t } = useTranslation();
  const remove = () => {
    client.catalogs.remove({ catalogId: catalog.id }).then(refreshCatalogs, notifyFailure);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('catalog.removeTitle', { name: catalog.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className={styles.text}>
        {t('catalog.removeText', { items: formatCount(catalog.items) })}
      </p>
      <p className={styles.path}>{catalog.root}</p>
      <div className={styles.actions}>
        <button type="button" className="button" onClick={onClose} data-autofocus>
          {t('common.cancel')}
        </button>
        <button type="button" className="button" data-kind="danger" onClick={remove}>
          {t('catalog.removeConfirm')}
        </button>
      </div>
    </Modal>
  );
}
