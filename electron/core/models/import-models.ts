import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { describeError, VitrineError } from '../errors.ts';
import { assertRoom } from './download/part-file.ts';
import { hashFile } from './hash-file.ts';
import type { ModelFile, ModelSpec } from './manifest.ts';
import { filesOf, type ModelRegistry, type ResolvedModel } from './model-registry.ts';
import type { ModelSettings } from './model-settings.ts';

/** A folder with more files than this is no folder of models. */
const MAX_FILES = 5_000;

export interface ImportOptions {
  readonly registry: ModelRegistry;
  readonly settings: Pick<ModelSettings, 'acceptHash'>;
  /** Proves that a model loads and gives vectors; throws MODEL_DAMAGED otherwise. */
  readonly tryOut: (model: ResolvedModel) => Promise<void>;
}

export interface ImportRequest {
  /** A file, or a folder that is searched at every depth. */
  readonly path: string;
  /** Which model the file is, where nobody published a hash to tell it by. */
  readonly id?: string | undefined;
  /** What the user calls the file, when it lies under a name of ours. */
  readonly name?: string | undefined;
}

/**
 * Puts model files in their place: those whose SHA-256 the manifest knows, or one that the user says
 * is a certain model and that works as that model. Returns the ids of the models that got a file.
 *
 * @throws VitrineError INVALID_INPUT, MODEL_REFUSED, MODEL_MISSING, MODEL_DAMAGED or DISK_FULL.
 */
export async function importModels(
  request: ImportRequest,
  options: ImportOptions,
): Promise<string[]> {
  const files = await listFiles(request.path);
  if (request.id !== undefined) {
    const [only] = files;
    if (only === undefined || files.length > 1) {
      throw new VitrineError(
        'INVALID_INPUT',
        `${request.path} is a folder with ${files.length} files.`,
        {
          action: `Name the one file that is ${request.id}.`,
          subject: request.path,
        },
      );
    }
    return [await importAs(only, { ...request, id: request.id }, options)];
  }
  const known = knownHashes(await options.registry.specs());
  const imported = new Set<string>();
  const strangers: string[] = [];
  for (const file of files) {
    const sha256 = await hashFile(file);
    const matches = known.get(sha256);
    if (matches === undefined) {
      strangers.push(sha256);
      continue;
    }
    for (const { spec, file: wanted } of matches) {
      await put(file, wanted, { sha256, registry: options.registry });
      imported.add(spec.id);
    }
  }
  if (imported.size === 0) throw await nothingKnown(request, { files, strangers, ...options });
  return [...imported];
}

async function importAs(
  source: string,
  request: ImportRequest & { readonly id: string },
  options: ImportOptions,
): Promise<string> {
  const { registry, settings, tryOut } = options;
  const spec = await registry.spec(request.id);
  const sha256 = await hashFile(source);
  const match = filesOf(spec).find((file) => file.sha256 === sha256);
  if (match !== undefined) {
    await put(source, match, { sha256, registry });
    return spec.id;
  }
  const name = request.name ?? path.basename(source);
  if (spec.model.sha256 !== undefined) {
    throw new VitrineError(
      'MODEL_REFUSED',
      `${name} is not ${spec.title}: its SHA-256 is ${sha256} instead of ${spec.model.sha256}.`,
      { action: `Get the file from ${spec.source}.`, subject: name },
    );
  }
  const tokenizerPath = spec.modality === 'text' ? registry.placeOf(spec.tokenizer) : undefined;
  await tryOut({ spec, sha256, modelPath: source, tokenizerPath }).catch((error: unknown) => {
    throw new VitrineError(
      'MODEL_REFUSED',
      `${name} does not work as ${spec.title}: ${describeError(error)}`,
      { action: `Get the file from ${spec.source}.`, subject: name, cause: error },
    );
  });
  settings.acceptHash(spec.model.path, sha256);
  await put(source, spec.model, { sha256, registry });
  return spec.id;
}

/** Copies beside the place first: a model is whole or not there. */
async function put(
  source: string,
  file: ModelFile,
  { sha256, registry }: { readonly sha256: string; readonly registry: ModelRegistry },
): Promise<void> {
  const place = registry.placeOf(file);
  if (path.resolve(source) === place) return;
  await mkdir(path.dirname(place), { recursive: true });
  const copy = `${place}.${process.pid}.import`;
  try {
    await assertRoom(path.dirname(place), (await stat(source)).size);
    await copyFile(source, copy);
    if ((await hashFile(copy)) !== sha256) {
      throw new VitrineError('MODEL_REFUSED', `${source} changed while it was copied.`, {
        action: 'Import it again when it is complete.',
        subject: source,
      });
    }
    await rename(copy, place);
  } finally {
    await rm(copy, { force: true });
  }
  await registry.noteHash(file, sha256);
}

async function listFiles(from: string): Promise<string[]> {
  const stats = await stat(from).catch(() => null);
  if (stats?.isFile() === true) return [from];
  if (stats?.isDirectory() !== true) {
    throw new VitrineError('INVALID_INPUT', `There is no file or folder ${from}.`, {
      action: 'Name a model file (.onnx), or a folder that holds one.',
      subject: from,
    });
  }
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.(onnx|json)$/i.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  if (files.length <= MAX_FILES) return files;
  throw new VitrineError('INVALID_INPUT', `${from} holds ${files.length} files.`, {
    action: 'Name the folder that holds the model, or its file.',
    subject: from,
  });
}

function knownHashes(
  specs: readonly ModelSpec[],
): Map<string, { spec: ModelSpec; file: ModelFile }[]> {
  const all = specs.flatMap((spec) => filesOf(spec).map((file) => ({ spec, file })));
  return Map.groupBy(
    all.filter(({ file }) => file.sha256 !== undefined),
    ({ file }) => file.sha256!,
  );
}

async function nothingKnown(
  request: ImportRequest,
  found: {
    readonly files: readonly string[];
    readonly strangers: readonly string[];
    readonly registry: ModelRegistry;
  },
): Promise<VitrineError> {
  const name = request.name ?? request.path;
  const unpublished = (await found.registry.specs())
    .filter((spec) => spec.model.sha256 === undefined)
    .map((spec) => spec.id);
  const [hash] = found.strangers;
  const reason =
    found.files.length === 0
      ? 'holds no .onnx file'
      : found.files.length === 1
        ? `has a SHA-256 (${hash}) that no model of Vitrine has`
        : `holds ${found.files.length} files, none of which has the SHA-256 of a model of Vitrine`;
  const orSay =
    unpublished.length === 0
      ? ''
      : ` If it is ${unpublished.join(' or ')}, whose hash is not published, say which.`;
  return new VitrineError('MODEL_REFUSED', `${name} ${reason}.`, {
    action: `Get the file from the model's source, or download it here.${orSay}`,
    subject: name,
  });
}
