import os from 'node:os';
import path from 'node:path';
import type { CatalogRepository } from '../catalog/catalog-repository.ts';
import type { Db } from '../db/database.ts';
import { ProcessEmbedder } from '../embedding/process-embedder.ts';
import type { Ports } from '../ports.ts';
import type { JobStore } from '../queue/job-store.ts';
import { SettingStore } from '../settings/setting-store.ts';
import type { ServingModels } from '../vectors/serving-models.ts';
import type { ModelRegistry } from './model-registry.ts';
import { ModelService, type ModelServiceOptions } from './model-service.ts';
import { ModelSettings } from './model-settings.ts';
import { ModelUse } from './model-use.ts';

/** The settings about models of this data folder on this machine. */
export function openModelSettings(db: Db): ModelSettings {
  const cpus = os.cpus();
  const machine = `${cpus[0]?.model.trim() ?? 'unknown'} x ${cpus.length}`;
  return new ModelSettings(new SettingStore(db), { machine });
}

/** Puts the parts of the model service together. */
export function createModelService(parts: {
  readonly db: Db;
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly registry: ModelRegistry;
  readonly settings: ModelSettings;
  readonly catalogs: CatalogRepository;
  readonly serving: ServingModels;
  readonly store: JobStore;
  readonly ports: Ports;
  readonly onActiveChanged: ModelServiceOptions['onActiveChanged'];
  readonly onChange: ModelServiceOptions['onChange'];
}): ModelService {
  const { registry, settings, ports, store } = parts;
  return new ModelService({
    registry,
    settings,
    use: new ModelUse(parts),
    openEmbedder: () =>
      new ProcessEmbedder({ launch: ports.launchWorker, models: registry, log: ports.log }),
    incomingDir: path.join(parts.dataDir, 'models', '.incoming'),
    samplePictures: path.join(parts.resourcesDir, 'sample-catalog', 'images'),
    isEmbedding: () => store.isRunning('embed-image') || store.isRunning('embed-text'),
    onActiveChanged: parts.onActiveChanged,
    onChange: parts.onChange,
  });
}
