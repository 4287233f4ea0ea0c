import { create } from 'zustand';
import { client } from '../api/client.ts';
import { desktopBridge } from '../api/host.ts';
import { chooseCatalog } from './catalog-choice.ts';
import { type FolderEntry, openFile, walkFolder } from './drop-walk.ts';
import { refreshCatalogs } from './live.ts';
import { notifyFailure } from './notify.ts';

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
  const files = await walkFolder(entry);
  signal.throwIfAborted();
  if (files.length === 0) {
    useCopying.setState({ empty: name });
    return false;
  }
  const { dropId } = await client.drop.begin({ name }, { signal });
  try {
    let done = 0;
    const queue = files.values();
    const copy = async () => {
      for (const { path, entry: source } of queue) {
        const file = await openFile(source);
        await client.drop.put({ dropId, path, file }, { signal });
        done += 1;
        useCopying.setState({ copying: { name, done, total: files.length } });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, copy));
    const { catalogId } = await client.drop.finish({ dropId }, { signal });
    await refreshCatalogs();
    chooseCatalog(catalogId);
    return true;
  } catch (error) {
    // What went wrong is the first failure, not that of cleaning up after it.
    await client.drop.abandon({ dropId }).catch(() => undefined);
    throw error;
  }
}
