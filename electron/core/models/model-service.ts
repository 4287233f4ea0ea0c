import type {
  Modality,
  ModelDownload,
  ModelInfo,
  ModelsLive,
} from '../../../shared/contract/models.ts';
import type { ProcessEmbedder } from '../embedding/process-embedder.ts';
import { VitrineError } from '../errors.ts';
import { importModels, type ImportRequest } from './import-models.ts';
import { IncomingFiles } from './incoming-files.ts';
import type { ModelSpec } from './manifest.ts';
import { measureModel } from './measure-model.ts';
import { ModelDownloads } from './model-downloads.ts';
import type { ModelFacts, ModelRegistry, ResolvedModel } from './model-registry.ts';
import type { ModelSettings } from './model-settings.ts';
import type { ModelUse } from './model-use.ts';

export interface ModelServiceOptions {
  readonly registry: ModelRegistry;
  readonly settings: ModelSettings;
  readonly use: ModelUse;
  /**
   * A process of its own for a model that is measured or tried: it gives the memory back, and a file
   * that brings it down takes no query with it.
   */
  readonly openEmbedder: () => ProcessEmbedder;
  /** Where pieces of imported files wait. */
  readonly incomingDir: string;
  /** Bundled pictures to measure with. */
  readonly samplePictures: string;
  /** Whether something embeds right now, in this process or another. */
  readonly isEmbedding: () => boolean;
  /** Another model may be the active one now: what it lacks must be planned. */
  readonly onActiveChanged: () => void;
  /** `live` has something new to say. */
  readonly onChange: () => void;
  readonly downloadRetryMs?: readonly number[];
}

/** What a user can do with models. */
export class ModelService {
  readonly downloads: ModelDownloads;
  readonly #options: ModelServiceOptions;
  readonly #incoming: IncomingFiles;
  #chosen: string;
  #measuring: Promise<unknown> = Promise.resolve();
  /** Not the one before a restart either. */
  #revision = Date.now();

  constructor(options: ModelServiceOptions) {
    this.#options = options;
    this.#incoming = new IncomingFiles(options.incomingDir);
    this.#chosen = this.#readChosen();
    this.downloads = new ModelDownloads({
      registry: options.registry,
      settings: options.settings,
      onProgress: options.onChange,
      onEnded: () => this.#changed(),
      onInstalled: options.onActiveChanged,
      ...(options.downloadRetryMs === undefined ? {} : { retryMs: options.downloadRetryMs }),
    });
  }

