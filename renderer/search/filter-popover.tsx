import { Popover } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import { FacetList } from '../browse/facet-list.tsx';
import { useFacets } from '../browse/use-facets.ts';
import bar from './filter-bar.module.css';
import styles from './filter-popover.module.css';
import { clearFilter, toggleFilter, useQueryState } from './query-store.ts';

/** Fields and their values with counts, to narrow the search with. */
export function FilterPopover({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const selection = useQueryState((state) => state.selection);
  const facets = useFacets({
    catalogId: catalog.id,
    revision: catalog.revision,
    folder: '',
    selection,
    enabled: opened,
  });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={300} trapFocus>
      <Popover.Target>
        <button type="button" className={bar.add} onClick={() => setOpened(!opened)}>
          <IconPlus size={14} stroke={1.9} aria-hidden />
          {t('filter.add')}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('filter.label')}>
        <div className={styles.list}>
          {catalog.fields.length === 0 && <p className={styles.none}>{t('filter.none')}</p>}
          <FacetList facets={facets} selection={selection} onToggle={toggleFilter} />
        </div>
        {Object.keys(selection).length > 0 && (
          <button type="button" className={styles.clear} onClick={() => clearFilter()}>
            {t('search.clearFilters')}
          </button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
