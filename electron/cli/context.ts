import path from 'node:path';
import { createApp, type App } from '../core/app.ts';
import { defaultDataDir } from '../core/data-dir.ts';
import { forkWorker } from '../core/embedding/fork-worker.ts';
import { createFileLog } from '../core/file-log.ts';
import { findInstallation, type Installation } from '../core/installation.ts';
import type { Log } from '../core/ports.ts';
import type { JobKind } from '../core/queue/job-store.ts';
import { startPracticeCloud } from '../practice-cloud/start-practice-cloud.ts';

export interface GlobalOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** The checkout this command line belongs to. */
export function installation(): Installation {
  return findInstallation(path.resolve(import.meta.dirname, '..', '..'));
}

/**
 * Mounts the core for one command and takes it down again, whatever happens. `jobs` are the kinds of
 * jobs the command runs itself; none by default.
 */
export async function withApp<T>(
  options: GlobalOptions,
  use: (app: App) => Promise<T>,
  { jobs = [], host = 'cli' }: { jobs?: readonly JobKind[]; host?: 'cli' | 'browser' } = {},
): Promise<T> {
  const dataDir = options.dataDir === undefined ? defaultDataDir() : path.resolve(options.dataDir);
  const toStderr = createStderrLog(options.verbose === true ? 'debug' : 'warn');
  // A window has no terminal to look at: it says "the details are in the log".
  const toFile = host === 'browser' ? createFileLog(path.join(dataDir, 'logs')) : null;
  const log: Log = (level, message, data) => {
    toStderr(level, message, data);
    toFile?.(level, message, data);
  };
  const app = createApp({
    ...installation(),
    dataDir,
    host,
    folderChooser: 'ours',
    jobs,
    ports: {
      launchWorker: forkWorker(log),
      log,
      ...(host === 'browser' ? { startPracticeCloud } : {}),
    },
  });
  try {
    return await use(app);
  } finally {
    await app.stop();
  }
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Log lines as JSON on standard error, so that standard output stays the command's answer. */
function createStderrLog(least: (typeof LEVELS)[number]): Log {
  return (level, message, data) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    process.stderr.write(`${JSON.stringify({ level, message, ...data })}\n`);
  };
}
