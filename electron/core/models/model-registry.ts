import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Modality, ModelInfo } from '../../../shared/contract/models.ts';
import { describeError, VitrineError } from '../errors.ts';
import { manifestSchema } from './manifest.ts';
import type { Manifest, ModelFile, ModelSpec } from './manifest.ts';
import { VerifiedHashes } from './verified-hashes.ts';

/** A model whose files are in place and right. */
export interface ResolvedModel {
  readonly spec: ModelSpec;
  /** Of the model file. With the id it is the identity of every vector the model makes. */
  readonly sha256: string;
  readonly modelPath: string;
  readonly tokenizerPath?: string | undefined;
}

type FileState =
  | { readonly state: 'ready'; readonly path: string; readonly sha256: string; readonly sizeBytes: number }
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
  #manifest: Promise<Manifest> | undefined;

  constructor(options: { readonly bundledDir: string; readonly userDir: string }) {
    this.#userDir = path.resolve(options.userDir);
    this.#folders = [...new Set([this.#userDir, path.resolve(options.bundledDir)])];
    this.#manifestFile = path.join(options.bundledDir, 'manifest.json');
    this.#hashes = new VerifiedHashes(path.join(options.userDir, '.verified.json'));
  }

  /** Every model of the manifest and whether it can be used. */
  async list(): Promise<ModelInfo[]> {
    const manifest = await this.#load();
    const inspected = await Promise.all(
      manifest.models.map(async (spec) => ({ spec, state: await this.#inspect(spec) })),
    );
    const ready = new Set(
      inspected.filter(({ state }) => state.state === 'ready').map(({ spec }) => spec.id),
    );
    return inspected.map(({ spec, state }) => {
      const activeId = manifest.preference[spec.modality].find((id) => ready.has(id));
      return this.#describe(spec, state, activeId === spec.id);
    });
  }

  /**
   * The model that makes new embeddings of `modality`: the first of the manifest's preference whose
   * files are in place and right.
   *
   * @throws VitrineError MODEL_MISSING or MODEL_DAMAGED, saying which file belongs where.
   */
  async active(modality: Modality): Promise<ResolvedModel> {
    const manifest = await this.#load();
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
  async verify(id: string): Promise<ModelInfo> {
    const spec = this.#find(await this.#load(), id);
    const state = await this.#inspect(spec, { again: true });
    const { active } = (await this.list()).find((one) => one.id === id) ?? { active: false };
    return this.#describe(spec, state, active);
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
      if (file.sha256 !== undefined && sha256 !== file.sha256) {
        return damagedFile(
          `${candidate} has another SHA-256 (${sha256}) than the manifest (${file.sha256}).`,
        );
      }
      return { state: 'ready', path: candidate, sha256, sizeBytes: stats.size };
    } catch (error) {
      return damagedFile(`${candidate} cannot be read: ${describeError(error)}.`);
    }
  }

  #describe(spec: ModelSpec, state: ModelState, active: boolean): ModelInfo {
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
        state.state === 'ready'
          ? state.model.modelPath
          : path.join(this.#userDir, spec.model.path),
      state: state.state,
      reason: state.state === 'ready' ? null : state.reason,
      active,
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
            : `Fetch ${spec.model.url} and put it at ${where}.`,
        subject: where,
      },
    );
  }
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
