import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../api/client.ts';
import { Segments } from '../app/segments.tsx';
import { ModelsList } from './models-list.tsx';
import styles from './settings-screen.module.css';

/** Settings: how the window looks, which models there are, where everything lies. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const info = useQuery({ queryKey: ['info'], queryFn: () => client.app.info() }).data;
  return (
    <div className={styles.screen}>
      <h1 className={styles.title}>{t('rail.settings')}</h1>
      <section className={styles.section} aria-labelledby="settings-appearance">
        <h2 id="settings-appearance">{t('settings.appearance')}</h2>
        <Segments
          label={t('settings.appearance')}
          value={colorScheme}
          onChange={setColorScheme}
          segments={[
            { value: 'auto', label: t('settings.system') },
            { value: 'light', label: t('settings.light') },
            { value: 'dark', label: t('settings.dark') },
          ]}
        />
      </section>
      <section className={styles.section} aria-labelledby="settings-models">
        <h2 id="settings-models">{t('settings.models')}</h2>
        <p>{t('settings.modelsHelp')}</p>
        <ModelsList />
      </section>
      <section className={styles.section} aria-labelledby="settings-data">
        <h2 id="settings-data">{t('settings.data')}</h2>
        <p>{t('settings.dataHelp')}</p>
        {info && <p className={styles.path}>{info.dataDir}</p>}
      </section>
      <section className={styles.section} aria-labelledby="settings-about">
        <h2 id="settings-about">{t('settings.about')}</h2>
        {info && (
          <p>
            {t('settings.version', { version: info.version })} · {t(`settings.host.${info.host}`)}
          </p>
        )}
      </section>
    </div>
  );
}
