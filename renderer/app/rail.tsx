import {
  IconAdjustmentsHorizontal,
  IconCloud,
  IconDownload,
  IconLayoutGrid,
  IconSearch,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import styles from './rail.module.css';

const SCREENS = [
  { path: '/search', name: 'rail.search', Icon: IconSearch },
  { path: '/browse', name: 'rail.browse', Icon: IconLayoutGrid },
  { path: '/ingest', name: 'rail.ingest', Icon: IconDownload },
  { path: '/cloud', name: 'rail.cloud', Icon: IconCloud },
  { path: '/settings', name: 'rail.settings', Icon: IconAdjustmentsHorizontal },
] as const;

/** The screens, always in reach. */
export function Rail() {
  const { t } = useTranslation();
  const [location] = useLocation();
  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      <span className={styles.mark} aria-hidden>
        V
      </span>
      {SCREENS.map(({ path, name, Icon }) => (
        <Link
          key={path}
          href={path}
          className={styles.entry ?? ''}
          aria-current={
            location === path || (path === '/search' && location === '/') ? 'page' : undefined
          }
          data-last={path === '/settings' || undefined}
        >
          <Icon size={20} stroke={1.7} aria-hidden />
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
