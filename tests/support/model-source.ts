import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  startModelServer,
  type ModelServer,
} from '../../electron/core/models/fixtures/model-server.ts';
import { ROOT } from './test-app.ts';

/** The bundled models, and one more to be fetched from a server of this computer. */
export interface ModelSource extends AsyncDisposable {
  readonly modelsDir: string;
  readonly server: ModelServer;
  /** What a process needs to know it. */
  readonly env: Readonly<Record<string, string>>;
}

/** The model to be fetched; its file is the starter's, so that it really embeds. */
export const FETCHED = { id: 'second-image', title: 'Second' } as const;

/** Writes a models folder into `folder` and starts the server that its manifest's hosts stand for. */
export async function startModelSource(folder: string): Promise<ModelSource> {
  const modelsDir = path.join(folder, 'models');
  cpSync(path.join(ROOT, 'models'), modelsDir, { recursive: true });
  const file = path.join(modelsDir, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
    preference: { image: string[] };
    models: { id: string; model: { sizeBytes: number; sha256: string } }[];
  };
  const starter = manifest.models.find(({ id }) => id === 'starter-image')!;
  const { sizeBytes, sha256 } = starter.model;
  const url = 'https://huggingface.co/vitrine/second/resolve/main/onnx/model.onnx';
  manifest.models.push({
    ...starter,
    ...FETCHED,
    model: { path: 'second-image/model.onnx', sizeBytes, sha256, url },
  } as (typeof manifest.models)[number]);
  manifest.preference.image.unshift(FETCHED.id);
  writeFileSync(file, JSON.stringify(manifest));
  const server = await startModelServer(
    readFileSync(path.join(modelsDir, 'starter-image/model.onnx')),
  );
  return {
    modelsDir,
    server,
    env: { VITRINE_MODELS_DIR: modelsDir, VITRINE_MODEL_MIRROR: server.url },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
