import { useTranslation } from 'react-i18next';
import type { ConnectionTest } from '../../../shared/contract/cloud/connection.ts';
import styles from './permissions.module.css';

const ORDER = ['no', 'unknown', 'yes'] as const;

/** What the credentials may do, as far as it can be told without changing anything. */
export function Permissions({ permissions }: Pick<ConnectionTest, 'permissions'>) {
  const { t } = useTranslation();
  const of = (allowed: (typeof ORDER)[number]) =>
    permissions.filter((permission) => permission.allowed === allowed);
  return (
    <details className={styles.permissions} open={of('no').length > 0}>
      <summary>
        {[
          t('cloud.permissions.yes', { count: of('yes').length }),
          of('no').length > 0 && t('cloud.permissions.no', { count: of('no').length }),
          of('unknown').length > 0 &&
            t('cloud.permissions.unknown', { count: of('unknown').length }),
        ]
          .filter((part) => part !== false)
          .join(' · ')}
      </summary>
      <ul>
        {ORDER.flatMap(of).map(({ action, allowed }) => (
          <li key={action} data-allowed={allowed}>
            <span>{action.replace('s3vectors:', '')}</span>
            <em>{t(`cloud.permissions.state.${allowed}`)}</em>
          </li>
        ))}
      </ul>
    </details>
  );
}
