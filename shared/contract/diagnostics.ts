import { z } from 'zod';

/** What a report about a fault needs: no path beyond the data folder, no name, no secret. */
export const diagnosticsSchema = z.object({
  app: z.object({ version: z.string(), host: z.enum(['electron', 'browser', 'cli']) }),
  /** Versions by name: node, electron, chromium, sqlite, onnxruntime, sharp. */
  runtime: z.record(z.string(), z.string()),
  system: z.object({
    platform: z.string(),
    release: z.string(),
    arch: z.string(),
    cpu: z.string(),
    cores: z.int(),
    memoryBytes: z.int(),
    freeMemoryBytes: z.int(),
    /** Of this process. */
    residentBytes: z.int(),
  }),
  dataDir: z.string(),
  models: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      active: z.boolean(),
      sha256: z.string().nullable(),
      perSecond: z.number().nullable(),
    }),
  ),
  /** Numbered, not named. */
  catalogs: z.array(
    z.object({
      id: z.int(),
      state: z.string(),
      items: z.int(),
      pictures: z.int(),
      embeddedPictures: z.int(),
      embeddedNames: z.int(),
      problems: z.int(),
      online: z.boolean(),
    }),
  ),
  queue: z.array(z.object({ kind: z.string(), state: z.string(), count: z.int() })),
  /** The last warnings and errors of the log, oldest first, paths and secrets taken out. */
  log: z.array(z.object({ time: z.string(), level: z.string(), message: z.string() })),
});
export type Diagnostics = z.infer<typeof diagnosticsSchema>;

/** Bytes on disk by what they are for. */
export const storageSchema = z.object({
  database: z.int(),
  thumbnails: z.int(),
  models: z.int(),
  dropped: z.int(),
  /** Logs and the like. */
  other: z.int(),
  /** What the disk has left; null where the system does not say. */
  free: z.int().nullable(),
});
export type Storage = z.infer<typeof storageSchema>;
