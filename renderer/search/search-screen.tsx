import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Catalog, ItemTile } from '../../shared/contract/catalog.ts';
import type { SearchOutput } from '../../shared/contract/search.ts';
import { useCatalog } from '../app/catalog-choice.ts';
import { SplitView } from '../app/split-view.tsx';
import { revealInBrowse } from '../browse/browse-store.ts';
import { DetailPanel } from '../detail/detail-panel.tsx';
import { ComparedPanes } from './compared-panes.tsx';
import { CropDialog } from './crop-dialog.tsx';
import { FactsLine } from './facts-line.tsx';
import { FilterBar } from './filter-bar.tsx';
import { OverlapLine } from './overlap-line.tsx';
import { QueryBar } from './query-bar.tsx';
import { askLike, enterCatalog, openItem, useQueryState } from './query-store.ts';
import { ResultsPane } from './results-pane.tsx';
import styles from './search-screen.module.css';
import { StartPage } from './start-page.tsx';
import { SaveResults } from './save-results.tsx';
import { useAnnouncedResults } from './use-announced-results.ts';
import { useSearch } from './use-search.ts';
import { useSearchCommands } from './use-search-commands.ts';

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
  const engine = useQueryState((state) => state.engine);
  const empty = useQueryState((state) => state.picture === null && state.text.trim() === '');
  const hold = openId !== null || !atTop;
  const search = useSearch(catalog, { engine: engine === 'both' ? 'local' : engine, hold });
  const remote = useSearch(catalog, { engine: engine === 'both' ? 's3vectors' : null, hold });
  useSearchCommands();
  useEffect(() => enterCatalog(catalog.id), [catalog.id]);

  // A mode that lacks its side keeps what was found before; only an empty query starts over.
  const [isOver, setIsOver] = useState(empty);
  if (empty && !isOver) setIsOver(true);
  // Then nothing is shown of the question before either, until the new one is answered.
  if (!empty && isOver && !search.isPlaceholderData && search.data !== undefined) setIsOver(false);
  const startsOver = empty || (isOver && search.isPlaceholderData);
  const found = startsOver ? undefined : search.data;
  const output = found?.output;
  const isIn = (answer: SearchOutput | undefined) =>
    answer?.results.some(({ item }) => item.id === openId) === true;
  const opened = engine === 'both' && !isIn(output) ? remote.data?.output : output;
  const results = opened?.results ?? [];
  const openAt = isIn(opened) ? results.findIndex(({ item }) => item.id === openId) : undefined;
  useAnnouncedResults(output, found?.listId ?? '');
  // The same ones at every key, so that the results before are not drawn again while one types.
  const actions = useMemo(
    () => ({
      onOpen: (item: ItemTile) => openItem(item.id),
      onFindSimilar: (item: ItemTile) => askLike(item),
      onCrop: setCropping,
      onShowInBrowse: (item: ItemTile) => {
        revealInBrowse(catalog.id, item.id);
        navigate('/browse');
      },
    }),
    [catalog.id, navigate],
  );

  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">{t('rail.search')}</h1>
      <QueryBar catalog={catalog} />
      <div className={styles.line}>
        <FilterBar catalog={catalog} />
        <div className={styles.facts}>
          {engine === 'both' && !empty ? (
            <OverlapLine local={search} remote={remote} />
          ) : (
            <FactsLine output={output} busy={search.isFetching} />
          )}
          <SaveResults catalog={catalog} found={found} />
        </div>
      </div>
      <SplitView
        side={
          openId !== null && (
            <DetailPanel
              itemId={openId}
              result={openAt === undefined ? undefined : results[openAt]}
              output={opened}
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
    if (startsOver || (search.input === null && output === undefined)) {
      return <StartPage catalog={catalog} {...actions} />;
    }
    const panes = { catalog, selectedId: openId, onTop: setAtTop, ...actions };
    return engine === 'both' ? (
      <ComparedPanes local={search} remote={remote} {...panes} />
    ) : (
      <ResultsPane search={search} label={t('search.results')} {...panes} />
    );
  }
}
