import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createElectronDouble, type ElectronDouble } from './electron-double.ts';

/**
 * Runs the built application on a double of Electron in this very process: `import … from
 * 'electron'` gets the double, everything else is as it will be shipped.
 */
export async function runBuilt(appPath: string): Promise<ElectronDouble> {
  const electron = createElectronDouble(appPath);
  const names = Object.keys(electron.module);
  Object.assign(globalThis, { electronDouble: electron.module });
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      specifier === 'electron'
        ? { url: 'double:electron', format: 'module', shortCircuit: true }
        : nextResolve(specifier, context),
    load: (url, context, nextLoad) =>
      url === 'double:electron'
        ? {
            format: 'module',
            source: `export const { ${names.join(', ')} } = globalThis.electronDouble;`,
            shortCircuit: true,
          }
        : nextLoad(url, context),
  });
  process.argv = ['/path/to/electron', appPath];
  await import(pathToFileURL(path.join(appPath, 'out', 'main', 'main.js')).href);
  electron.app.becomeReady();
  return electron;
}
