import { IconCoin, IconCloudUp, IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './cloud-screen.module.css';

const POINTS = [
  { key: 'sent', Icon: IconCloudUp },
  { key: 'kept', Icon: IconPhotoOff },
  { key: 'bill', Icon: IconCoin },
] as const;

/** Cloud: not there yet, and says what it will do and what it never does. */
export function CloudScreen() {
  const { t } = useTranslation();
  return (
    <div className={styles.screen}>
      <section className={styles.card} aria-labelledby="cloud-title">
        <h1 id="cloud-title" className={styles.title}>
          {t('cloud.title')}
        </h1>
        <p className={styles.text}>{t('cloud.text')}</p>
        <ul className={styles.points}>
          {POINTS.map(({ key, Icon }) => (
            <li key={key}>
              <Icon size={22} stroke={1.5} aria-hidden />
              <div>
                <h2>{t(`cloud.points.${key}.title`)}</h2>
                <p>{t(`cloud.points.${key}.text`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
