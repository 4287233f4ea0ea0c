import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { type CommandId, COMMANDS } from '../../shared/commands.ts';
import type { DesktopEvent } from '../../shared/desktop.ts';
import { desktopBridge } from '../api/host.ts';
import { showCheatSheet } from '../commands/cheat-sheet.tsx';
import { listenForKeys, runCommand } from '../commands/registry.ts';
import { useCommand } from '../commands/use-command.ts';
import { useOpenFolder } from '../first-run/use-open-folder.ts';
import { askWithWords } from '../search/query-store.ts';
import { chooseCatalog } from './catalog-choice.ts';
import { refreshCatalogs } from './live.ts';
import { notifyFailure } from './notify.ts';

/** What the window itself answers on every screen, whether by a key, a menu or a link. */
export function useWindowCommands(): void {
  const [, navigate] = useLocation();
  const openFolder = useOpenFolder();
  const toSearch = (selector: string, act: (element: HTMLElement) => void) => {
    navigate('/search');
    // The screen may only now be drawn.
    requestAnimationFrame(() => {
      const element = document.querySelector<HTMLElement>(selector);
      if (element) act(element);
    });
  };
  useCommand('openFolder', 'window', openFolder);
  useCommand('openSettings', 'window', () => navigate('/settings'));
  useCommand('goSearch', 'window', () => navigate('/search'));
  useCommand('goBrowse', 'window', () => navigate('/browse'));
  useCommand('goIngest', 'window', () => navigate('/ingest'));
  useCommand('goCloud', 'window', () => navigate('/cloud'));
  useCommand('goBack', 'window', () => window.history.back());
  useCommand('goForward', 'window', () => window.history.forward());
  useCommand('findWords', 'window', () => toSearch('#query-words', (words) => words.focus()));
  useCommand('pickPicture', 'window', () =>
    toSearch('#query-picture', (well) => {
      // A page opens a file dialog only on a key or a click of its own, which a native menu is not.
      if (navigator.userActivation.isActive) well.click();
      else well.focus();
    }),
  );
  useCommand('showKeys', 'window', showCheatSheet);
  useEffect(listenForKeys, []);

  useEffect(() => {
    const take = (event: DesktopEvent) => {
      switch (event.type) {
        case 'command':
          return runFromMenu(event.id, navigate);
        case 'search':
          askWithWords(event.words);
          return navigate('/search');
        case 'catalog':
          refreshCatalogs().then(() => {
            chooseCatalog(event.catalogId);
            navigate('/search');
          }, notifyFailure);
      }
    };
    return desktopBridge()?.onEvent(take);
  }, [navigate]);
}

/** A menu is there on every screen: what only Search can do goes there first. */
function runFromMenu(id: CommandId, navigate: (to: string) => void): void {
  if (runCommand(id)) return;
  const command = COMMANDS.find((entry) => entry.id === id);
  if (command?.section !== 'search') return;
  navigate('/search');
  requestAnimationFrame(() => runCommand(id));
}
