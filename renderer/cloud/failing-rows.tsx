import { useTranslation } from 'react-i18next';
import { formatCount } from '../app/format.ts';
import styles from './failing-rows.module.css';

interface FailingRowsProps {
  readonly failing: number;
  readonly of: number;
  readonly failures: readonly { readonly key: string; readonly reason: string }[];
}

/** The items that the service would refuse, and why; nothing where there are none. */
export function FailingRows({ failing, of, failures }: FailingRowsProps) {
  const { t } = useTranslation();
  if (failing === 0) return null;
  return (
    <details className={styles.failing}>
      <summary>
        {t('cloud.failing', { count: failing, shown: formatCount(failing), of: formatCount(of) })}
      </summary>
      <ul>
        {failures.map(({ key, reason }) => (
          <li key={key}>
            <code>{key}</code> {reason}
          </li>
        ))}
        {failing > failures.length && (
          <li>{t('cloud.more', { shown: formatCount(failing - failures.length) })}</li>
        )}
      </ul>
    </details>
  );
}
