import { opendir, realpath, stat } from 'node:fs/promises';
import { VitrineError } from '../../errors.ts';
import { systemErrorCode } from './error-code.ts';

/**
 * The real path of a catalog's folder.
 *
 * @throws VitrineError FOLDER_NOT_FOUND or FOLDER_UNREADABLE when it cannot be read now.
 */
export async function openRoot(root: string): Promise<string> {
  try {
    const real = await realpath(root);
    if ((await stat(real)).isDirectory()) {
      await (await opendir(real)).close();
      return real;
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EACCES' || code === 'EPERM') {
      throw new VitrineError('FOLDER_UNREADABLE', `The folder ${root} may not be read`, {
        action: 'Allow reading it, then scan again.',
        subject: root,
        cause: error,
      });
    }
    throw notThere(root, error);
  }
  throw new VitrineError('FOLDER_NOT_FOUND', `${root} is a file, not a folder`, {
    action: 'Choose the folder that holds the pictures.',
    subject: root,
  });
}

export function notThere(root: string, cause: unknown): VitrineError {
  return new VitrineError('FOLDER_NOT_FOUND', `The folder ${root} cannot be reached`, {
    action: 'Connect the drive or put the folder back, then scan again.',
    subject: root,
    cause,
  });
}

/** Whether a scan could read it now: its drive is connected, and reading is allowed. */
export async function isFolderReachable(root: string): Promise<boolean> {
  return openRoot(root).then(
    () => true,
    () => false,
  );
}
