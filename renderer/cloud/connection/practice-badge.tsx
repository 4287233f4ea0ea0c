import { useTranslation } from 'react-i18next';
import styles from './practice-badge.module.css';

/** Says that nothing here is the real service. */
export function PracticeBadge() {
  const { t } = useTranslation();
  return (
    <span className={styles.badge} title={t('cloud.practice.badgeHint')}>
      {t('cloud.practice.badge')}
    </span>
  );
}
