import { IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client } from '../api/client.ts';
import { chooseCatalog } from '../app/catalog-choice.ts';
import { refreshCatalogs } from '../app/live.ts';
import { notifyFailure } from '../app/notify.ts';
import { setText } from '../search/query-store.ts';
import { Cards } from './cards.tsx';
import styles from './first-run.module.css';
import { useOpenFolder } from './use-open-folder.ts';

/** The first thing a new user sees: one sentence and two ways on. */
export function FirstRun() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [starting, setStarting] = useState(false);
  const openFolder = useOpenFolder();

  const trySample = async () => {
    setStarting(true);
    try {
      const { catalogId } = await client.catalogs.addSample();
      // A question to begin with: the first answers come while the rest is still being embedded.
      setText(t('firstRun.firstQuery'));
      chooseCatalog(catalogId);
      navigate('/search');
      await refreshCatalogs();
    } catch (error) {
      notifyFailure(error);
      setStarting(false);
    }
  };

  return (
    <div className={styles.page}>
      <Cards />
      <h1 className={styles.title}>{t('firstRun.title')}</h1>
      <p className={styles.text}>{t('firstRun.text')}</p>
      <div className={styles.actions}>
        <button
          type="button"
          className="button"
          data-kind="primary"
          data-size="large"
          disabled={starting}
          onClick={() => void trySample()}
        >
          {t(starting ? 'firstRun.starting' : 'firstRun.sample')}
        </button>
        <button type="button" className="button" data-size="large" onClick={openFolder}>
          <IconFolder size={18} stroke={1.7} aria-hidden />
          {t('firstRun.open')}
        </button>
      </div>
      <p className={styles.note}>{t('firstRun.note')}</p>
    </div>
  );
}
