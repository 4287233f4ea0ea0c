import { z } from 'zod';
import { modelSpeedSchema } from '../../../shared/contract/models.ts';
import type { Modality, ModelSpeed } from '../../../shared/contract/models.ts';
import type { SettingStore } from '../settings/setting-store.ts';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const speedSchema = modelSpeedSchema.extend({ machine: z.string() });

/** What is remembered about models beside the manifest. */
export class ModelSettings {
  readonly #store: SettingStore;
  /** Names the machine, because a data folder can move to another. */
  readonly #machine: string;

  constructor(store: SettingStore, options: { readonly machine: string }) {
    this.#store = store;
    this.#machine = options.machine;
  }

  /** The model the user chose to make new embeddings; null leaves it to the manifest's preference. */
  chosen(modality: Modality): string | null {
    return this.#store.read(`model.use.${modality}`, z.string());
  }

  choose(modality: Modality, id: string): void {
    this.#store.write(`model.use.${modality}`, id);
  }

  /** The SHA-256 that a file without a published one had when it was downloaded or imported. */
  acceptedHash(path: string): string | null {
    return this.#store.read(`model.hash.${path}`, sha256Schema);
  }

  acceptHash(path: string, sha256: string): void {
    this.#store.write(`model.hash.${path}`, sha256);
  }

  /** How quick this very file was on this very machine. */
  speed(model: { readonly id: string; readonly sha256: string }): ModelSpeed | null {
    const speed = this.#store.read(`model.speed.${model.id}@${model.sha256}`, speedSchema);
    if (speed?.machine !== this.#machine) return null;
    const { perSecond, measuredAt } = speed;
    return { perSecond, measuredAt };
  }

  noteSpeed(model: { readonly id: string; readonly sha256: string }, speed: ModelSpeed): void {
    const key = `model.speed.${model.id}@${model.sha256}`;
    this.#store.write(key, { ...speed, machine: this.#machine });
  }
}
