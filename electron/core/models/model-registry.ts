import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Modality, ModelInfo } from '../../../shared/contract/models.ts';
import { describeError, VitrineError } from '../errors.ts';
import { manifestSchema } from './manifest.ts';
import type { Manifest, ModelFile, ModelSpec } from './manifest.ts';
import type { ModelSettings } from './model-settings.ts';
import { VerifiedHashes } from './verified-hashes.ts';

/** A model whose files are in place and right. */
export interface ResolvedModel {
  readonly spec: ModelSpec;
  /** Of the model file. With the id it is the identity of every vector the model makes. */
  readonly sha256: string;
  readonly modelPath: string;
  readonly tokenizerPath?: string | undefined;
}

/** What can be said of a model by looking at its files. */
export type ModelFacts = Omit<
  ModelInfo,
  'partBytes' | 'speed' | 'toEmbed' | 'toEmbedSeconds' | 'serves'
>;

/** What the registry asks of the settings. */
type Choices = Pick<ModelSettings, 'chosen' | 'acceptedHash'>;

type FileState =
  | {
      readonly state: 'ready';
      readonly path: string;
      readonly sha256: string;
      readonly sizeBytes: number;
    }
  | { readonly state: 'missing' | 'damaged'; readonly reason: string };

type ModelState =
  | { readonly state: 'ready'; readonly model: ResolvedModel; readonly sizeBytes: number }
  | { readonly state: 'missing' | 'damaged'; readonly reason: string };

/**
 * Finds model files and vouches for them. Which models exist is said by `manifest.json` alone; a
 * file is looked for in the user's models folder, then among the bundled ones. Size is compared at
 * every look, SHA-256 whenever the file's size or time changed.
 */
export class ModelRegistry {
  readonly #userDir: string;
  readonly #folders: readonly string[];
  readonly #manifestFile: string;
  readonly #hashes: VerifiedHashes;
  readonly #choices: Choices | undefined;
  #manifest: Promise<Manifest> | undefined;

  constructor(options: {
    readonly bundledDir: string;
    readonly userDir: string;
    readonly choices?: Choices;
  }) {
    this.#choices = options.choices;
    this.#userDir = path.resolve(options.userDir);
    this.#folders = [...new Set([this.#userDir, path.resolve(options.bundledDir)])];
    this.#manifestFile = path.join(options.bundledDir, 'manifest.json');
    this.#hashes = new VerifiedHashes(path.join(options.userDir, '.verified.json'));
  }

