import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog, Facet, ItemGroup, ItemTile } from '../../shared/contract/catalog.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { formatValue } from '../app/format.ts';
import { Message } from '../app/message.tsx';
import type { ItemActions } from '../grid/item-actions.ts';
import type { GridGroup } from '../grid/use-item-grid.ts';
import { VirtualGrid } from '../grid/virtual-grid.tsx';
import { VirtualList } from '../grid/virtual-list.tsx';
import { Waiting } from '../search/waiting.tsx';
import { fieldColumn, mainFields } from './browse-columns.ts';
import { clearBrowse, setBrowse, sortBrowse, useBrowseState } from './browse-store.ts';
import { TileFacts } from './tile-facts.tsx';
import { type BrowseScope, type useBrowsePages, usePlace } from './use-browse-pages.ts';
import { tellingFields } from './useful-facets.ts';

interface BrowseItemsProps extends ItemActions {
  readonly catalog: Catalog;
  /** The useful fields of the whole catalog. */
  readonly facets: readonly Facet[];
  readonly scope: BrowseScope;
  readonly pages: ReturnType<typeof useBrowsePages>;
  readonly narrowed: boolean;
}

/** What fits the choice, as tiles or as a list, in groups or without. */
export function BrowseItems(props: BrowseItemsProps) {
  const { catalog, facets, scope, pages, narrowed, ...actions } = props;
  const { t } = useTranslation();
  const { view, openId, revealId } = useBrowseState();
  const place = usePlace(catalog, scope, revealId);
  const { head } = pages;
  const telling = useMemo(() => tellingFields(facets), [facets]);
  const renderMeta = useCallback(
    (item: ItemTile) => <TileFacts item={item} fields={telling} />,
    [telling],
  );

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

  const { groupBy, sort } = scope;
  const groups = head.data.groups?.map((group) => titleOf(group));
  const common = {
    ...actions,
    label: t('browse.items'),
    listId: JSON.stringify(scope),
    count: pages.total,
    itemAt: pages.itemAt,
    placeOf: pages.placeOf,
    groups,
    selectedId: openId,
    onRange: pages.onRange,
    reveal:
      place === undefined || place === null
        ? undefined
        : { index: place, onDone: () => setBrowse({ revealId: null }) },
  };
  if (view === 'list') {
    return (
      <VirtualList
        {...common}
        columns={[
          {
            id: 'name',
            title: t('browse.name'),
            by: 'name',
            read: (item) => item.name,
          },
          { id: 'key', title: t('browse.key'), by: 'key', read: (item) => item.key },
          ...mainFields({ facets, fields: catalog.fields, items: head.data.items }).map(
            fieldColumn,
          ),
        ]}
        sort={{ ...sort, onSort: sortBrowse }}
      />
    );
  }
  return <VirtualGrid {...common} renderMeta={renderMeta} />;

  function titleOf({ value, count }: ItemGroup): GridGroup {
    const title =
      value === null ? t('browse.withoutField', { field: groupBy ?? '' }) : formatValue(value);
    return { title, count };
  }
}
