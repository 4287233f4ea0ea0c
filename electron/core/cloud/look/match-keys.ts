import path from 'node:path';
import { stemOf } from '../../catalog/scan/picture-files.ts';

/** A key of an index, and the key of the catalog that it stands for. */
export interface KeyPair {
  readonly there: string;
  readonly here: string;
}

export interface KeyMatch {
  readonly exact: readonly KeyPair[];
  /** Equal but for folder and file ending: `images/10152.jpg` is 10152. */
  readonly byStem: readonly KeyPair[];
  readonly others: readonly string[];
}

/** Which keys of an index are keys of a catalog, or would be without folder and file ending. */
export function matchKeys(
  keys: readonly string[],
  isOfCatalog: (key: string) => boolean,
): KeyMatch {
  const exact: KeyPair[] = [];
  const byStem: KeyPair[] = [];
  const others: string[] = [];
  for (const there of keys) {
    if (isOfCatalog(there)) {
      exact.push({ there, here: there });
      continue;
    }
    const file = path.posix.basename(there.replaceAll('\\', '/'));
    const here = [stemOf(there), file, stemOf(file)].find(
      (shorter) => shorter !== there && isOfCatalog(shorter),
    );
    if (here === undefined) others.push(there);
    else byStem.push({ there, here });
  }
  return { exact, byStem, others };
}
