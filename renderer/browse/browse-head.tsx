import { IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Catalog, Facet } from '../../shared/contract/catalog.ts';
import { formatCount } from '../app/format.ts';
import { Segments } from '../app/segments.tsx';
import styles from './browse-head.module.css';
import { type BrowseView, clearBrowse, setBrowse, useBrowseState } from './browse-store.ts';

interface BrowseHeadProps {
  readonly catalog: Catalog;
  /** The fields items can be grouped by. */
  readonly facets: readonly Facet[];
  readonly total: number | undefined;
  readonly narrowed: boolean;
}

/** How many there are, words they must hold, how they are grouped, sorted and shown. */
export function BrowseHead({ catalog, facets, total, narrowed }: BrowseHeadProps) {
  const { t } = useTranslation();
  const { sort, contains, groupBy, view } = useBrowseState();
  const ascending = sort.direction === 'asc';
  return (
    <div className={styles.head}>
      <output className={styles.total}>
        {total !== undefined && t('browse.total', { count: total, shown: formatCount(total) })}
      </output>
      {narrowed && (
        <button type="button" className="link" onClick={clearBrowse}>
          {t('browse.showAll')}
        </button>
      )}
      <div className={styles.controls}>
        <input
          type="search"
          className={styles.contains}
          value={contains}
          aria-label={t('browse.contains')}
          placeholder={t('browse.containsShort')}
          data-steps
          dir="auto"
          onChange={(event) => setBrowse({ contains: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || contains === '') return;
            event.preventDefault();
            setBrowse({ contains: '' });
          }}
        />
        {(facets.length > 0 || groupBy !== null) && (
          <label className={styles.choice}>
            <span className="visually-hidden">{t('browse.groupBy')}</span>
            <select
              value={groupBy ?? ''}
              onChange={(event) => setBrowse({ groupBy: event.currentTarget.value || null })}
            >
              <option value="">{t('browse.notGrouped')}</option>
              {facets.map(({ field }) => (
                <option key={field} value={field}>
                  {t('browse.groupedBy', { field })}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className={styles.choice}>
          <span className="visually-hidden">{t('browse.sort')}</span>
          <select
            value={sort.by}
            onChange={(event) => setBrowse({ sort: { ...sort, by: event.currentTarget.value } })}
          >
            <option value="name">{t('browse.byName')}</option>
            <option value="key">{t('browse.byKey')}</option>
            {catalog.fields.map((field) => (
              <option key={field.name} value={`field:${field.name}`}>
                {t('browse.byField', { field: field.name })}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="icon-button"
          aria-label={t(ascending ? 'browse.ascending' : 'browse.descending')}
          title={t(ascending ? 'browse.ascending' : 'browse.descending')}
          onClick={() => setBrowse({ sort: { ...sort, direction: ascending ? 'desc' : 'asc' } })}
        >
          {ascending ? (
            <IconSortAscending size={18} stroke={1.7} aria-hidden />
          ) : (
            <IconSortDescending size={18} stroke={1.7} aria-hidden />
          )}
        </button>
        <Segments<BrowseView>
          label={t('browse.view')}
          value={view}
          onChange={(next) => setBrowse({ view: next })}
          segments={[
            { value: 'grid', label: t('browse.grid') },
            { value: 'list', label: t('browse.list') },
          ]}
        />
      </div>
    </div>
  );
}