  /** Every model of the manifest, whether it can be used, and what using it would cost. */
  async list(): Promise<ModelInfo[]> {
    const facts = await this.#options.registry.list();
    return Promise.all(facts.map((one) => this.#describe(one)));
  }

  /** A short download is over before anybody has seen it: the revision tells of it all the same. */
  live(): ModelsLive {
    return { revision: this.#revision, downloads: this.downloads.snapshot() };
  }

  /** The model that makes new embeddings; see ModelRegistry. */
  active(modality: Modality): Promise<ResolvedModel> {
    return this.#options.registry.active(modality);
  }

  /** Reads the model's files again from end to end and compares size and SHA-256. */
  async verify(id: string): Promise<ModelInfo> {
    const facts = await this.#options.registry.verify(id);
    this.#changed();
    return this.#describe(facts);
  }

  /**
   * Embeds samples for about two seconds and remembers how quick that was.
   *
   * @throws VitrineError BUSY while something is embedded, which would halve the figure.
   */
  async measure(
    id: string,
    options: { signal?: AbortSignal | undefined } = {},
  ): Promise<ModelInfo> {
    const { registry, samplePictures, settings } = this.#options;
    const { spec, sha256 } = await registry.resolve(id);
    const run = this.#measuring
      .catch(() => undefined)
      .then(() => {
        this.#assertQuiet();
        return this.#withEmbedder((embedder) =>
          measureModel(spec, { embedder, pictures: samplePictures, ...options }),
        );
      });
    this.#measuring = run;
    settings.noteSpeed({ id, sha256 }, { perSecond: await run, measuredAt: Date.now() });
    this.#changed();
    return this.#info(id);
  }

  /**
   * Makes new embeddings with this model from now on. Vectors of the one before stay and answer
   * queries until the new ones are complete (see ServingModels).
   *
   * @throws VitrineError MODEL_MISSING or MODEL_DAMAGED
   */
  async use(id: string): Promise<ModelInfo> {
    const { registry, settings, onActiveChanged } = this.#options;
    const { spec } = await registry.resolve(id);
    settings.choose(spec.modality, id);
    onActiveChanged();
    this.#changed();
    return this.#info(id);
  }

  /** Downloads in the background; see `downloads`. */
  async download(id: string): Promise<void> {
    await this.#keepActive(await this.#options.registry.spec(id));
    await this.downloads.start(id);
  }

  /** Downloads, and resolves when the model is in place. */
  async downloadNow(
    id: string,
    options: { readonly signal: AbortSignal; readonly onProgress?: (state: ModelDownload) => void },
  ): Promise<ModelInfo> {
    await this.#keepActive(await this.#options.registry.spec(id));
    await this.downloads.run(id, options);
    return this.#info(id);
  }

  /** Puts model files in their place; see importModels. */
  async import(request: ImportRequest): Promise<ModelInfo[]> {
    const { registry, settings, onActiveChanged } = this.#options;
    for (const spec of await registry.specs()) await this.#keepActive(spec);
    const tryOut = (model: ResolvedModel) =>
      this.#withEmbedder((embedder) => embedder.tryOut(model));
    let ids: readonly string[];
    try {
      ids = await importModels(request, { registry, settings, tryOut });
    } finally {
      // Of several files the first ones are in place, whatever became of the next.
      onActiveChanged();
      this.#changed();
    }
    return (await this.list()).filter((model) => ids.includes(model.id));
  }

  beginImport(name: string, sizeBytes: number): Promise<string> {
    return this.#incoming.begin(name, sizeBytes);
  }

  putImport(importId: string, piece: Uint8Array): Promise<void> {
    return this.#incoming.put(importId, piece);
  }

  finishImport(importId: string, id: string | undefined): Promise<ModelInfo[]> {
    return this.#incoming.finish(importId, ({ path: file, name }) =>
      this.import({ path: file, name, id }),
    );
  }

  abandonImport(importId: string): Promise<void> {
    return this.#incoming.abandon(importId);
  }

  /** Another process wrote to the database: it may have chosen a model. */
  noteOthers(): void {
    const chosen = this.#readChosen();
    if (chosen === this.#chosen) return;
    this.#chosen = chosen;
    this.#changed();
  }

  #readChosen(): string {
    const { settings } = this.#options;
    return JSON.stringify([settings.chosen('image'), settings.chosen('text')]);
  }

  async stop(): Promise<void> {
    await this.downloads.stop();
  }

  /**
   * A model that arrives must not begin to embed a whole catalog again by itself: where vectors exist,
   * the model in use stays in use until another is chosen.
   */
  async #keepActive({ modality }: ModelSpec): Promise<void> {
    const { registry, settings, use } = this.#options;
    if (settings.chosen(modality) !== null || !use.hasVectors(modality)) return;
    const active = await registry.active(modality).catch(() => null);
    if (active !== null) settings.choose(modality, active.spec.id);
  }

  async #withEmbedder<T>(use: (embedder: ProcessEmbedder) => Promise<T>): Promise<T> {
    const embedder = this.#options.openEmbedder();
    try {
      return await use(embedder);
    } finally {
      await embedder.stop();
    }
  }

  #changed(): void {
    this.#revision += 1;
    this.#options.onChange();
  }

  #assertQuiet(): void {
    if (!this.#options.isEmbedding()) return;
    throw new VitrineError('BUSY', 'Pictures or names are being embedded right now.', {
      action: 'Measure when that is done, or pause it on the Ingest screen.',
    });
  }

  async #info(id: string): Promise<ModelInfo> {
    const info = (await this.list()).find((model) => model.id === id);
    if (info === undefined) throw new Error(`${id} left the manifest`);
    return info;
  }

  async #describe(facts: ModelFacts): Promise<ModelInfo> {
    const { settings, use } = this.#options;
    const { id, modality, sha256 } = facts;
    const speed = sha256 === null ? null : settings.speed({ id, sha256 });
    const toEmbed = use.toEmbed(facts);
    return {
      ...facts,
      partBytes: await this.downloads.partBytes(id),
      speed,
      toEmbed,
      toEmbedSeconds: speed === null ? null : toEmbed / speed.perSecond,
      serves: sha256 === null ? 0 : await use.serves({ id, sha256, modality }),
    };
  }
}
