import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
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
  await linkWindow(path.join(folder, 'out', 'renderer'));
  await promisify(execFile)(
    process.execPath,
    [ELECTRON_VITE, 'build', '--outDir', path.join(folder, 'out'), '--logLevel', 'error'],
    { cwd: ROOT, env: { ...process.env, VITRINE_BUILD: 'shell' } },
  );
}

/** The window as it was built last; where it never was, a page stands for it. */
async function linkWindow(target: string): Promise<void> {
  const built = path.join(ROOT, 'out', 'renderer');
  if (existsSync(path.join(built, 'index.html'))) return symlink(built, target, 'junction');
  await mkdir(target);
  await writeFile(path.join(target, 'index.html'), '<!doctype html><title>Vitrine</title>');
}