  /** Every model of the manifest and whether it can be used. */
  async list(): Promise<ModelFacts[]> {
    const manifest = await this.#load();
    const inspected = await Promise.all(
      manifest.models.map(async (spec) => ({ spec, state: await this.#inspect(spec) })),
    );
    const ready = new Set(
      inspected.filter(({ state }) => state.state === 'ready').map(({ spec }) => spec.id),
    );
    return inspected.map(({ spec, state }) => {
      const activeId =
        this.#choices?.chosen(spec.modality) ??
        manifest.preference[spec.modality].find((id) => ready.has(id));
      return this.#describe(spec, state, activeId === spec.id);
    });
  }

  /**
   * The model that makes new embeddings of `modality`: the one the user chose, else the first of the
   * manifest's preference whose files are in place and right. A chosen model that cannot be used is
   * not replaced: embedding a whole catalog with another must be somebody's decision.
   *
   * @throws VitrineError MODEL_MISSING or MODEL_DAMAGED, saying which file belongs where.
   */
  async active(modality: Modality): Promise<ResolvedModel> {
    const manifest = await this.#load();
    const chosen = this.#choices?.chosen(modality);
    if (chosen !== null && chosen !== undefined) return this.resolve(chosen);
    const refused: { readonly spec: ModelSpec; readonly state: ModelState }[] = [];
    for (const id of manifest.preference[modality] ?? []) {
      const spec = this.#find(manifest, id);
      const state = await this.#inspect(spec);
      if (state.state === 'ready') return state.model;
      refused.push({ spec, state });
    }
    // A file that is there but wrong is nearer to working than one that was never there; among
    // missing ones the last of the preference is the one that should have come with Vitrine.
    const nearest = refused.find((one) => one.state.state === 'damaged') ?? refused.at(-1);
    if (nearest === undefined) {
      throw new VitrineError('MODEL_MISSING', `The manifest prefers no ${modality} model.`, {
        action: 'Install Vitrine again.',
        subject: this.#manifestFile,
      });
    }
    throw this.#refusal(nearest.spec, nearest.state);
  }

  /** @throws VitrineError MODEL_MISSING (also for an id the manifest does not know) or MODEL_DAMAGED. */
  async resolve(id: string): Promise<ResolvedModel> {
    const spec = this.#find(await this.#load(), id);
    const state = await this.#inspect(spec);
    if (state.state === 'ready') return state.model;
    throw this.#refusal(spec, state);
  }

  /** Reads the model's files again from end to end and compares size and SHA-256. */
  async verify(id: string): Promise<ModelFacts> {
    const spec = this.#find(await this.#load(), id);
    const state = await this.#inspect(spec, { again: true });
    const { active } = (await this.list()).find((one) => one.id === id) ?? { active: false };
    return this.#describe(spec, state, active);
  }

  /** All that the manifest describes. */
  async specs(): Promise<readonly ModelSpec[]> {
    return (await this.#load()).models;
  }

  /** @throws VitrineError MODEL_MISSING for an id the manifest does not know. */
  async spec(id: string): Promise<ModelSpec> {
    return this.#find(await this.#load(), id);
  }

  /** Where a file of the manifest belongs when the user brings it. */
  placeOf(file: ModelFile): string {
    return path.join(this.#userDir, file.path);
  }

  /** The files of a model that are not in place, or not right. */
  async filesToFetch(id: string): Promise<readonly ModelFile[]> {
    const files = filesOf(await this.spec(id));
    const states = await Promise.all(files.map((file) => this.#inspectFile(file, {})));
    return files.filter((_, index) => states[index]?.state !== 'ready');
  }

  /** Spares reading a file again whose hash has just been made. */
  async noteHash(file: ModelFile, sha256: string): Promise<void> {
    const place = this.placeOf(file);
    const stats = await stat(place);
    await this.#hashes.note(place, { sizeBytes: stats.size, mtimeMs: stats.mtimeMs }, sha256);
  }

  #load(): Promise<Manifest> {
    this.#manifest ??= readManifest(this.#manifestFile);
    return this.#manifest;
  }

  #find(manifest: Manifest, id: string): ModelSpec {
    const spec = manifest.models.find((model) => model.id === id);
    if (spec === undefined) {
      throw new VitrineError('MODEL_MISSING', `No model has the id ${id}.`, {
        action: `Choose one of ${manifest.models.map((model) => model.id).join(', ')}.`,
        subject: id,
      });
    }
    return spec;
  }

  async #inspect(spec: ModelSpec, options: { again?: boolean } = {}): Promise<ModelState> {
    const model = await this.#inspectFile(spec.model, options);
    if (model.state !== 'ready') return model;
    if (spec.modality === 'image') {
      return {
        state: 'ready',
        model: { spec, sha256: model.sha256, modelPath: model.path },
        sizeBytes: model.sizeBytes,
      };
    }
    const tokenizer = await this.#inspectFile(spec.tokenizer, options);
    if (tokenizer.state !== 'ready') return tokenizer;
    return {
      state: 'ready',
      model: { spec, sha256: model.sha256, modelPath: model.path, tokenizerPath: tokenizer.path },
      sizeBytes: model.sizeBytes,
    };
  }

  /** The first folder with a right copy wins; a wrong copy is reported only when no other is right. */
  async #inspectFile(file: ModelFile, options: { again?: boolean }): Promise<FileState> {
    let damaged: FileState | undefined;
    for (const folder of this.#folders) {
      const state = await this.#inspectCopy(path.join(folder, file.path), file, options);
      if (state?.state === 'ready') return state;
      damaged ??= state;
    }
    const target = path.join(this.#userDir, file.path);
    const origin = file.url === undefined ? 'It ships with Vitrine.' : `It is at ${file.url}.`;
    return damaged ?? { state: 'missing', reason: `${target} is missing. ${origin}` };
  }

  async #inspectCopy(
    candidate: string,
    file: ModelFile,
    options: { again?: boolean },
  ): Promise<FileState | undefined> {
    try {
      const stats = await stat(candidate).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
        throw error;
      });
      if (stats === undefined) return undefined;
      if (!stats.isFile()) return damagedFile(`${candidate} is not a file.`);
      if (stats.size === 0) return damagedFile(`${candidate} is empty.`);
      if (file.sizeBytes !== undefined && stats.size !== file.sizeBytes) {
        const what = stats.size < file.sizeBytes ? 'truncated' : 'too long';
        return damagedFile(`${candidate} is ${what}: ${stats.size} of ${file.sizeBytes} bytes.`);
      }
      const stamp = { sizeBytes: stats.size, mtimeMs: stats.mtimeMs };
      const sha256 = await this.#hashes.hashOf(candidate, stamp, options);
      const expected = this.#expectedHash(file);
      if (expected !== null && sha256 !== expected) {
        const whose = file.sha256 === undefined ? 'the file first put there' : 'the manifest';
        return damagedFile(
          `${candidate} has another SHA-256 (${sha256}) than ${whose} (${expected}).`,
        );
      }
      return { state: 'ready', path: candidate, sha256, sizeBytes: stats.size };
    } catch (error) {
      return damagedFile(`${candidate} cannot be read: ${describeError(error)}.`);
    }
  }

  #expectedHash(file: ModelFile): string | null {
    return file.sha256 ?? this.#choices?.acceptedHash(file.path) ?? null;
  }

