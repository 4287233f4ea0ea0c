import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import { client } from '../api/client.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { useFreshness } from '../app/use-freshness.ts';
import type { ItemMenuActions } from '../grid/item-actions.ts';
import { VirtualGrid } from '../grid/virtual-grid.tsx';
import { askLike, setText } from './query-store.ts';
import styles from './start-page.module.css';
import { spread, suggestWords } from './suggestions.ts';
import { Waiting } from './waiting.tsx';

const POOL = 1000;
const SHOWN = 60;

interface StartPageProps extends ItemMenuActions {
  readonly catalog: Catalog;
}

/** Before a query: a few words worth trying, and products to start from by their look. */
export function StartPage({ catalog, ...actions }: StartPageProps) {
  const { t } = useTranslation();
  const stamp = useFreshness(catalog, false);
  const pool = useQuery({
    queryKey: ['start', catalog.id, stamp],
    queryFn: ({ signal }) =>
      client.browse.items({ catalogId: catalog.id, sort: { by: 'key' }, limit: POOL }, { signal }),
    placeholderData: (before) => before,
    select: ({ items }) => ({
      tiles: spread(
        items.filter((item) => item.imagePath !== null),
        SHOWN,
      ),
      words: suggestWords(items.map((item) => item.name)),
    }),
  });
  if (pool.isError) {
    return <FailureMessage error={pool.error} onRetry={() => void pool.refetch()} />;
  }
  if (pool.data === undefined) return null;
  const { tiles, words } = pool.data;
  if (tiles.length === 0 && words.length === 0) return <Waiting catalog={catalog} />;

  return (
    <div className={styles.page}>
      {words.length > 0 && (
        <section className={styles.words} aria-label={t('start.words')}>
          <span className={styles.label}>{t('start.words')}</span>
          {words.map((text) => (
            <button
              key={text}
              type="button"
              className={styles.word}
              dir="auto"
              onClick={() => setText(text)}
            >
              {text}
            </button>
          ))}
        </section>
      )}
      <h2 className={styles.label}>{t('start.pictures')}</h2>
      <div className={styles.grid}>
        <VirtualGrid
          {...actions}
          label={t('start.pictures')}
          listId={String(catalog.id)}
          count={tiles.length}
          itemAt={(index) => tiles[index]}
          placeOf={(id) => {
            const at = tiles.findIndex((item) => item.id === id);
            return at === -1 ? undefined : at;
          }}
          selectedId={null}
          onOpen={askLike}
          onDetails={actions.onOpen}
        />
      </div>
    </div>
  );
}
