import { useTranslation } from 'react-i18next';
import { formatCount } from '../app/format.ts';
import styles from './pager.module.css';

interface PagerProps {
  readonly page: number;
  readonly size: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

/** Steps through a long list; not there when everything fits one page. */
export function Pager({ page, size, total, onPage }: PagerProps) {
  const { t } = useTranslation();
  if (total <= size) return null;
  const first = page * size + 1;
  const last = Math.min(total, (page + 1) * size);
  return (
    <nav className={styles.pager} aria-label={t('pager.label')}>
      <output>
        {t('pager.range', {
          first: formatCount(first),
          last: formatCount(last),
          total: formatCount(total),
        })}
      </output>
      <button
        type="button"
        className="button"
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      >
        {t('pager.previous')}
      </button>
      <button
        type="button"
        className="button"
        disabled={last === total}
        onClick={() => onPage(page + 1)}
      >
        {t('pager.next')}
      </button>
    </nav>
  );
}
