import { t } from 'i18next';
import { create } from 'zustand';
import { MAX_DROPPED_FILE_BYTES } from '../../shared/contract/app.ts';
import { client } from '../api/client.ts';
import { desktopBridge } from '../api/host.ts';
import { chooseCatalog } from './catalog-choice.ts';
import { type FolderEntry, openFile, type WalkedFile, walkFolder } from './drop-walk.ts';
import { refreshCatalogs } from './live.ts';
import { notifyFailure, notifyRefusal } from './notify.ts';

/** A folder that is being copied over from the browser. */
export interface Copying {
  readonly name: string;
  readonly done: number;
  /** Null while the folder is being walked. */
  readonly total: number | null;
}

interface CopyState {
  readonly copying: Copying | null;
  /** Set when a dropped folder holds nothing to use. */
  readonly empty: string | null;
}

export const useCopying = create<CopyState>(() => ({ copying: null, empty: null }));

type LeftOut = Parameters<typeof client.drop.leaveOut>[0]['cause'];

let abort = new AbortController();
const AT_ONCE = 4;

/** Adds a folder by its path and turns to it. */
export async function addFolder(path: string): Promise<number> {
  const { catalogId } = await client.catalogs.add({ path });
  await refreshCatalogs();
  chooseCatalog(catalogId);
  return catalogId;
}

/** Takes a dropped folder: by its path where the host knows it, otherwise by copying its files. */
export async function takeDroppedFolder(entry: FolderEntry, file: File | null): Promise<boolean> {
  try {
    const path = file === null ? undefined : await desktopBridge()?.pathOf(file);
    if (path !== undefined && path !== '') {
      await addFolder(path);
      return true;
    }
    return await copyFolder(entry);
  } catch (error) {
    if (!abort.signal.aborted) notifyFailure(error);
    return false;
  } finally {
    useCopying.setState({ copying: null });
  }
}

export function stopCopying(): void {
  abort.abort();
}

async function copyFolder(entry: FolderEntry): Promise<boolean> {
  abort = new AbortController();
  const { signal } = abort;
  const { name } = entry;
  useCopying.setState({ copying: { name, done: 0, total: null }, empty: null });
  const unreadable: string[] = [];
  const files = await walkFolder(entry, (path) => unreadable.push(path));
  signal.throwIfAborted();
  if (files.length + unreadable.length === 0) {
    useCopying.setState({ empty: name });
    return false;
  }
  const { dropId } = await client.drop.begin({ name }, { signal });
  try {
    let done = 0;
    const queue = files.values();
    const copy = async () => {
      for (const file of queue) {
        await copyFile(dropId, file, signal);
        done += 1;
        useCopying.setState({ copying: { name, done, total: files.length } });
      }
    };
    for (const path of unreadable) await leaveOut(dropId, path, { kind: 'unreadable' });
    await Promise.all(Array.from({ length: AT_ONCE }, copy));
    const { catalogId, refused } = await client.drop.finish({ dropId }, { signal });
    await refreshCatalogs();
    chooseCatalog(catalogId);
    if (refused > 0) notifyRefusal(t('drop.refused', { count: refused }), t('drop.refusedHelp'));
    return true;
  } catch (error) {
    // What went wrong is the first failure, not that of cleaning up after it.
    await client.drop.abandon({ dropId }).catch(() => undefined);
    throw error;
  }
}

/** Copies one file. One that cannot be read, or is too large to be sent, is told instead. */
async function copyFile(dropId: string, source: WalkedFile, signal: AbortSignal): Promise<void> {
  const { path, entry } = source;
  const file = await openFile(entry).catch(() => null);
  if (file !== null && file.size > MAX_DROPPED_FILE_BYTES) {
    return leaveOut(dropId, path, { kind: 'too-large', bytes: file.size });
  }
  // Whether a file can be read shows when its bytes are: here, not somewhere on the line.
  const bytes = await file?.arrayBuffer().catch(() => null);
  if (bytes === undefined || bytes === null) return leaveOut(dropId, path, { kind: 'unreadable' });
  await client.drop.put({ dropId, path, file: new File([bytes], entry.name) }, { signal });
}

function leaveOut(dropId: string, path: string, cause: LeftOut): Promise<void> {
  return client.drop.leaveOut({ dropId, path, cause });
}
