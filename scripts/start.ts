import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildShellIfStale, buildWindowIfStale } from './build-window.ts';
import { reasonForBrowser } from './choose-host.ts';
import { KEEP_COMPILED } from './compile-cache.ts';
import { fetchElectron, findElectron } from './electron-binary.ts';

/**
 * `npm start`: builds what is stale and opens the desktop window; or, where there can be none, the
 * same application in the browser, served on this computer only, with one line saying why.
 */
const ROOT = path.resolve(import.meta.dirname, '..');
/** Electron that ends so soon with a failure never showed a window. */
const SOON_MS = 5_000;

const args = process.argv.slice(2);
buildWindowIfStale();
const why =
  reasonForBrowser({
    args,
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
  }) ?? (await reasonWithoutElectron());
if (why === null) await openDesktop();
else await openBrowser(why);

async function reasonWithoutElectron(): Promise<string | null> {
  if (findElectron() !== null) return null;
  const failure = await fetchElectron();
  if (failure !== null) return `Electron is not here: ${failure}`;
  return findElectron() === null ? 'Electron is not here: its installer left no binary' : null;
}

async function openDesktop(): Promise<void> {
  buildShellIfStale();
  const started = Date.now();
  const dataDir = dataDirOf(args);
  const env: Record<string, string> = dataDir === undefined ? {} : { VITRINE_DATA_DIR: dataDir };
  const code = await run(findElectron() ?? '', [ROOT, ...withoutDataDir(args)], env);
  if (code !== 0 && Date.now() - started < SOON_MS) {
    return openBrowser(`Electron ended at once (exit code ${code})`);
  }
  process.exitCode = code;
}

async function openBrowser(reason: string): Promise<void> {
  process.stderr.write(`Opening in the browser: ${reason}.\n`);
  const main = path.join(ROOT, 'electron', 'cli', 'main.ts');
  const flags = args.filter((arg) => arg !== '--browser');
  process.exitCode = await run(process.execPath, [main, 'serve', ...flags], KEEP_COMPILED);
}

function run(
  command: string,
  commandArgs: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const child = spawn(command, commandArgs, { stdio: 'inherit', env: { ...process.env, ...env } });
  // Ctrl-C in a terminal reaches the child by itself; this process only waits for its clean end.
  const ignore = () => undefined;
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', ignore).on('SIGTERM', pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('SIGINT', ignore).off('SIGTERM', pass);
      resolve(code ?? 1);
    });
  });
}

/** `--data-dir` is the command line's; the shell takes it from the environment. */
function dataDirOf(all: readonly string[]): string | undefined {
  const at = all.indexOf('--data-dir');
  return at < 0 ? undefined : all[at + 1];
}

function withoutDataDir(all: readonly string[]): string[] {
  const at = all.indexOf('--data-dir');
  return at < 0 ? [...all] : all.toSpliced(at, 2);
}
