import { IconCloudUp, IconCoin, IconPhotoOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notifyFailure } from '../../app/notify.ts';
import { startPractice } from '../use-cloud.ts';
import styles from './welcome.module.css';

const POINTS = [
  { key: 'sent', Icon: IconCloudUp },
  { key: 'kept', Icon: IconPhotoOff },
  { key: 'bill', Icon: IconCoin },
] as const;

/** Not connected: what publishing means, and the two ways on. */
export function Welcome({ onConnect }: { readonly onConnect: () => void }) {
  const { t } = useTranslation();
  const practice = useMutation({ mutationFn: startPractice, onError: notifyFailure });
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
        <div className={styles.ways}>
          <button
            type="button"
            className="button"
            data-kind="primary"
            data-size="large"
            onClick={onConnect}
          >
            {t('cloud.connectAccount')}
          </button>
          <button
            type="button"
            className="button"
            data-size="large"
            disabled={practice.isPending}
            onClick={() => practice.mutate()}
          >
            {t(practice.isPending ? 'cloud.practice.starting' : 'cloud.practice.start')}
          </button>
        </div>
        <p className={styles.note}>{t('cloud.practice.help')}</p>
      </section>
    </div>
  );
}
