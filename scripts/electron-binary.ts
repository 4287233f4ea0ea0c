import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Long enough to hear that there is no way; a slow one goes by `npm run setup:electron`. */
const LONGEST_FETCH_MS = 20_000;
const FORGET_FAILURE_MS = 24 * 60 * 60 * 1000;

/** Where Electron lies, and where a failed fetch is remembered. */
export interface ElectronPlace {
  /** The folder of the `electron` package. */
  readonly package: string;
  readonly failure: string;
}

export const ELECTRON_PLACE: ElectronPlace = {
  package: path.join(ROOT, 'node_modules', 'electron'),
  failure: path.join(ROOT, 'node_modules', '.cache', 'vitrine', 'electron-not-fetched'),
};

/** The executable that `install-electron` put in place; null when there is none. */
export function findElectron(place: ElectronPlace = ELECTRON_PLACE): string | null {
  const pathFile = path.join(place.package, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(place.package, 'dist');
  const binary = path.join(folder, readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/**
 * Tries once to fetch the binary, and says so. Null when it worked; otherwise why not, at once when
 * it failed within a day.
 */
export async function fetchElectron(place: ElectronPlace = ELECTRON_PLACE): Promise<string | null> {
  const failedAt = statSync(place.failure, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failedAt < FORGET_FAILURE_MS) {
    return 'its binary could not be fetched; npm run setup:electron tries again';
  }
  process.stderr.write("Fetching Electron's binary, at most 20 seconds…\n");
  const failure = await runInstaller(place);
  if (failure === null) rmSync(place.failure, { force: true });
  else {
    mkdirSync(path.dirname(place.failure), { recursive: true });
    writeFileSync(place.failure, `${failure}\n`);
  }
  return failure;
}

function runInstaller(place: ElectronPlace): Promise<string | null> {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [path.join(place.package, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let lastWords = '';
    installer.stderr.on('data', (chunk: Buffer) => {
      lastWords = `${lastWords}${chunk.toString()}`.slice(-2_000);
    });
    const timer = setTimeout(() => installer.kill('SIGKILL'), LONGEST_FETCH_MS);
    installer.on('error', (error) => resolve(error.message));
    installer.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(null);
      else if (signal === 'SIGKILL') resolve('its binary did not arrive in 20 seconds');
      else resolve(`its binary could not be fetched (${reasonIn(lastWords)})`);
    });
  });
}

/** The line of a stack trace that says something. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const told = lines.find((line) => /error|failed|ENOTFOUND|ECONN|status/i.test(line));
  return told?.slice(0, 160) ?? 'no reason given';
}
