import path from 'node:path';
import { z } from 'zod';
import { describeError, VitrineError } from '../errors.ts';
import type { Log, PracticeEndpoint, StartPracticeCloud } from '../ports.ts';
import type { SettingStore } from '../settings/setting-store.ts';
import type { ConnectionService } from './connection-service.ts';

const SETTING = 'cloud.practice';
const placeSchema = z.object({ endpoint: z.url() });

export interface PracticeServiceOptions {
  readonly dataDir: string;
  readonly settings: SettingStore;
  readonly connections: ConnectionService;
  /** Left out by hosts that have no window: they use what a window has started. */
  readonly start?: StartPracticeCloud | undefined;
  readonly log: Log;
}

/** The practice cloud of a data folder: for trying everything out without an account. */
export class PracticeService {
  readonly #options: PracticeServiceOptions;
  #running: Promise<PracticeEndpoint> | null = null;

  constructor(options: PracticeServiceOptions) {
    this.#options = options;
  }

  /**
   * Starts it, if it does not run, and connects to it.
   *
   * @throws VitrineError BUSY when another program has taken its port
   */
  async connect(): Promise<void> {
    const { connections, settings } = this.#options;
    const { endpoint, region } = await this.#start();
    settings.write(SETTING, { endpoint });
    await connections.set({ source: { kind: 'practice' }, region, endpoint });
  }

  /** Where it listens when it runs; null before its first start. */
  endpoint(): string | null {
    return this.#options.settings.read(SETTING, placeSchema)?.endpoint ?? null;
  }

  /** At the start of the application: what was connected to the practice cloud finds it again. */
  async resume(): Promise<void> {
    const { connections, start, log } = this.#options;
    const connection = connections.get();
    const isOurs =
      connection?.source.kind === 'practice' && connection.endpoint === this.endpoint();
    if (!isOurs || start === undefined) return;
    await this.#start().catch((error: unknown) => {
      log('error', 'The practice cloud does not start', { error: describeError(error) });
    });
  }

  async stop(): Promise<void> {
    const running = await this.#running?.catch(() => null);
    this.#running = null;
    await running?.stop();
  }

  #start(): Promise<PracticeEndpoint> {
    this.#running ??= this.#launch().catch((error: unknown) => {
      this.#running = null;
      throw error;
    });
    return this.#running;
  }

  async #launch(): Promise<PracticeEndpoint> {
    const { dataDir, start } = this.#options;
    if (start === undefined) {
      throw new VitrineError('INVALID_INPUT', 'Only a window starts the practice cloud.', {
        action: 'Open Vitrine, or run npm run s3vectors:local and connect to its address.',
      });
    }
    // On the port it had: links name the address.
    const endpoint = this.endpoint();
    const port = endpoint === null ? undefined : Number(new URL(endpoint).port);
    try {
      return await start({ dataDir: path.join(dataDir, 'practice-cloud'), port });
    } catch (error) {
      if (endpoint === null) throw error;
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
        throw new VitrineError('BUSY', `Another program has taken the address ${endpoint}.`, {
          action: 'End that program and try again: catalogs are linked to this address.',
          subject: endpoint,
        });
      }
      // It locks its folder before it listens: whoever holds the folder and answers is ours.
      if (await isPracticeCloud(endpoint)) return runningElsewhere(endpoint);
      throw error;
    }
  }
}

/** A second window's process shares what the first one has started. */
function runningElsewhere(endpoint: string): PracticeEndpoint {
  return { endpoint, region: 'us-east-1', stop: () => Promise.resolve() };
}

async function isPracticeCloud(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/practice/counters`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
