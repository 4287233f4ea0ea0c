import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Collection } from '../../shared/contract/collections.ts';
import { client } from '../api/client.ts';
import styles from '../app/dialog.module.css';
import { formatCount } from '../app/format.ts';
import { notifyFailure } from '../app/notify.ts';
import { refreshCollections } from './collections-store.ts';

interface NameDialogProps {
  readonly title: string;
  readonly confirm: string;
  readonly start: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for the name of a collection. */
export function NameDialog({ title, confirm, start, onName, onClose }: NameDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(start);
  const save = (event: FormEvent) => {
    event.preventDefault();
    onName(name.trim());
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={save}>
        <TextInput
          label={t('collections.name')}
          dir="auto"
          value={name}
          maxLength={120}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
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
            {confirm}
          </button>
        </div>
      </form>
    </Modal>
  );
}

interface CollectionDialogProps {
  readonly collection: Collection;
  readonly onClose: () => void;
}

/** Gives a collection another name. */
export function RenameCollection({ collection, onClose }: CollectionDialogProps) {
  const { t } = useTranslation();
  return (
    <NameDialog
      title={t('collections.renameTitle')}
      confirm={t('collections.renameConfirm')}
      start={collection.name}
      onClose={onClose}
      onName={(name) => {
        client.collections
          .rename({ collectionId: collection.id, name })
          .then(refreshCollections)
          .catch(notifyFailure);
      }}
    />
  );
}

/** Asks before a collection is deleted, and says what stays. */
export function DeleteCollection({ collection, onClose }: CollectionDialogProps) {
  const { t } = useTranslation();
  const remove = () => {
    client.collections
      .delete({ collectionId: collection.id })
      .then(refreshCollections)
      .catch(notifyFailure);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('collections.deleteTitle', { name: collection.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className={styles.text}>
        {t('collections.deleteText', {
          count: collection.items,
          shown: formatCount(collection.items),
        })}
      </p>
      <div className={styles.actions}>
        <button type="button" className="button" onClick={onClose} data-autofocus>
          {t('common.cancel')}
        </button>
        <button type="button" className="button" data-kind="danger" onClick={remove}>
          {t('collections.deleteConfirm')}
        </button>
      </div>
    </Modal>
  );
}
