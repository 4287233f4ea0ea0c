import { app, protocol } from 'electron';
import { APP_SCHEME } from './scheme.ts';

// What must happen before Electron is ready, and nothing else. No top-level await of readiness in an
// ES module: it deadlocks (electron/electron#40719).
app.setName('Vitrine');
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  {
    scheme: APP_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
  },
]);

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(async () => {
    const { startShell } = await import('./start-shell.ts');
    await startShell();
  });
} else {
  app.quit();
}
