import type { LaunchWorker, Log } from '../ports.ts';
import type { ModelRegistry, ResolvedModel } from '../models/model-registry.ts';
import type { Embedder, EmbedOptions, EmbedOutcome, PictureInput } from './embedder.ts';
import { SupervisedWorker } from './supervised-worker.ts';
import type { WorkerModel } from './worker/protocol.ts';

/** Embeds in a process of its own, started on first use and again whenever it dies. */
export class ProcessEmbedder implements Embedder {
  readonly #worker: SupervisedWorker;
  readonly #models: ModelRegistry;

  constructor(options: {
    readonly launch: LaunchWorker;
    readonly models: ModelRegistry;
    readonly log: Log;
  }) {
    this.#models = options.models;
    this.#worker = new SupervisedWorker({
      launch: () => options.launch('inference'),
      log: options.log,
    });
  }

  /** The worker's process id while it runs, for diagnostics. */
  get pid(): number | undefined {
    return this.#worker.pid;
  }

  async embedPictures(
    modelId: string,
    inputs: readonly PictureInput[],
    options: EmbedOptions,
  ): Promise<EmbedOutcome[]> {
    const model = workerModel(await this.#models.resolve(modelId));
    const job = { kind: 'pictures', modelKey: model.key, inputs } as const;
    return (await this.#worker.run(job, { ...options, model })) as EmbedOutcome[];
  }

  async embedTexts(
    modelId: string,
    texts: readonly string[],
    options: EmbedOptions,
  ): Promise<EmbedOutcome[]> {
    const model = workerModel(await this.#models.resolve(modelId));
    const job = { kind: 'texts', modelKey: model.key, inputs: texts } as const;
    return (await this.#worker.run(job, { ...options, model })) as EmbedOutcome[];
  }

  async warmUp(modelId: string): Promise<void> {
    await this.#worker.check(workerModel(await this.#models.resolve(modelId)));
  }

  /** Loads and runs a model whose file need not be in its place yet; MODEL_DAMAGED when it cannot. */
  async tryOut(model: ResolvedModel): Promise<void> {
    await this.#worker.check(workerModel(model));
  }

  async stop(): Promise<void> {
    await this.#worker.stop();
  }
}

/** Two files under one id are two models: the hash is part of the name they run under. */
function workerModel({ spec, sha256, modelPath, tokenizerPath }: ResolvedModel): WorkerModel {
  return { key: `${spec.id}@${sha256}`, spec, modelPath, tokenizerPath };
}
