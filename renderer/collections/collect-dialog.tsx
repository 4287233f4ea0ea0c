import { Modal, TextInput } from '@mantine/core';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { useCatalogChoice } from '../app/catalog-choice.ts';
import dialog from '../app/dialog.module.css';
import { formatCount } from '../app/format.ts';
import { Picture } from '../grid/picture.tsx';
import { chooseCollection, collect, collectInNew, takeOut, useChoosing } from './collect.ts';
import styles from './collect-dialog.module.css';
import { useCollections, useHolders } from './collections-store.ts';

/** Chooses or names the collection an item goes to. */
export function CollectDialog() {
  const item = useChoosing((state) => state.item);
  return item === null ? null : <CollectItem item={item} />;
}

function CollectItem({ item }: { readonly item: ItemTile }) {
  const { t } = useTranslation();
  const catalogId = useCatalogChoice((state) => state.catalogId);
  const collections = useCollections(catalogId ?? 0);
  const holders = useHolders(item.key);
  const none = collections.length === 0;
  const [name, setName] = useState(none ? t('collections.suggestion') : '');
  const close = () => chooseCollection(null);
  const create = (event: FormEvent) => {
    event.preventDefault();
    collectInNew(name, item.key);
    close();
  };
  return (
    <Modal
      opened
      onClose={close}
      size={400}
      title={t('collections.choose')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.item}>
        <span className={styles.picture}>
          <Picture item={item} width={48} alt="" small />
        </span>
        <span dir="auto">{item.name || item.key}</span>
      </div>
      {!none && (
        <ul className={styles.list}>
          {collections.map((collection) => {
            const there = holders.includes(collection.id);
            return (
              <li key={collection.id}>
                <button
                  type="button"
                  className={styles.choice}
                  aria-pressed={there}
                  onClick={() => {
                    if (there) takeOut(collection, item.key);
                    else collect(collection, item.key);
                    close();
                  }}
                >
                  {there ? (
                    <IconCheck size={17} stroke={2.2} aria-hidden />
                  ) : (
                    <IconPlus size={17} stroke={1.7} aria-hidden />
                  )}
                  <bdi className={styles.name}>{collection.name}</bdi>
                  <span className={styles.count}>{formatCount(collection.items)}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <form onSubmit={create}>
        <TextInput
          label={t('collections.newName')}
          dir="auto"
          value={name}
          maxLength={120}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={dialog.actions}>
          <button type="button" className="button" onClick={close}>
            {t('common.cancel')}
          </button>
          <button
            type="submit"
            className="button"
            data-kind="primary"
            disabled={name.trim() === ''}
          >
            {t('collections.createAndAdd')}
          </button>
        </div>
      </form>
    </Modal>
  );
}
