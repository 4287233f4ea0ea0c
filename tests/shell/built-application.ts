import { execFile } from 'node:child_process';
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../support/test-app.ts';

const ELECTRON_VITE = path.join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');

/**
 * Lays out the application in `folder` as Electron would find it: the shell, its preload and its
 * workers built just now; models, resources and packages linked.
 */
export async function buildApplication(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'out'), { recursive: true });
  await copyFile(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  for (const name of ['models', 'resources', 'node_modules']) {
    await symlink(path.join(ROOT, name), path.join(folder, name), 'junction');
  }
  // A page stands for the window: what it does is proven in a browser.
  await mkdir(path.join(folder, 'out', 'renderer'));
  await writeFile(path.join(folder, 'out', 'renderer', 'index.html'), '<title>Vitrine</title>');
  await promisify(execFile)(
    process.execPath,
    [ELECTRON_VITE, 'build', '--outDir', path.join(folder, 'out'), '--logLevel', 'error'],
    { cwd: ROOT, env: { ...process.env, VITRINE_BUILD: 'shell' } },
  );
}
