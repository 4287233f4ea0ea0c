import { useTranslation } from 'react-i18next';
import { AppearanceSection } from './appearance-section.tsx';
import { DataFolderSection } from './data-folder-section.tsx';
import { DiagnosticsSection } from './diagnostics-section.tsx';
import { ModelsSection } from './models-section.tsx';
import styles from './settings-screen.module.css';

/** Settings: which models there are, how the window looks, where everything lies, and on what it runs. */
export function SettingsScreen() {
  const { t } = useTranslation();
  return (
    <div className={styles.screen}>
      <h1 className={styles.title}>{t('rail.settings')}</h1>
      <ModelsSection />
      <AppearanceSection />
      <DataFolderSection />
      <DiagnosticsSection />
    </div>
  );
}
