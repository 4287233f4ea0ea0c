import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemDetail, ItemTile } from '../../shared/contract/catalog.ts';
import type { SearchOutput, SearchResult } from '../../shared/contract/search.ts';
import { client } from '../api/client.ts';
import { useCatalog } from '../app/catalog-choice.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { copyItemPicture } from '../app/copy.ts';
import { useFreshness } from '../app/use-freshness.ts';
import { useCommand } from '../commands/use-command.ts';
import { toggleCollected } from '../collections/collect.ts';
import { hasLeft, isElsewhere } from '../grid/is-elsewhere.ts';
import { Picture } from '../grid/picture.tsx';
import type { ItemMenuActions } from '../grid/item-actions.ts';
import { DetailActions } from './detail-actions.tsx';
import { DetailHead } from './detail-head.tsx';
import styles from './detail-panel.module.css';
import { Fields } from './fields.tsx';
import { Neighbours } from './neighbours.tsx';
import { Why } from './why.tsx';

const NO_CATALOG = { id: 0, revision: 0 };

interface DetailPanelProps extends ItemMenuActions {
  readonly itemId: number;
  /** Its place in the search in view, if it has one. */
  readonly result?: SearchResult | undefined;
  readonly output?: SearchOutput | undefined;
  /** All there is to know of an item that is not in the catalog. */
  readonly absent?: ItemTile | undefined;
  /** Its neighbours in the list it was opened from, where they are known. */
  readonly previous?: ItemTile | undefined;
  readonly next?: ItemTile | undefined;
  readonly onClose: () => void;
}

/** Everything about one item: picture, name, why it is here, fields, what looks like it. */
export function DetailPanel(props: DetailPanelProps) {
  const { itemId, result, output, absent, previous, next, onClose, ...actions } = props;
  const { t } = useTranslation();
  const catalog = useCatalog();
  const stamp = useFreshness(catalog ?? NO_CATALOG, false);
  const given = absent ?? (result && isElsewhere(result.item) ? result.item : undefined);
  // Only a list knows such an item: it is kept while the next list, without it, comes in.
  const [kept, setKept] = useState(given);
  if (given !== undefined && given !== kept) setKept(given);
  const known = given ?? (kept?.id === itemId ? kept : undefined);
  const elsewhere = known && knownOf(known, catalog?.id ?? 0);
  const detail = useQuery({
    queryKey: ['item', itemId, stamp],
    queryFn: ({ signal }) => client.browse.item({ itemId }, { signal }),
    placeholderData: (before) => before,
    enabled: elsewhere === undefined,
  });
  const item = elsewhere ?? detail.data;
  const panel = useRef<HTMLElement>(null);
  useCommand('copyPicture', 'panel', () => {
    const hasFocus = panel.current?.contains(document.activeElement) === true;
    if (!hasFocus || window.getSelection()?.isCollapsed === false) return false;
    if (item === undefined || item.imagePath === null) return false;
    void copyItemPicture(item);
    return true;
  });

  useCommand('collect', 'panel', () => {
    if (item === undefined) return false;
    toggleCollected(item);
    return true;
  });

  const head = (
    <DetailHead
      panel={panel}
      previous={previous}
      next={next}
      onOpen={actions.onOpen}
      onClose={onClose}
    />
  );
  if (item === undefined) {
    return (
      <aside ref={panel} className={styles.panel} aria-label={t('detail.label')}>
        {head}
        {detail.isError ? (
          <FailureMessage error={detail.error} onRetry={() => void detail.refetch()} />
        ) : (
          <div className={styles.loading}>
            <Loader size={24} color="var(--secondary)" />
          </div>
        )}
      </aside>
    );
  }
  return (
    <aside
      ref={panel}
      className={styles.panel}
      aria-label={t('detail.label')}
      data-old={item.id !== itemId || undefined}
    >
      {head}
      <div className={styles.picture}>
        <Picture item={item} width={400} />
      </div>
      <h2 className={styles.name} dir="auto">
        {item.name || item.key}
      </h2>
      <p className={styles.where}>
        {item.key}
        {item.imagePath !== null && ` · ${item.imagePath}`}
      </p>
      {elsewhere && (
        <p className={styles.elsewhere}>
          {t(hasLeft(elsewhere) ? 'detail.gone' : 'detail.elsewhere')}
        </p>
      )}
      <DetailActions item={item} {...actions} />
      {result && output && result.item.id === item.id && <Why result={result} output={output} />}
      {item.problems.map((problem) => (
        <div key={problem.id} className={styles.problem} data-severity={problem.severity}>
          <strong>{problem.reason}</strong>
          <span>{problem.action}</span>
        </div>
      ))}
      {!hasLeft(item) && (
        <Fields item={item} root={catalog?.id === item.catalogId ? catalog.root : null} />
      )}
      {item.embedded.image !== null && (
        <Neighbours itemId={item.id} catalogId={item.catalogId} onOpen={actions.onOpen} />
      )}
    </aside>
  );
}

/** What there is to say of an item that is not in the catalog. */
function knownOf(tile: ItemTile, catalogId: number): ItemDetail {
  return {
    ...tile,
    catalogId,
    imageBytes: null,
    rowFile: null,
    rowLine: null,
    embedded: { image: null, text: null },
    problems: [],
  };
}
