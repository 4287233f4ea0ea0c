import { Checkbox } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { memo, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facet } from '../../shared/contract/catalog.ts';
import type { Primitive } from '../../shared/contract/filter.ts';
import { formatCount, formatValue } from '../app/format.ts';
import { titleWhenClipped } from '../app/title-when-clipped.ts';
import type { Selection } from '../search/selection.ts';
import styles from './facet-list.module.css';

const FEW = 6;
const NONE: readonly Primitive[] = [];

interface FacetListProps {
  readonly facets: readonly Facet[];
  readonly selection: Selection;
  readonly onToggle: (field: string, value: Primitive) => void;
}

/**
 * Fields with their commonest values and counts; any number of values can be chosen. Drawn again only
 * when those change, not whenever the list beside them scrolls; and after what was chosen is painted,
 * which must not wait for the counts of what else could be.
 */
export function FacetList({ facets, ...chosen }: FacetListProps) {
  return <FacetGroups facets={useDeferredValue(facets)} {...chosen} />;
}

const FacetGroups = memo(function FacetGroups({ facets, selection, onToggle }: FacetListProps) {
  return (
    <>
      {facets.map((facet) => (
        <FacetGroup
          key={facet.field}
          facet={facet}
          chosen={selection[facet.field] ?? NONE}
          onToggle={onToggle}
        />
      ))}
    </>
  );
});

interface FacetGroupProps {
  readonly facet: Facet;
  readonly chosen: readonly Primitive[];
  readonly onToggle: (field: string, value: Primitive) => void;
}

const FacetGroup = memo(function FacetGroup({ facet, chosen, onToggle }: FacetGroupProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  const values = facet.values.flatMap(({ value, count }) =>
    Array.isArray(value) ? [] : [{ value, count }],
  );
  const shown = all
    ? values
    : values.filter((entry, at) => at < FEW || chosen.includes(entry.value));
  const more = values.length - shown.length;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span dir="auto" onPointerEnter={titleWhenClipped}>
            {facet.field}
          </span>
          <IconChevronDown size={15} stroke={1.8} aria-hidden data-open={open || undefined} />
        </button>
      </legend>
      {open && (
        <>
          {shown.map(({ value, count }) => (
            <label key={String(value)} className={styles.value}>
              <Checkbox
                size="xs"
                checked={chosen.includes(value)}
                onChange={() => onToggle(facet.field, value)}
                aria-label={`${facet.field}: ${formatValue(value)}`}
              />
              <span className={styles.text} dir="auto" onPointerEnter={titleWhenClipped}>
                {formatValue(value)}
              </span>
              <span className={styles.count}>{formatCount(count)}</span>
            </label>
          ))}
          {(more > 0 || all) && values.length > FEW && (
            <button type="button" className={styles.more} onClick={() => setAll(!all)}>
              {all
                ? t('filter.fewer')
                : t('filter.more', { count: more, shown: formatCount(more) })}
            </button>
          )}
          {all && facet.distinct > values.length && (
            <p className={styles.note}>
              {t('filter.commonest', {
                shown: formatCount(values.length),
                total: formatCount(facet.distinct),
              })}
            </p>
          )}
        </>
      )}
    </fieldset>
  );
});
