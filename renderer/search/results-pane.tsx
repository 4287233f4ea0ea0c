import { useCallback, useMemo } from 'react';
import type { Catalog, ItemTile } from '../../shared/contract/catalog.ts';
import type { ItemMenuActions } from '../grid/item-actions.ts';
import { VirtualGrid } from '../grid/virtual-grid.tsx';
import { MoreResults } from './more-results.tsx';
import { NothingFound } from './nothing-found.tsx';
import { ResultMeta } from './result-meta.tsx';
import styles from './results-pane.module.css';
import { SearchFailure } from './search-failure.tsx';
import { SideFailures } from './side-failures.tsx';
import type { Search } from './use-search.ts';

export interface ResultsPaneProps extends ItemMenuActions {
  readonly catalog: Catalog;
  readonly search: Search;
  /** What the list is called. */
  readonly label: string;
  /** The keys that the other engine found; left out where there is none to compare with. */
  readonly others?: ReadonlySet<string> | undefined;
  readonly selectedId: number | null;
  readonly onTop: (atTop: boolean) => void;
}

/** What one engine found, or why it found nothing. */
export function ResultsPane(props: ResultsPaneProps) {
  const { catalog, search, label, others, selectedId, onTop, ...actions } = props;
  const found = search.data;
  const output = found?.output;
  const renderMeta = useCallback(
    (item: ItemTile, index: number) => {
      const result = output?.results[index];
      if (result === undefined) return undefined;
      const isAlone = others !== undefined && !others.has(item.key);
      return (
        <ResultMeta
          result={result}
          mode={output!.mode}
          aloneOn={isAlone ? output!.engine : undefined}
        />
      );
    },
    [output, others],
  );
  const top = found?.input.top;
  const list = useMemo(() => {
    const results = output?.results ?? [];
    return {
      count: results.length,
      itemAt: (index: number) => results[index]?.item,
      placeOf: (id: number) => {
        const at = results.findIndex((result) => result.item.id === id);
        return at === -1 ? undefined : at;
      },
      foot: output && <MoreResults output={output} top={top ?? results.length} />,
    };
  }, [output, top]);
  if (search.error !== null && !search.isPlaceholderData) {
    const retry = () => void search.refetch();
    return <SearchFailure catalog={catalog} error={search.error} onRetry={retry} />;
  }
  if (output === undefined) return null;
  return (
    <div className={styles.pane}>
      <SideFailures output={output} />
      <div className={styles.list}>
        {list.count === 0 ? (
          <NothingFound catalog={catalog} engine={output.engine} />
        ) : (
          <VirtualGrid
            label={label}
            listId={found?.listId ?? ''}
            {...list}
            renderMeta={renderMeta}
            selectedId={selectedId}
            onTop={onTop}
            {...actions}
          />
        )}
      </div>
    </div>
  );
}
