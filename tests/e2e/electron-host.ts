import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { findElectron } from '../../scripts/electron-binary.ts';
import { ROOT } from '../support/test-app.ts';

export const NO_ELECTRON = "Electron's binary is not here: run npm run setup:electron.";

export interface ElectronHost {
  readonly openWindow: () => Promise<Page>;
  readonly stop: () => Promise<void>;
}

/**
 * The built application (`npm run build`) in real Electron, on a data folder. Null where there is no
 * binary.
 */
export async function startElectron(
  dataDir: string,
  env: Readonly<Record<string, string>>,
): Promise<ElectronHost | null> {
  const executablePath = findElectron();
  if (executablePath === null) return null;
  // A spec may end in the middle of an ingest: nobody is there to answer whether to quit.
  await writeFile(path.join(dataDir, 'shell.json'), JSON.stringify({ asksBeforeQuit: false }));
  const electron = await _electron.launch({
    executablePath,
    // Build machines do not let a downloaded binary have Chromium's sandbox on Linux.
    args: [ROOT, ...(process.platform === 'linux' ? ['--no-sandbox'] : [])],
    env: { ...inherited(), ...env, VITRINE_DATA_DIR: dataDir },
  });
  return {
    async openWindow() {
      const page = await electron.firstWindow();
      await page.waitForLoadState();
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await electron.evaluate(({ BrowserWindow, session }) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900);
        // Specs read the clipboard, which a page of ours may not; what is denied the shell tests prove.
        const { defaultSession } = session;
        defaultSession.setPermissionCheckHandler(() => true);
        defaultSession.setPermissionRequestHandler((_contents, _permission, answer) =>
          answer(true),
        );
      });
      return page;
    },
    stop: () => electron.close(),
  };
}

/** Without what would change how Electron starts. */
function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries.filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE'));
}
