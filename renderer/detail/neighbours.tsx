import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { client } from '../api/client.ts';
import { formatDistance } from '../app/format.ts';
import { Picture } from '../grid/picture.tsx';
import styles from './neighbours.module.css';

const SHOWN = 9;

interface NeighboursProps {
  readonly itemId: number;
  readonly catalogId: number;
  readonly onOpen: (item: ItemTile) => void;
}

/** The items that look most like this one. */
export function Neighbours({ itemId, catalogId, onOpen }: NeighboursProps) {
  const { t } = useTranslation();
  const similar = useQuery({
    queryKey: ['neighbours', catalogId, itemId],
    queryFn: ({ signal }) =>
      client.search.run(
        // One more than shown: the item itself is its own nearest.
        { catalogId, mode: 'image', picture: { kind: 'item', itemId }, top: SHOWN + 1 },
        { signal },
      ),
    placeholderData: (before) => before,
  });
  const results = similar.data?.results.filter((result) => result.item.id !== itemId) ?? [];
  if (results.length === 0) return null;
  return (
    <section aria-labelledby="neighbours-title">
      <h3 id="neighbours-title" className={styles.title}>
        {t('detail.neighbours')}
      </h3>
      <div className={styles.strip}>
        {results.slice(0, SHOWN).map(({ item, image }) => (
          <button
            key={item.id}
            type="button"
            className={styles.neighbour}
            aria-label={item.name || item.key}
            title={`${item.name || item.key}${image ? ` · ${formatDistance(image.distance)}` : ''}`}
            onClick={() => onOpen(item)}
          >
            <Picture item={item} width={90} alt="" />
          </button>
        ))}
      </div>
    </section>
  );
}