  #describe(spec: ModelSpec, state: ModelState, active: boolean): ModelFacts {
    return {
      id: spec.id,
      title: spec.title,
      modality: spec.modality,
      dimension: spec.dimension,
      sizeBytes:
        state.state === 'ready'
          ? state.sizeBytes
          : (spec.model.sizeBytes ?? spec.model.aboutBytes ?? 0),
      licence: spec.licence,
      source: spec.source,
      file:
        state.state === 'ready' ? state.model.modelPath : path.join(this.#userDir, spec.model.path),
      state: state.state,
      reason: state.state === 'ready' ? null : state.reason,
      sha256: state.state === 'ready' ? state.model.sha256 : this.#expectedHash(spec.model),
      active,
      downloadable: filesOf(spec).some((file) => file.url !== undefined),
    };
  }

  #refusal(spec: ModelSpec, state: ModelState): VitrineError {
    if (state.state === 'ready') throw new Error(`${spec.id} is ready`);
    const where = path.join(this.#userDir, spec.model.path);
    return new VitrineError(
      state.state === 'missing' ? 'MODEL_MISSING' : 'MODEL_DAMAGED',
      `The model ${spec.id} cannot be used: ${state.reason}`,
      {
        action:
          spec.model.url === undefined
            ? 'Install Vitrine again, or copy the file from its models folder.'
            : `Download it under Settings or with "vitrine models download ${spec.id}"; or fetch ${spec.model.url} and put it at ${where}.`,
        subject: where,
      },
    );
  }
}

/** The model file first. */
export function filesOf(spec: ModelSpec): ModelFile[] {
  return spec.modality === 'image' ? [spec.model] : [spec.model, spec.tokenizer];
}

function damagedFile(reason: string): FileState {
  return { state: 'damaged', reason };
}

async function readManifest(file: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new VitrineError('MODEL_MISSING', `${file} cannot be used: ${describeError(error)}`, {
      action: 'Install Vitrine again.',
      subject: file,
      cause: error,
    });
  }
}
