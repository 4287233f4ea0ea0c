import type { Scratch } from './scratch.ts';

/**
 * Finds the picture file that a cell of a table means, by the scratch table of files. The same case
 * goes first, then the file nearest to the root.
 */
export class PictureFinder {
  readonly #byPath;
  readonly #byName;
  readonly #byStem;
  readonly #root: string;

  constructor(scratch: Scratch, root: string) {
    const query = (column: string) =>
      scratch.db
        .prepare<{ value: string }, number>(
          `SELECT id FROM file WHERE ${column} = @value
           ORDER BY ${column} = @value COLLATE BINARY DESC, depth, path LIMIT 1`,
        )
        .pluck();
    this.#byPath = query('path_nfc');
    this.#byName = query('name_nfc');
    this.#byStem = query('stem_nfc');
    this.#root = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  }

  /** The picture whose file name without extension is the key. */
  byStem(key: string): number | undefined {
    return this.#byStem.get({ value: key.normalize('NFC') });
  }

  /**
   * The picture that a path or file name means. It may be relative to the catalog or to the table's
   * folder, absolute below the root, written with backslashes, or an address whose last part is the
   * file name.
   *
   * @param folder of the table, relative to the root; '' is the root.
   */
  byPath(value: string, folder: string): number | undefined {
    let wanted = value.normalize('NFC').replaceAll('\\', '/');
    if (/^[a-z][a-z\d+.-]+:\/\//i.test(wanted)) wanted = pathOfAddress(wanted);
    if (wanted.startsWith(this.#root)) wanted = wanted.slice(this.#root.length);
    wanted = wanted.replace(/^(\.?\/)+/, '');
    const slash = wanted.lastIndexOf('/');
    // A bare file name lies in some folder of pictures, rarely beside the table.
    if (slash === -1) return this.#byName.get({ value: wanted });
    return (
      (folder === '' ? undefined : this.#byPath.get({ value: `${folder}/${wanted}` })) ??
      this.#byPath.get({ value: wanted }) ??
      this.#byName.get({ value: wanted.slice(slash + 1) })
    );
  }
}

function pathOfAddress(address: string): string {
  try {
    return decodeURIComponent(new URL(address).pathname);
  } catch {
    return address;
  }
}
