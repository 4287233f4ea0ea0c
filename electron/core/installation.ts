import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Installation {
  readonly version: string;
  readonly modelsDir: string;
  readonly resourcesDir: string;
  /** The built window. */
  readonly rendererDir: string;
}

/**
 * The folders that ship with Vitrine, as they lie in a checkout. `VITRINE_MODELS_DIR` names another
 * folder of models with a manifest of its own.
 */
export function findInstallation(root: string): Installation {
  const packageFile = readFileSync(path.join(root, 'package.json'), 'utf8');
  const { version } = JSON.parse(packageFile) as { version: string };
  const modelsDir = path.resolve(process.env['VITRINE_MODELS_DIR'] ?? path.join(root, 'models'));
  if (!existsSync(path.join(modelsDir, 'manifest.json'))) {
    throw new Error(`${modelsDir} holds no manifest.json: the installation is incomplete`);
  }
  return {
    version,
    modelsDir,
    resourcesDir: path.join(root, 'resources'),
    rendererDir: path.join(root, 'out', 'renderer'),
  };
}
