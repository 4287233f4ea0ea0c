import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog, Facet, ItemTile } from '../../shared/contract/catalog.ts';
import type { Collection } from '../../shared/contract/collections.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { SplitView } from '../app/split-view.tsx';
import { fieldColumn, mainFields } from '../browse/browse-columns.ts';
import { revealInBrowse, setBrowse, useBrowseState } from '../browse/browse-store.ts';
import { TileFacts } from '../browse/tile-facts.tsx';
import { tellingFields } from '../browse/useful-facets.ts';
import { DetailPanel } from '../detail/detail-panel.tsx';
import { hasLeft } from '../grid/is-elsewhere.ts';
import type { ItemActions } from '../grid/item-actions.ts';
import type { ListColumn } from '../grid/list-columns.ts';
import { VirtualGrid } from '../grid/virtual-grid.tsx';
import { VirtualList } from '../grid/virtual-list.tsx';
import { takeOut } from './collect.ts';
import { CollectionHead } from './collection-head.tsx';
import styles from './collection-view.module.css';
import { EmptyCollection } from './empty-collection.tsx';
import { ReorderArea } from './reorder-area.tsx';
import { OWN_ORDER, sortItems } from './sort-items.ts';
import { useCollectionItems } from './use-collection-items.ts';

interface CollectionViewProps extends ItemActions {
  readonly catalog: Catalog;
  readonly collection: Collection;
  /** The useful fields of the whole catalog. */
  readonly facets: readonly Facet[];
}

/** A collection: what was gathered, in the order it was given. */
export function CollectionView({ catalog, collection, facets, ...given }: CollectionViewProps) {
  const { t } = useTranslation();
  const { view, openId } = useBrowseState();
  const [sort, setSort] = useState(OWN_ORDER);
  const { query, items, moveItem } = useCollectionItems(catalog, collection);
  const telling = useMemo(() => tellingFields(facets), [facets]);
  const renderMeta = useCallback(
    (item: ItemTile) => <TileFacts item={item} fields={telling} />,
    [telling],
  );
  const places = useMemo(() => new Map(items.map(({ key }, at) => [key, at])), [items]);
  const columns: readonly [ListColumn, ...ListColumn[]] = [
    { id: 'name', title: t('browse.name'), by: 'name', read: (item) => item.name },
    {
      id: 'place',
      title: t('collections.place'),
      by: OWN_ORDER.by,
      read: (item) => String((places.get(item.key) ?? 0) + 1),
    },
    { id: 'key', title: t('browse.key'), by: 'key', read: (item) => item.key },
    ...mainFields({ facets, fields: catalog.fields, items }).map(fieldColumn),
  ];
  const sorted = view === 'list' ? sortItems(items, { ...sort, columns }) : items;
  const inOwnOrder = sorted === items;
  const openAt = sorted.findIndex((item) => item.id === openId);
  const opened = sorted[openAt];
  const actions = {
    ...given,
    onFindSimilar: (item: ItemTile) => {
      if (!hasLeft(item)) given.onFindSimilar(item);
    },
    onShowInBrowse: (item: ItemTile) => revealInBrowse(catalog.id, item.id),
    inCollection: {
      onRemove: (item: ItemTile) => takeOut(collection, item.key),
      onMove: (item: ItemTile, by: 1 | -1) => {
        const at = places.get(item.key) ?? 0;
        moveItem(item.key, Math.max(0, by === 1 ? at + 2 : at - 1));
      },
    },
  };

  return (
    <>
      <CollectionHead catalog={catalog} collection={collection} items={items} />
      <div className={styles.body} data-pinboard>
        <SplitView
          side={
            openId !== null && (
              <DetailPanel
                itemId={openId}
                absent={opened && hasLeft(opened) ? opened : undefined}
                previous={sorted[openAt - 1]}
                next={opened === undefined ? undefined : sorted[openAt + 1]}
                onClose={() => setBrowse({ openId: null })}
                {...actions}
              />
            )
          }
        >
          {renderItems()}
        </SplitView>
      </div>
    </>
  );

  function renderItems() {
    if (query.isError) {
      return <FailureMessage error={query.error} onRetry={() => void query.refetch()} />;
    }
    if (query.data === undefined) return null;
    if (items.length === 0) return <EmptyCollection />;
    const common = {
      ...actions,
      label: t('collections.items', { name: collection.name }),
      listId: JSON.stringify([collection.id, view, sort]),
      count: sorted.length,
      itemAt: (index: number) => sorted[index],
      placeOf: (id: number) => {
        const at = sorted.findIndex((item) => item.id === id);
        return at === -1 ? undefined : at;
      },
      selectedId: openId,
    };
    const grid =
      view === 'list' ? (
        <VirtualList
          {...common}
          columns={columns}
          sort={{
            ...sort,
            onSort: (by) =>
              setSort({
                by,
                direction: sort.by === by && sort.direction === 'asc' ? 'desc' : 'asc',
              }),
          }}
        />
      ) : (
        <VirtualGrid {...common} renderMeta={renderMeta} />
      );
    return inOwnOrder ? (
      <ReorderArea flow={view === 'list' ? 'column' : 'row'} onMove={moveItem}>
        {grid}
      </ReorderArea>
    ) : (
      grid
    );
  }
}
