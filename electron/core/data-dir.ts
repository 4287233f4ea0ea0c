import os from 'node:os';
import path from 'node:path';

/**
 * Where the user's data lives unless told otherwise (`VITRINE_DATA_DIR`, `--data-dir`): the folder
 * each system keeps application data in.
 */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env['VITRINE_DATA_DIR'];
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  const home = os.homedir();
  switch (process.platform) {
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Vitrine');
    case 'win32':
      return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Vitrine');
    default:
      return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'vitrine');
  }
}
