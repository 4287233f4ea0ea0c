import { oc } from '@orpc/contract';
import { z } from 'zod';
import { diagnosticsSchema, storageSchema } from './diagnostics.ts';

export const appInfoSchema = z.object({
  version: z.string(),
  host: z.enum(['electron', 'browser', 'cli']),
  platform: z.string(),
  dataDir: z.string(),
  /** How a folder is chosen: by the system's dialog, or in a dialog of ours over `folders`. */
  folderChooser: z.enum(['native', 'ours']),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const folderListingSchema = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  /** Picture and CSV files directly in it, counted up to 1,000. */
  pictures: z.int(),
  csvFiles: z.int(),
});
export type FolderListing = z.infer<typeof folderListingSchema>;

export const appContract = {
  info: oc.output(appInfoSchema),
  /** Lists the folders in `path` (the home folder by default); only where the host allows it. */
  folders: oc.input(z.object({ path: z.string().optional() })).output(folderListingSchema),
  diagnostics: oc.output(diagnosticsSchema),
  /** What the data folder holds. */
  storage: oc.output(storageSchema),
  /** Thumbnails are made again when they are shown. */
  clearThumbnails: oc.output(z.object({ freedBytes: z.int() })),
};

/** The largest file of a dropped folder that can be copied, bytes: it travels in one message. */
export const MAX_DROPPED_FILE_BYTES = 300 * 1024 * 1024;

/**
 * A folder dropped where no path is known (a browser): its files are copied to the data folder. A
 * file that cannot be taken costs only itself: it is counted, and the catalog lists it as a problem.
 * What fails with an error (the disk is full, the connection is cut) ends the drop.
 */
export const dropContract = {
  begin: oc
    .input(z.object({ name: z.string().min(1).max(255) }))
    .output(z.object({ dropId: z.string() })),
  /**
   * One file, at most MAX_DROPPED_FILE_BYTES; `path` is relative to the dropped folder. Not taken is
   * what the core cannot store under its name.
   */
  put: oc
    .input(z.object({ dropId: z.string(), path: z.string().min(1), file: z.file() }))
    .output(z.object({ isTaken: z.boolean() })),
  /** Tells of a file or folder that is not sent: it cannot be read, or it is too large (`bytes`). */
  leaveOut: oc
    .input(
      z.object({
        dropId: z.string(),
        path: z.string().min(1),
        cause: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('unreadable') }),
          z.object({ kind: z.literal('too-large'), bytes: z.int().nonnegative() }),
        ]),
      }),
    )
    .output(z.void()),
  /** Adds the copy as a catalog. `refused` counts the files that were not taken or not sent. */
  finish: oc
    .input(z.object({ dropId: z.string() }))
    .output(z.object({ catalogId: z.int().positive(), refused: z.int() })),
  abandon: oc.input(z.object({ dropId: z.string() })).output(z.void()),
};
