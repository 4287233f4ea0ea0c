import path from 'node:path';
import { resolveConfig as resolveShell } from 'electron-vite';
import { resolveConfig } from 'vite';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Where the hosts look for the window (core/installation.ts). */
const WINDOW = path.join(ROOT, 'out', 'renderer');

// electron-vite takes a relative folder from another place than vite: the window once lay beside the
// project after `npm run build`, where nobody looked for it.
test('both builds write the window where the hosts look for it', async () => {
  const alone = await resolveConfig(
    { configFile: path.join(ROOT, 'renderer', 'vite.config.ts') },
    'build',
  );
  expect(path.resolve(alone.root, alone.build.outDir)).toBe(WINDOW);
  const { config } = await resolveShell(
    { root: ROOT, configFile: path.join(ROOT, 'electron.vite.config.ts') },
    'build',
  );
  expect(config?.renderer?.build?.outDir).toBe(WINDOW);
});
