import type { LaunchWorker, Log } from '../ports.ts';
import type { PictureInput, Thumbnailer, ThumbnailOptions } from './embedder.ts';
import { SupervisedWorker } from './supervised-worker.ts';
import type { ThumbnailOutcome } from './worker/protocol.ts';

/**
 * Makes thumbnails in a second worker process: a hostile file cannot take the application down, and
 * none waits behind a model's run. That process never loads a model.
 */
export class ProcessThumbnailer implements Thumbnailer {
  readonly #worker: SupervisedWorker;

  constructor(options: { readonly launch: LaunchWorker; readonly log: Log }) {
    this.#worker = new SupervisedWorker({
      launch: () => options.launch('pictures'),
      log: options.log,
    });
  }

  async thumbnail(
    source: PictureInput['source'],
    { width, format = 'webp', signal }: ThumbnailOptions,
  ): Promise<ThumbnailOutcome> {
    const job = { kind: 'thumbnails', inputs: [{ source, width, format }] } as const;
    const [outcome] = await this.#worker.run(job, { priority: 'query', model: null, signal });
    return outcome as ThumbnailOutcome;
  }

  async stop(): Promise<void> {
    await this.#worker.stop();
  }
}
