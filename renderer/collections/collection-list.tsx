import { IconBookmark, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Collection } from '../../shared/contract/collections.ts';
import { client } from '../api/client.ts';
import { formatCount } from '../app/format.ts';
import { notifyFailure } from '../app/notify.ts';
import { useItemDrop } from '../grid/item-drag.ts';
import { collect } from './collect.ts';
import { NameDialog } from './collection-dialogs.tsx';
import styles from './collection-list.module.css';
import { makeTarget, refreshCollections, useCollections } from './collections-store.ts';

interface CollectionListProps {
  readonly catalogId: number;
  /** The one that is open; null while none is. */
  readonly openId: number | null;
  readonly onOpen: (collectionId: number) => void;
}

/** The collections of a catalog; items dropped on one are added to it. */
export function CollectionList({ catalogId, openId, onOpen }: CollectionListProps) {
  const { t } = useTranslation();
  const collections = useCollections(catalogId);
  const [naming, setNaming] = useState(false);
  const open = (collection: Pick<Collection, 'id' | 'catalogId'>) => {
    // What is looked at is also what is being gathered.
    makeTarget(collection);
    onOpen(collection.id);
  };
  const create = async (name: string) => {
    try {
      const { collectionId } = await client.collections.create({ catalogId, name });
      await refreshCollections();
      open({ id: collectionId, catalogId });
    } catch (error) {
      notifyFailure(error);
    }
  };
  return (
    <nav className={styles.list} aria-labelledby="collections-title">
      <div className={styles.head}>
        <h2 id="collections-title" className={styles.title}>
          {t('collections.title')}
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label={t('collections.new')}
          title={t('collections.new')}
          onClick={() => setNaming(true)}
        >
          <IconPlus size={16} stroke={1.8} aria-hidden />
        </button>
      </div>
      {collections.length === 0 && <p className={styles.none}>{t('collections.none')}</p>}
      {collections.map((collection) => (
        <CollectionRow
          key={collection.id}
          collection={collection}
          current={collection.id === openId}
          onOpen={open}
        />
      ))}
      {naming && (
        <NameDialog
          title={t('collections.new')}
          confirm={t('collections.create')}
          start=""
          onClose={() => setNaming(false)}
          onName={(name) => void create(name)}
        />
      )}
    </nav>
  );
}

interface CollectionRowProps {
  readonly collection: Collection;
  readonly current: boolean;
  readonly onOpen: (collection: Collection) => void;
}

function CollectionRow({ collection, current, onOpen }: CollectionRowProps) {
  const { over, ...drop } = useItemDrop((item) => collect(collection, item.key));
  return (
    <button
      type="button"
      className={styles.collection}
      aria-current={current}
      data-over={over || undefined}
      title={collection.name}
      onClick={() => onOpen(collection)}
      {...drop}
    >
      <IconBookmark size={16} stroke={1.7} aria-hidden />
      <bdi className={styles.name}>{collection.name}</bdi>
      <span className={styles.count}>{formatCount(collection.items)}</span>
    </button>
  );
}
