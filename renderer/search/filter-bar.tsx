import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import { formatValue } from '../app/format.ts';
import styles from './filter-bar.module.css';
import { FilterPopover } from './filter-popover.tsx';
import { clearFilter, useQueryState } from './query-store.ts';

/** What the search is narrowed to, one chip a field. */
export function FilterBar({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const selection = useQueryState((state) => state.selection);
  return (
    <section className={styles.bar} aria-label={t('filter.label')}>
      {Object.entries(selection).map(([field, values]) => {
        const text = `${field}: ${values.map(formatValue).join(', ')}`;
        return (
          <span key={field} className={styles.chip}>
            <span className={styles.text} dir="auto">
              {text}
            </span>
            <button
              type="button"
              aria-label={t('filter.remove', { text })}
              onClick={() => clearFilter(field)}
            >
              <IconX size={13} stroke={2} aria-hidden />
            </button>
          </span>
        );
      })}
      <FilterPopover catalog={catalog} />
    </section>
  );
}
