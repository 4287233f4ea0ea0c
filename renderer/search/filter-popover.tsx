import { Popover } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import { client } from '../api/client.ts';
import { FacetList } from '../browse/facet-list.tsx';
import bar from './filter-bar.module.css';
import styles from './filter-popover.module.css';
import { clearFilter, toggleFilter, useQueryState } from './query-store.ts';

/** Fields and their values with counts, to narrow the search with. */
export function FilterPopover({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const selection = useQueryState((state) => state.selection);
  const facets = useQuery({
    queryKey: ['facets', catalog.id, catalog.revision],
    queryFn: ({ signal }) =>
      client.browse.facets({ catalogId: catalog.id, limit: 100 }, { signal }),
    enabled: opened,
    placeholderData: (before) => before,
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
          {facets.data?.length === 0 && <p className={styles.none}>{t('filter.none')}</p>}
          {facets.isError && <p className={styles.none}>{t('failure.disconnected')}</p>}
          <FacetList facets={facets.data ?? []} selection={selection} onToggle={toggleFilter} />
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
