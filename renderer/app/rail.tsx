import {
  IconAdjustmentsHorizontal,
  IconCloud,
  IconDownload,
  IconKeyboard,
  IconLayoutGrid,
  IconSearch,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { showCheatSheet } from '../commands/cheat-sheet.tsx';
import styles from './rail.module.css';

const SCREENS = [
  { path: '/search', name: 'rail.search', Icon: IconSearch },
  { path: '/browse', name: 'rail.browse', Icon: IconLayoutGrid },
  { path: '/ingest', name: 'rail.ingest', Icon: IconDownload },
  { path: '/cloud', name: 'rail.cloud', Icon: IconCloud },
] as const;

const SETTINGS = {
  path: '/settings',
  name: 'rail.settings',
  Icon: IconAdjustmentsHorizontal,
} as const;

/** The screens, always in reach. */
export function Rail() {
  const { t } = useTranslation();
  const [location] = useLocation();
  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      <span className={styles.mark} aria-hidden>
        V
      </span>
      {SCREENS.map((screen) => renderEntry(screen))}
      <button
        type="button"
        className={styles.keys}
        aria-label={t('keys.title')}
        title={t('keys.title')}
        onClick={showCheatSheet}
      >
        <IconKeyboard size={20} stroke={1.6} aria-hidden />
      </button>
      {renderEntry(SETTINGS)}
    </nav>
  );

  function renderEntry({ path, name, Icon }: (typeof SCREENS)[number] | typeof SETTINGS) {
    const here = location === path || (path === '/search' && location === '/');
    return (
      <Link
        key={path}
        href={path}
        className={styles.entry ?? ''}
        aria-current={here ? 'page' : undefined}
      >
        <Icon size={20} stroke={1.7} aria-hidden />
        {t(name)}
      </Link>
    );
  }
}
