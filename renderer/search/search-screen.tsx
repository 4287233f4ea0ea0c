import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Catalog, ItemTile } from '../../shared/contract/catalog.ts';
import { useCatalog } from '../app/catalog-choice.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { SplitView } from '../app/split-view.tsx';
import { readFailure } from '../api/errors.ts';
import { revealInBrowse } from '../browse/browse-store.ts';
import { DetailPanel } from '../detail/detail-panel.tsx';
import { VirtualGrid } from '../grid/virtual-grid.tsx';
import { Message } from '../app/message.tsx';
import { CropDialog } from './crop-dialog.tsx';
import { FactsLine } from './facts-line.tsx';
import { FilterBar } from './filter-bar.tsx';
import { QueryBar } from './query-bar.tsx';
import { askLike, clearFilter, enterCatalog, openItem, useQueryState } from './query-store.ts';
import { ResultMeta } from './result-meta.tsx';
import styles from './search-screen.module.css';
import { StartPage } from './start-page.tsx';
import { SaveResults } from './save-results.tsx';
import { MoreResults } from './more-results.tsx';
import { useAnnouncedResults } from './use-announced-results.ts';
import { useSearch } from './use-search.ts';
import { useSearchCommands } from './use-search-commands.ts';
import { Waiting } from './waiting.tsx';

/** Search: the query on top, the results below, the open one at the side. */
export function SearchScreen() {
  const catalog = useCatalog();
  return catalog === null ? null : <SearchIn key={catalog.id} catalog={catalog} />;
}

function SearchIn({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [atTop, setAtTop] = useState(true);
  const [cropping, setCropping] = useState<ItemTile | null>(null);
  const openId = useQueryState((state) => state.openId);
  const empty = useQueryState((state) => state.picture === null && state.text.trim() === '');
  // Everything else there is to find is the picture's own item.
  const alone = useQueryState(
    (state) => state.picture?.kind === 'item' && catalog.embedded.image === 1,
  );
  const filtered = useQueryState((state) => Object.keys(state.selection).length > 0);
  const search = useSearch(catalog, openId !== null || !atTop);
  useSearchCommands();
  useEffect(() => enterCatalog(catalog.id), [catalog.id]);

  // A mode that lacks its side keeps what was found before; only an empty query starts over.
  const found = empty ? undefined : search.data;
  const output = found?.output;
  const results = output?.results ?? [];
  const placeOf = (id: number) => {
    const at = results.findIndex((result) => result.item.id === id);
    return at === -1 ? undefined : at;
  };
  const renderMeta = useCallback(
    (_item: ItemTile, index: number) => {
      const result = output?.results[index];
      return result && <ResultMeta result={result} mode={output.mode} />;
    },
    [output],
  );
  const openAt = openId === null ? undefined : placeOf(openId);
  useAnnouncedResults(output, found?.listId ?? '');
  const actions = {
    onOpen: (item: ItemTile) => openItem(item.id),
    onFindSimilar: askLike,
    onCrop: setCropping,
    onShowInBrowse: (item: ItemTile) => {
      revealInBrowse(catalog.id, item.id);
      navigate('/browse');
    },
  };

  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">{t('rail.search')}</h1>
      <QueryBar catalog={catalog} />
      <div className={styles.line}>
        <FilterBar catalog={catalog} />
        <div className={styles.facts}>
          <FactsLine output={output} busy={search.isFetching} />
          <SaveResults catalog={catalog} found={found} />
        </div>
      </div>
      <SplitView
        side={
          openId !== null && (
            <DetailPanel
              itemId={openId}
              result={openAt === undefined ? undefined : results[openAt]}
              output={output}
              previous={openAt === undefined ? undefined : results[openAt - 1]?.item}
              next={openAt === undefined ? undefined : results[openAt + 1]?.item}
              onClose={() => openItem(null)}
              {...actions}
            />
          )
        }
      >
        {renderBody()}
      </SplitView>
      {cropping && (
        <CropDialog
          picture={{ kind: 'item', item: cropping, crop: null }}
          onClose={() => setCropping(null)}
          onCrop={(crop) => askLike(cropping, crop)}
        />
      )}
    </div>
  );

  function renderBody() {
    if (empty || (search.input === null && output === undefined)) {
      return <StartPage catalog={catalog} {...actions} />;
    }
    if (search.error !== null && !search.isPlaceholderData) {
      return readFailure(search.error).code === 'NOT_EMBEDDED' ? (
        <Waiting catalog={catalog} />
      ) : (
        <FailureMessage error={search.error} onRetry={() => void search.refetch()} />
      );
    }
    if (output === undefined) return null;
    if (results.length === 0) {
      if (!filtered && alone) {
        return <Message title={t('search.alone')} text={t('search.aloneHelp')} />;
      }
      return filtered ? (
        <Message title={t('search.nothingLeft')} text={t('search.nothingLeftHelp')}>
          <button type="button" className="button" onClick={() => clearFilter()}>
            {t('search.clearFilters')}
          </button>
        </Message>
      ) : (
        <Waiting catalog={catalog} />
      );
    }
    return (
      <VirtualGrid
        label={t('search.results')}
        listId={found?.listId ?? ''}
        count={results.length}
        itemAt={(index) => results[index]?.item}
        placeOf={placeOf}
        renderMeta={renderMeta}
        selectedId={openId}
        onTop={setAtTop}
        foot={<MoreResults output={output} top={found?.input.top ?? results.length} />}
        {...actions}
      />
    );
  }
}
