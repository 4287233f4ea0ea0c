import { describe, expect, it } from 'vitest';
import { type Entry, type FileEntry, type FolderEntry, openFile, walkFolder } from './drop-walk.ts';

function file(name: string): FileEntry {
  return {
    isFile: true,
    isDirectory: false,
    name,
    file: (done) => done(new File([name], name)),
  };
}

/** Reads in parts of two, as a browser does with a hundred. */
function folder(name: string, children: Entry[]): FolderEntry {
  return {
    isFile: false,
    isDirectory: true,
    name,
    createReader: () => {
      const rest = [...children];
      return { readEntries: (done) => done(rest.splice(0, 2)) };
    },
  };
}

const fail = (path: string) => expect.unreachable(path);

describe('walkFolder', () => {
  it('finds pictures and CSV files at any depth, in order, over all parts', async () => {
    const dropped = folder('shop', [
      file('styles.csv'),
      folder('images', [
        file('3.png'),
        file('1.JPG'),
        file('2.jpeg'),
        folder('old', [file('0.webp')]),
      ]),
      file('notes.pdf'),
    ]);
    const found = await walkFolder(dropped, fail);
    expect(found.map((entry) => entry.path)).toEqual([
      'images/1.JPG',
      'images/2.jpeg',
      'images/3.png',
      'images/old/0.webp',
      'styles.csv',
    ]);
    const first = found[0];
    expect(first && (await (await openFile(first.entry)).text())).toBe('1.JPG');
  });

  it('leaves out what the system hides', async () => {
    const dropped = folder('shop', [
      folder('.git', [file('a.png')]),
      folder('__MACOSX', [file('b.png')]),
      file('.c.png'),
      file('d.png'),
    ]);
    expect((await walkFolder(dropped, fail)).map((entry) => entry.path)).toEqual(['d.png']);
  });

  const broken = (name: string): FolderEntry => ({
    ...folder(name, []),
    createReader: () => ({ readEntries: (_, failed) => failed(new Error('gone')) }),
  });

  it('fails when the folder itself cannot be read', async () => {
    await expect(walkFolder(broken('shop'), fail)).rejects.toThrow('gone');
  });

  it('goes on after a folder in it that cannot be read, and tells which', async () => {
    const dropped = folder('shop', [folder('a', [broken('locked')]), file('1.jpg')]);
    const unreadable: string[] = [];
    const found = await walkFolder(dropped, (path) => unreadable.push(path));
    expect(found.map(({ path }) => path)).toEqual(['1.jpg']);
    expect(unreadable).toEqual(['a/locked']);
  });
});
