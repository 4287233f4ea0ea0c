import { app, protocol } from 'electron';
import { defaultDataDir } from '../core/data-dir.ts';
import { keepCrashDumps } from './crash-dumps.ts';
import { Openings } from './openings.ts';
import { placeFiles } from './place-files.ts';
import { SCHEME_PRIVILEGES } from './scheme.ts';
import { tellFailedStart } from './failed-start.ts';

// What must happen before Electron is ready, and nothing else. No top-level await of readiness in an
// ES module: it deadlocks (electron/electron#40719).
try {
  const dataDir = defaultDataDir();
  const commandLine = { argv: process.argv, cwd: process.cwd() };
  app.setName('Vitrine');
  app.setAppUserModelId('app.vitrine');
  placeFiles(app, dataDir);
  keepCrashDumps();
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([SCHEME_PRIVILEGES]);
  if (app.isPackaged) app.setAsDefaultProtocolClient(SCHEME_PRIVILEGES.scheme);

  if (app.requestSingleInstanceLock(commandLine)) {
    const openings = new Openings(app, commandLine);
    app
      .whenReady()
      .then(() => import('./start-shell.ts'))
      .then(({ startShell }) => startShell({ dataDir, openings }))
      .catch(tellFailedStart);
  } else {
    // The one that runs has been told, and comes to the front.
    app.quit();
  }
} catch (error) {
  tellFailedStart(error);
}
