import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Catalog, ItemTile } from '../../shared/contract/catalog.ts';
import { client } from '../api/client.ts';
import { useCatalog } from '../app/catalog-choice.ts';
import { SplitView } from '../app/split-view.tsx';
import { useFreshness } from '../app/use-freshness.ts';
import { CollectionList } from '../collections/collection-list.tsx';
import { CollectionView } from '../collections/collection-view.tsx';
import { useCollections } from '../collections/collections-store.ts';
import { useCommand } from '../commands/use-command.ts';
import { useSettled } from '../app/use-settled.ts';
import { DetailPanel } from '../detail/detail-panel.tsx';
import { CropDialog } from '../search/crop-dialog.tsx';
import { askLike } from '../search/query-store.ts';
import { toFilter } from '../search/selection.ts';
import { BrowseHead } from './browse-head.tsx';
import { BrowseItems } from './browse-items.tsx';
import styles from './browse-screen.module.css';
import { redoBrowse, undoBrowse } from './browse-steps.ts';
import { enterBrowse, setBrowse, toggleBrowseValue, useBrowseState } from './browse-store.ts';
import { FacetList } from './facet-list.tsx';
import { FolderList } from './folder-list.tsx';
import { useBrowsePages } from './use-browse-pages.ts';
import { useFacets } from './use-facets.ts';

const NOTHING = {};
/** The first letter is looked for at once, the next ones, of someone typing, this much later. */
const BETWEEN_MS = 50;

/** Browse: folders and facets at the left, everything that fits them in one grid. */
export function BrowseScreen() {
  const catalog = useCatalog();
  return catalog === null ? null : <BrowseIn key={catalog.id} catalog={catalog} />;
}

function BrowseIn({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const state = useBrowseState();
  const collection = useCollections(catalog.id).find(({ id }) => id === state.collectionId);
  const [cropping, setCropping] = useState<ItemTile | null>(null);
  const revision = useSettled(catalog.revision, 1500);
  const contains = useSettled(state.contains, BETWEEN_MS);
  const { folder, sort, groupBy, selection, openId } = state;
  const filter = useMemo(() => toFilter(selection), [selection]);
  const scope = useMemo(
    () => ({ folder, filter, contains, sort, groupBy }),
    [folder, filter, contains, sort, groupBy],
  );
  const pages = useBrowsePages(catalog, useFreshness(catalog, false), scope);
  const openAt = openId === null ? undefined : pages.placeOf(openId);
  useEffect(() => enterBrowse(catalog.id), [catalog.id]);
  useCommand('undo', 'screen', undoBrowse);
  useCommand('redo', 'screen', redoBrowse);

  const folders = useQuery({
    queryKey: ['folders-of', catalog.id, revision],
    queryFn: ({ signal }) => client.browse.folders({ catalogId: catalog.id }, { signal }),
    placeholderData: (before) => before,
  });
  const facetScope = { catalogId: catalog.id, revision };
  const facets = useFacets({ ...facetScope, folder, selection });
  // What columns, tiles and groups are made of must not change with what is chosen.
  const allFacets = useFacets({ ...facetScope, folder: '', selection: NOTHING });

  const findSimilar = (item: ItemTile) => {
    askLike(item);
    navigate('/search');
  };
  const actions = {
    onOpen: (item: ItemTile) => setBrowse({ openId: item.id }),
    onFindSimilar: findSimilar,
    onCrop: setCropping,
  };
  const narrowed = filter !== undefined || folder !== '' || contains.trim() !== '';

  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">{t('rail.browse')}</h1>
      <aside className={styles.side} aria-label={t('browse.narrow')}>
        <CollectionList
          catalogId={catalog.id}
          openId={collection?.id ?? null}
          onOpen={(collectionId) => setBrowse({ collectionId, openId: null })}
        />
        <FolderList
          catalog={catalog}
          folders={folders.data ?? []}
          folder={collection === undefined ? folder : null}
          onChoose={(next) => setBrowse({ folder: next, collectionId: null })}
        />
        {collection === undefined && (
          <FacetList facets={facets} selection={selection} onToggle={toggleBrowseValue} />
        )}
      </aside>
      <div className={styles.main}>
        {collection === undefined ? (
          <>
            <BrowseHead
              catalog={catalog}
              facets={allFacets}
              total={pages.head.data?.total}
              narrowed={narrowed}
            />
            <SplitView
              side={
                openId !== null && (
                  <DetailPanel
                    itemId={openId}
                    previous={openAt === undefined ? undefined : pages.itemAt(openAt - 1)}
                    next={openAt === undefined ? undefined : pages.itemAt(openAt + 1)}
                    onClose={() => setBrowse({ openId: null })}
                    {...actions}
                  />
                )
              }
            >
              <BrowseItems
                catalog={catalog}
                facets={allFacets}
                scope={scope}
                pages={pages}
                narrowed={narrowed}
                {...actions}
              />
            </SplitView>
          </>
        ) : (
          <CollectionView
            key={collection.id}
            catalog={catalog}
            collection={collection}
            facets={allFacets}
            {...actions}
          />
        )}
      </div>
      {cropping && (
        <CropDialog
          picture={{ kind: 'item', item: cropping, crop: null }}
          onClose={() => setCropping(null)}
          onCrop={(crop) => {
            askLike(cropping, crop);
            navigate('/search');
          }}
        />
      )}
    </div>
  );
}
