/** One file of a dropped folder; `path` is relative to the folder, with forward slashes. */
export interface WalkedFile {
  readonly path: string;
  readonly entry: FileEntry;
}

/** The parts of `FileSystemEntry` a walk needs. */
export interface Entry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
}
export interface FileEntry extends Entry {
  file(done: (file: File) => void, failed: (error: unknown) => void): void;
}
export interface FolderEntry extends Entry {
  createReader(): {
    readEntries(done: (entries: Entry[]) => void, failed: (error: unknown) => void): void;
  };
}

const WANTED = /\.(?:jpe?g|png|webp|avif|tiff?|gif|csv|tsv|txt)$/i;

/**
 * The picture and CSV files below a dropped folder, in the order of their paths. What the system
 * hides is left out: `.git`, `__MACOSX`, `Thumbs.db`. A folder in it that cannot be read is told.
 */
export async function walkFolder(
  folder: FolderEntry,
  onUnreadable: (path: string) => void,
): Promise<WalkedFile[]> {
  const found: WalkedFile[] = [];
  const walk = async (entry: Entry, path: string): Promise<void> => {
    if (entry.name.startsWith('.') || entry.name === '__MACOSX') return;
    if (isFolder(entry)) {
      const children = await readAll(entry).catch(() => null);
      if (children === null) onUnreadable(path);
      for (const child of children ?? []) await walk(child, `${path}/${child.name}`);
    } else if (isFile(entry) && WANTED.test(entry.name)) {
      found.push({ path, entry });
    }
  };
  for (const child of await readAll(folder)) await walk(child, child.name);
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The file behind an entry. */
export function openFile(entry: FileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

export function isFolder(entry: Entry): entry is FolderEntry {
  return entry.isDirectory;
}

export function isFile(entry: Entry): entry is FileEntry {
  return entry.isFile;
}

/** A reader gives its entries in parts (Chromium: 100) and an empty part at the end. */
async function readAll(folder: FolderEntry): Promise<Entry[]> {
  const reader = folder.createReader();
  const all: Entry[] = [];
  for (;;) {
    const part = await new Promise<Entry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return all;
    all.push(...part);
  }
}
