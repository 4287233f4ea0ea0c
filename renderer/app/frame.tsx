import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch } from 'wouter';
import { BrowseScreen } from '../browse/browse-screen.tsx';
import { CloudScreen } from '../cloud/cloud-screen.tsx';
import { CollectDialog } from '../collections/collect-dialog.tsx';
import { CheatSheet } from '../commands/cheat-sheet.tsx';
import { FirstRun } from '../first-run/first-run.tsx';
import { IngestScreen } from '../ingest/ingest-screen.tsx';
import { SearchScreen } from '../search/search-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { Announcer } from './announce.tsx';
import { CatalogSwitcher } from './catalog-switcher.tsx';
import styles from './frame.module.css';
import { FolderDialog } from '../first-run/folder-dialog.tsx';
import { GlobalDrop } from './global-drop.tsx';
import { useLive } from './live.ts';
import { Message } from './message.tsx';
import { Rail } from './rail.tsx';
import { StatusPill } from './status-pill.tsx';
import { useMilestones } from './use-milestones.ts';
import { useRestoreNotice } from './use-restore-notice.ts';
import { useNativeTheme } from './use-native-theme.ts';
import { useWindowCommands } from './use-window-commands.ts';

/** The rail, the bar with the catalog and the status, and the screen between them. */
export function Frame() {
  const { t } = useTranslation();
  const catalogs = useLive((state) => state.catalogs);
  const connection = useLive((state) => state.connection);
  useWindowCommands();
  useMilestones();
  useRestoreNotice();
  useNativeTheme();

  if (connection === 'refused') {
    return (
      <Message
        role="alert"
        icon={<IconKey size={36} stroke={1.3} aria-hidden />}
        title={t('connection.refused')}
        text={t('connection.refusedHelp')}
      />
    );
  }
  const none = catalogs !== null && catalogs.length === 0;
  return (
    <div className={styles.frame}>
      <Rail />
      <div className={styles.main}>
        {!none && (
          <section className={styles.bar} aria-label={t('rail.bar')}>
            <CatalogSwitcher />
            <StatusPill />
          </section>
        )}
        <main className={styles.screen}>
          {catalogs === null ? (
            <Message title={connection === 'open' ? '' : t('connection.connecting')} />
          ) : (
            <Switch>
              <Route path="/cloud" component={CloudScreen} />
              <Route path="/settings" component={SettingsScreen} />
              {none && <Route component={FirstRun} />}
              <Route path="/search" component={SearchScreen} />
              <Route path="/browse" component={BrowseScreen} />
              <Route path="/ingest" component={IngestScreen} />
              <Route>
                <Redirect to="/search" replace />
              </Route>
            </Switch>
          )}
        </main>
      </div>
      <GlobalDrop />
      <FolderDialog />
      <CheatSheet />
      <CollectDialog />
      <Announcer />
    </div>
  );
}
