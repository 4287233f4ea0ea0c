import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FolderListing } from '../../../shared/contract/app.ts';
import { describeError, VitrineError } from '../errors.ts';

const PICTURE = /\.(jpe?g|png|webp|avif|tiff?|gif)$/i;
const MOST_COUNTED = 1_000;

/**
 * What a folder holds, for the folder dialog of hosts without a native one. Hidden folders are left
 * out.
 *
 * @throws VitrineError FOLDER_NOT_FOUND, FOLDER_UNREADABLE
 */
export async function listFolders(folder: string = os.homedir()): Promise<FolderListing> {
  const absolute = path.resolve(folder);
  const entries = await readdir(absolute, { withFileTypes: true }).catch((error: unknown) => {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    throw new VitrineError(
      isMissing ? 'FOLDER_NOT_FOUND' : 'FOLDER_UNREADABLE',
      isMissing
        ? `There is no folder ${absolute}.`
        : `${absolute} cannot be read: ${describeError(error)}`,
      { action: 'Choose another folder.', subject: absolute, cause: error },
    );
  });
  const files = entries.filter((entry) => entry.isFile());
  const parent = path.dirname(absolute);
  return {
    path: absolute,
    parent: parent === absolute ? null : parent,
    folders: entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => ({ name: entry.name, path: path.join(absolute, entry.name) }))
      .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })),
    pictures: Math.min(MOST_COUNTED, files.filter((file) => PICTURE.test(file.name)).length),
    csvFiles: Math.min(
      MOST_COUNTED,
      files.filter((file) => /\.(csv|tsv)$/i.test(file.name)).length,
    ),
  };
}
