import type { RestoreReport } from '../../../../shared/contract/cloud/restore.ts';
import type { S3Vectors } from '../../aws/s3-vectors.ts';
import type { ListedVector } from '../../aws/vector-page.ts';
import type { CatalogRepository } from '../../catalog/catalog-repository.ts';
import { isFolderless } from '../../catalog/folderless.ts';
import type { Db } from '../../db/database.ts';
import { VitrineError } from '../../errors.ts';
import type { LinkedIndex, LinkRepository } from '../link-repository.ts';
import { countVectors } from '../listing/count-vectors.ts';
import { listSegments } from '../listing/list-segments.ts';
import type { ListingProgress } from '../listing/listing-progress.ts';
import { together } from '../listing/together.ts';
import type { Ledger } from '../publish/ledger.ts';
import type { RecordSource } from '../publish/record-source.ts';
import { findNameKey } from './match-columns.ts';
import { RestoredColumns } from './restored-columns.ts';
import type { Side } from './restore-side.ts';
import { RestoreRun } from './restore-run.ts';
import type { UnfinishedRestores } from './unfinished-restores.ts';

export interface FillOptions {
  readonly db: Db;
  readonly catalogs: CatalogRepository;
  readonly links: LinkRepository;
  readonly ledger: Ledger;
  readonly source: RecordSource;
  readonly unfinished: UnfinishedRestores;
  readonly onChange: () => void;
}

/** What has been found to be fit, and is linked to the catalog that it fills. */
export interface Prepared {
  readonly catalogId: number;
  /** The metadata key with the product's name; null to find it out. */
  readonly nameKey: string | null;
  readonly api: S3Vectors;
  readonly sides: readonly Side[];
  readonly indexes: readonly LinkedIndex[];
  /** Some vectors, without their numbers. */
  readonly sample: readonly ListedVector[];
}

// A page is parsed in one go on the main thread: small ones, and few at
// once, so that few arrive in the same turn.
const PAGE = 50;
const SEGMENTS = 2;
const TELL_MS = 1_000;

/**
 * Brings what two indexes hold into a catalog, until all is there.
 *
 * @throws VitrineError CANCELLED, CloudError; CATALOG_NOT_FOUND and CLOUD_CONFLICT when the catalog is
 *   removed or given a folder meanwhile. What has come stays
 */
export async function fillCatalog(
  options: FillOptions,
  prepared: Prepared,
  { progress, signal }: { progress: ListingProgress; signal: AbortSignal | undefined },
): Promise<RestoreReport> {
  const { catalogId, api, sides, indexes, sample } = prepared;
  const { db, catalogs, onChange, ledger, source, unfinished } = options;
  const startedAt = performance.now();
  for (const { modality } of indexes) progress.begin(modality);
  const { root, name } = catalogs.get(catalogId);
  const isMakingItems = isFolderless(root);
  // Another process may have given it one: its items are those of the folder from then on.
  const assertSameFolder = () => {
    if (catalogs.get(catalogId).root === root) return;
    throw new VitrineError('CLOUD_CONFLICT', `${name} was given a folder while it was restored.`, {
      action: 'Go on with restoring: the items of the folder get their vectors by key.',
      subject: name,
    });
  };
  const nameKey =
    prepared.nameKey ??
    sample.map(({ metadata = {} }) => findNameKey(metadata)).find((key) => key !== null) ??
    null;
  const columns = new RestoredColumns(options, { catalogId, nameKey, isMakingItems });
  if (!isMakingItems) columns.match(sample, sides);
  const run = new RestoreRun({
    db,
    catalogId,
    source,
    ledger,
    isMakingItems,
    assertSameFolder,
    nameKey,
    signal,
    onMetadata: (index, metadata) => columns.add(index, metadata),
  });
  let toldAt = performance.now();
  const tell = () => {
    catalogs.bumpRevision(catalogId);
    onChange();
  };
  const read = async (index: LinkedIndex, either: AbortSignal) => {
    await listSegments({
      segments: SEGMENTS,
      signal: either,
      async takePage(request) {
        const pageAt = performance.now();
        const wanted = { pageSize: PAGE, withData: true, withMetadata: true };
        const { vectors, nextToken } = await api.listVectors(index, { ...wanted, ...request });
        const restored = await run.take(index, vectors);
        const now = performance.now();
        progress.note(index.modality, { listed: vectors.length, restored, ms: now - pageAt });
        if (now - toldAt >= TELL_MS) {
          toldAt = now;
          tell();
        }
        return nextToken;
      },
    });
    progress.end(index.modality);
  };
  const count = async (either: AbortSignal) => {
    const [first] = indexes;
    if (first === undefined) return;
    const expected = await countVectors(api, first, either).catch(() => null);
    // Only for the time left: without it, restoring goes on all the same.
    if (expected === null) return;
    // Both are of the same products; what really comes is counted.
    for (const { modality } of indexes) progress.expect(modality, expected);
  };
  // Whatever is still to be counted when all has come needs no counting.
  const counting = new AbortController();
  const counted = count(
    AbortSignal.any([counting.signal, ...(signal === undefined ? [] : [signal])]),
  );
  try {
    await together(
      indexes.map((index) => (either: AbortSignal) => read(index, either)),
      signal,
    ).finally(() => counting.abort());
    if (isMakingItems) {
      await run.forgetOthers(indexes);
      // It is whole: from now on a model that is chosen later may embed its names anew.
      db.prepare('UPDATE catalog SET scanned_at = ?, scan_ms = ? WHERE id = ?').run(
        Date.now(),
        Math.round(performance.now() - startedAt),
        catalogId,
      );
    }
    unfinished.end(catalogId);
  } finally {
    await counted;
    // Of a catalog that another process has removed there is nothing to tell.
    if (catalogs.list().some(({ id }) => id === catalogId)) tell();
  }
  return {
    catalogId,
    sides: indexes.map((index) => run.report(index)),
    items: db
      .prepare<[number], number>('SELECT count(*) FROM item WHERE catalog_id = ?')
      .pluck()
      .get(catalogId)!,
    seconds: Number(((performance.now() - startedAt) / 1000).toFixed(3)),
  };
}
