import { readPage } from '../../aws/vector-page.ts';
import type { LinkedIndex } from '../link-repository.ts';
import { compareRecord } from '../publish/compare-record.ts';
import type { RecordSource } from '../publish/record-source.ts';
import type { RecordVersion } from '../publish/record-version.ts';

/** A page of an index beside what should be there; keys in the order of the page. */
export interface ComparedPage {
  readonly nextToken: string | null;
  /** All of the page. */
  readonly keys: readonly string[];
  /** Of these, keys that the catalog does not have. */
  readonly unexpected: readonly string[];
  readonly different: { readonly metadata: readonly string[]; readonly vector: readonly string[] };
  /** Versions that are there, number by number, though the ledger does not know it. */
  readonly unknown: readonly RecordVersion[];
}

/**
 * Compares an answer to ListVectors with the catalog. It reads a million numbers in 20 ms, which is no
 * work for the thread that answers windows.
 */
export function comparePage(
  source: RecordSource,
  index: LinkedIndex,
  { body, withVectors }: { readonly body: Uint8Array; readonly withVectors: boolean },
): ComparedPage {
  const { vectors, nextToken } = readPage(body);
  const keys = vectors.map(({ key }) => key);
  const local = source.records(index, keys);
  const unexpected: string[] = [];
  const different = { metadata: [] as string[], vector: [] as string[] };
  const unknown: RecordVersion[] = [];
  for (const there of vectors) {
    const here = local.get(there.key);
    if (here === undefined || here.isRefused) {
      unexpected.push(there.key);
      continue;
    }
    const difference = compareRecord(there, here);
    if (difference !== 'same') different[difference].push(there.key);
    // Without its numbers nobody can say that a vector unknown to the ledger is the right one.
    else if (withVectors && !here.isKnown) unknown.push(here.version);
  }
  return { nextToken, keys, unexpected, different, unknown };
}
