import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Catalog, ItemTile } from '../../shared/contract/catalog.ts';
import { client } from '../api/client.ts';
import { useCatalog } from '../app/catalog-choice.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { formatValue } from '../app/format.ts';
import { Message } from '../app/message.tsx';
import { SplitView } from '../app/split-view.tsx';
import { useSettled } from '../app/use-settled.ts';
import { DetailPanel } from '../detail/detail-panel.tsx';
import { VirtualGrid } from '../grid/virtual-grid.tsx';
import { CropDialog } from '../search/crop-dialog.tsx';
import { askLike } from '../search/query-store.ts';
import { toFilter } from '../search/selection.ts';
import { Waiting } from '../search/waiting.tsx';
import { BrowseHead } from './browse-head.tsx';
import styles from './browse-screen.module.css';
import {
  clearBrowse,
  enterBrowse,
  setBrowse,
  toggleBrowseValue,
  useBrowseState,
} from './browse-store.ts';
import { FacetList } from './facet-list.tsx';
import { FolderList } from './folder-list.tsx';
import { useFacets } from './use-facets.ts';
import { useBrowsePages } from './use-browse-pages.ts';
import { tellingFields } from './useful-facets.ts';

/** Browse: folders and facets at the left, everything that fits them in one grid. */
export function BrowseScreen() {
  const catalog = useCatalog();
  return catalog === null ? null : <BrowseIn key={catalog.id} catalog={catalog} />;
}

function BrowseIn({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const state = useBrowseState();
  const [cropping, setCropping] = useState<ItemTile | null>(null);
  const revision = useSettled(catalog.revision, 1500);
  const [contains] = useDebouncedValue(state.contains, 150);
  const { folder, sort, selection, openId } = state;
  const filter = useMemo(() => toFilter(selection), [selection]);
  const pages = useBrowsePages(catalog, revision, { folder, filter, contains, sort });
  useEffect(() => enterBrowse(catalog.id), [catalog.id]);

  const folders = useQuery({
    queryKey: ['folders-of', catalog.id, revision],
    queryFn: ({ signal }) => client.browse.folders({ catalogId: catalog.id }, { signal }),
    placeholderData: (before) => before,
  });
  const facets = useFacets({ catalogId: catalog.id, revision, folder, selection });
  const telling = tellingFields(facets);

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
        <FolderList
          catalog={catalog}
          folders={folders.data ?? []}
          folder={folder}
          onChoose={(next) => setBrowse({ folder: next })}
        />
        <FacetList facets={facets} selection={selection} onToggle={toggleBrowseValue} />
      </aside>
      <div className={styles.main}>
        <BrowseHead catalog={catalog} total={pages.head.data?.total} narrowed={narrowed} />
        <SplitView
          side={
            openId !== null && (
              <DetailPanel
                itemId={openId}
                onClose={() => setBrowse({ openId: null })}
                {...actions}
              />
            )
          }
        >
          {renderBody()}
        </SplitView>
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

  function renderBody() {
    const { head } = pages;
    if (head.isError) {
      return <FailureMessage error={head.error} onRetry={() => void head.refetch()} />;
    }
    if (head.data === undefined) return null;
    if (pages.total === 0) {
      return narrowed ? (
        <Message title={t('browse.nothing')} text={t('browse.nothingHelp')}>
          <button type="button" className="button" onClick={clearBrowse}>
            {t('browse.showAll')}
          </button>
        </Message>
      ) : (
        <Waiting catalog={catalog} />
      );
    }
    return (
      <VirtualGrid
        label={t('browse.items')}
        listId={JSON.stringify([folder, filter, contains, sort])}
        count={pages.total}
        itemAt={pages.itemAt}
        renderMeta={(index) => <TileFacts item={pages.itemAt(index)} fields={telling} />}
        selectedId={openId}
        onEscape={() => setBrowse({ openId: null })}
        onRange={pages.onRange}
        {...actions}
      />
    );
  }
}

interface TileFactsProps {
  readonly item: ItemTile | undefined;
  readonly fields: readonly string[];
}

function TileFacts({ item, fields }: TileFactsProps) {
  const values = fields
    .map((field) => item?.metadata[field])
    .filter((value) => value !== undefined)
    .map(formatValue);
  const nameless = item === undefined || item.name === '';
  const text = values.length > 0 || nameless ? values.join(' · ') : item.key;
  return (
    <span className={styles.facts} title={text}>
      {text}
    </span>
  );
}
