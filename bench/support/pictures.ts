import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { installation, ROOT } from './bench-app.ts';

/** A catalog folder that benchmarks read. */
export interface Source {
  readonly root: string;
  /** For the report: which pictures these are. */
  readonly description: string;
  /** Absolute paths of its pictures, sorted. */
  readonly pictures: readonly string[];
}

/**
 * The photographs of the test data (`VITRINE_TEST_DATA`, or `shared` beside the checkout) where they
 * are, else the sample catalog that ships with Vitrine.
 */
export async function findSource(): Promise<Source> {
  const shared = path.resolve(ROOT, process.env['VITRINE_TEST_DATA'] ?? '../shared');
  const fashion = path.join(shared, 'fashion');
  const isThere = existsSync(path.join(fashion, 'images'));
  const root = isThere ? fashion : path.join(installation.resourcesDir, 'sample-catalog');
  const folder = path.join(root, 'images');
  const names = (await readdir(folder)).filter((name) => /\.(jpg|webp)$/.test(name)).toSorted();
  const what = isThere ? 'product photographs of the test data' : 'pictures of the sample catalog';
  return {
    root,
    description: `${names.length.toLocaleString('en-US')} ${what}`,
    pictures: names.map((name) => path.join(folder, name)),
  };
}

/** Copies pictures into a new folder, which becomes a catalog of its own. */
export async function copyPictures(pictures: readonly string[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const picture of pictures) {
    await copyFile(picture, path.join(folder, path.basename(picture)));
  }
}
