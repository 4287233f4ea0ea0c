import type { ModelDownload } from '../../../shared/contract/models.ts';
import { describeError, VitrineError } from '../errors.ts';
import { Throughput } from '../ingest/throughput.ts';
import { downloadFile, type DownloadProgress } from './download/download-file.ts';
import { downloadAddress, MIRROR_VARIABLE } from './download/origin.ts';
import { PartFile } from './download/part-file.ts';
import type { ModelFile } from './manifest.ts';
import { filesOf, type ModelRegistry } from './model-registry.ts';
import type { ModelSettings } from './model-settings.ts';

/** Bytes arrive thousands of times a second; nobody looks as often. */
const NOTE_EVERY_MS = 200;

interface Running {
  readonly abort: AbortController;
  readonly over: Promise<void>;
}

export interface ModelDownloadsOptions {
  readonly registry: ModelRegistry;
  readonly settings: Pick<ModelSettings, 'acceptHash'>;
  /** Bytes have arrived. */
  readonly onProgress: () => void;
  /** One is done, stopped, failed or thrown away. */
  readonly onEnded: () => void;
  /** Called when a model's files have all arrived. */
  readonly onInstalled: (id: string) => void;
  readonly env?: NodeJS.ProcessEnv;
  /** See DownloadOptions. */
  readonly retryMs?: readonly number[];
}

/** The downloads of this process: one a model at a time, each going on where it was stopped. */
export class ModelDownloads {
  readonly #options: ModelDownloadsOptions;
  readonly #starting = new Set<string>();
  readonly #running = new Map<string, Running>();
  readonly #states = new Map<string, ModelDownload>();

  constructor(options: ModelDownloadsOptions) {
    this.#options = options;
  }

