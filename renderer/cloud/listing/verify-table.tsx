import { useTranslation } from 'react-i18next';
import type { IndexReport } from '../../../shared/contract/cloud/verify.ts';
import { formatCount } from '../../app/format.ts';
import styles from './verify-panel.module.css';

/** What differs, index by index, with the first keys of each kind. */
export function VerifyTable({ indexes }: { readonly indexes: readonly IndexReport[] }) {
  const { t } = useTranslation();
  const rows = indexes.flatMap(({ index, missing, unexpected, different }) =>
    (
      [
        ['missing', missing],
        ['unexpected', unexpected],
        ['metadata', different.metadata],
        ['vector', different.vector],
      ] as const
    ).flatMap(([kind, list]) => (list.count === 0 ? [] : [{ index, kind, ...list }])),
  );
  return (
    <ul className={styles.differences}>
      {rows.map(({ index, kind, count, keys }) => (
        <li key={`${index} ${kind}`}>
          <strong>
            {t(`cloud.verify.kind.${kind}`, { count, shown: formatCount(count), index })}
          </strong>
          <code>
            {keys.slice(0, 8).join(', ')}
            {count > 8 && ', …'}
          </code>
        </li>
      ))}
    </ul>
  );
}