  /** Under way or failed. */
  snapshot(): ModelDownload[] {
    return [...this.#states.values()];
  }

  /**
   * Starts in the background, or goes on; nothing when it is under way.
   *
   * @throws VitrineError MODEL_MISSING when there is no such model, or no address for what it lacks.
   */
  async start(id: string): Promise<void> {
    if (this.#running.has(id) || this.#starting.has(id)) return;
    this.#starting.add(id);
    try {
      await this.#addresses(id);
      this.#set(id, await this.#described(id, { state: 'running', error: null }));
    } finally {
      this.#starting.delete(id);
    }
    const abort = new AbortController();
    const over = this.run(id, { signal: abort.signal }).catch(async (error: unknown) => {
      if (abort.signal.aborted) this.#set(id, null);
      else await this.#fail(id, error);
    });
    this.#running.set(id, { abort, over });
    void over.finally(() => this.#running.delete(id));
  }

  /** Stops it; what has arrived stays. Also takes a failed one off the list. */
  async pause(id: string): Promise<void> {
    const running = this.#running.get(id);
    running?.abort.abort();
    await running?.over;
    this.#set(id, null);
  }

  /** Stops it and throws away what has arrived. */
  async discard(id: string): Promise<void> {
    await this.pause(id);
    for (const part of await this.#parts(id)) {
      await part.whileLocked(() => part.discard());
    }
    this.#options.onEnded();
  }

  /** Bytes of files that have begun to arrive. */
  async partBytes(id: string): Promise<number> {
    const sizes = await Promise.all((await this.#parts(id)).map((part) => part.size()));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /**
   * Fetches what a model lacks, and resolves when all of it is in place.
   *
   * @throws VitrineError as downloadFile does, MODEL_MISSING, or the signal's reason.
   */
  async run(
    id: string,
    options: { readonly signal: AbortSignal; readonly onProgress?: (state: ModelDownload) => void },
  ): Promise<void> {
    const { registry, settings, retryMs, onInstalled } = this.#options;
    const files = await this.#addresses(id);
    const rate = new Throughput();
    let before = 0;
    for (const [index, { file, url }] of files.entries()) {
      const rest = files.slice(index + 1).reduce((sum, one) => sum + bytesOf(one.file), 0);
      const note = this.#noteOf(id, { before, rest, rate, onProgress: options.onProgress });
      const { sha256, sizeBytes } = await downloadFile(
        {
          url,
          target: registry.placeOf(file),
          sizeBytes: file.sizeBytes,
          sha256: file.sha256,
        },
        {
          signal: options.signal,
          onProgress: note,
          ...(retryMs === undefined ? {} : { retryMs }),
        },
      );
      if (file.sha256 === undefined) settings.acceptHash(file.path, sha256);
      await registry.noteHash(file, sha256);
      before += sizeBytes;
    }
    this.#set(id, null);
    onInstalled(id);
  }

  async stop(): Promise<void> {
    for (const { abort } of this.#running.values()) abort.abort();
    await Promise.all([...this.#running.values()].map(({ over }) => over));
  }

  async #addresses(id: string): Promise<{ file: ModelFile; url: URL }[]> {
    const mirror = (this.#options.env ?? process.env)[MIRROR_VARIABLE];
    return (await this.#options.registry.filesToFetch(id)).map((file) => {
      if (file.url !== undefined) return { file, url: downloadAddress(file.url, mirror) };
      throw new VitrineError(
        'MODEL_MISSING',
        `${file.path} ships with Vitrine and is on no server.`,
        {
          action: 'Install Vitrine again, or import the file.',
          subject: file.path,
        },
      );
    });
  }

  async #parts(id: string): Promise<PartFile[]> {
    const { registry } = this.#options;
    return filesOf(await registry.spec(id))
      .filter((file) => file.url !== undefined)
      .map((file) => new PartFile(registry.placeOf(file)));
  }

  /** Turns progress of one file into that of the model, a few times a second. */
  #noteOf(
    id: string,
    model: {
      readonly before: number;
      readonly rest: number;
      readonly rate: Throughput;
      readonly onProgress: ((state: ModelDownload) => void) | undefined;
    },
  ): (progress: DownloadProgress) => void {
    const { before, rest, rate, onProgress } = model;
    let last: (DownloadProgress & { readonly at: number }) | undefined;
    return (progress) => {
      const now = Date.now();
      const isSame = last?.state === progress.state && progress.doneBytes !== progress.totalBytes;
      if (last !== undefined && isSame && now - last.at < NOTE_EVERY_MS) return;
      if (last?.state === 'running' && progress.state === 'running') {
        rate.note(progress.doneBytes - last.doneBytes, now - last.at);
      }
      last = { ...progress, at: now };
      const { state, error } = progress;
      const doneBytes = before + progress.doneBytes;
      const totalBytes = progress.totalBytes === null ? null : before + progress.totalBytes + rest;
      const bytesPerSecond = state === 'running' ? rate.ratePerSecond() : null;
      const etaSeconds =
        bytesPerSecond === null || bytesPerSecond === 0 || totalBytes === null
          ? null
          : (totalBytes - doneBytes) / bytesPerSecond;
      const described: ModelDownload = {
        id,
        state,
        doneBytes,
        totalBytes,
        bytesPerSecond,
        etaSeconds,
        error: error && describe(error),
      };
      this.#set(id, described);
      onProgress?.(described);
    };
  }

  async #fail(id: string, error: unknown): Promise<void> {
    this.#set(id, await this.#described(id, { state: 'failed', error: describe(error) }));
  }

  /** A download that does not move. */
  async #described(
    id: string,
    how: Pick<ModelDownload, 'state' | 'error'>,
  ): Promise<ModelDownload> {
    const files = await this.#options.registry.filesToFetch(id);
    const expected = files.reduce((sum, file) => sum + bytesOf(file), 0);
    const { totalBytes = expected } = this.#states.get(id) ?? {};
    const doneBytes = await this.partBytes(id);
    return { id, ...how, doneBytes, totalBytes, bytesPerSecond: null, etaSeconds: null };
  }

  #set(id: string, state: ModelDownload | null): void {
    if (state === null) this.#states.delete(id);
    else this.#states.set(id, state);
    if (state === null || state.state === 'failed') this.#options.onEnded();
    else this.#options.onProgress();
  }
}

function bytesOf(file: ModelFile): number {
  return file.sizeBytes ?? file.aboutBytes ?? 0;
}

function describe(error: unknown): NonNullable<ModelDownload['error']> {
  return error instanceof VitrineError
    ? { code: error.code, message: error.message, action: error.data.action ?? '' }
    : { code: 'INTERNAL', message: describeError(error), action: 'Try again.' };
}
