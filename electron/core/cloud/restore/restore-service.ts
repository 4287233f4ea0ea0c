import type { IndexDetail } from '../../../../shared/contract/cloud/indexes.ts';
import {
  restoreInputSchema,
  type RestoreInput,
  type RestoreReport,
} from '../../../../shared/contract/cloud/restore.ts';
import { scanOptionsSchema } from '../../../../shared/contract/catalog.ts';
import type { Modality } from '../../../../shared/contract/models.ts';
import { CloudError } from '../../aws/cloud-error.ts';
import type { S3Vectors } from '../../aws/s3-vectors.ts';
import type { CatalogRepository } from '../../catalog/catalog-repository.ts';
import { folderlessRoot, isFolderless } from '../../catalog/folderless.ts';
import type { Db } from '../../db/database.ts';
import { VitrineError } from '../../errors.ts';
import { EmbeddingRepository, type ModelRef } from '../../vectors/embedding-repository.ts';
import { assertUnshared } from '../assert-unshared.ts';
import type { ConnectionService } from '../connection-service.ts';
import type { IndexService } from '../index-service.ts';
import type { Link, LinkedIndex, LinkRepository } from '../link-repository.ts';
import { listSegments } from '../list-segments.ts';
import type { Ledger } from '../publish/ledger.ts';
import type { RecordSource } from '../publish/record-source.ts';
import { assertSamePlace } from '../same-place.ts';
import { findNameKey } from './match-columns.ts';
import { RestoredColumns } from './restored-columns.ts';
import { resolveModel, type Side } from './restore-side.ts';
import { RestoreRun } from './restore-run.ts';

export interface RestoreServiceOptions {
  readonly db: Db;
  readonly catalogs: CatalogRepository;
  readonly connections: ConnectionService;
  readonly indexes: IndexService;
  readonly links: LinkRepository;
  readonly ledger: Ledger;
  readonly source: RecordSource;
  /** The models of this computer, for indexes that do not tell theirs. */
  readonly active: (modality: Modality) => Promise<ModelRef>;
  readonly onChange: () => void;
}

// A page is parsed in one go on the main thread: small ones, and few at
// once, so that few arrive in the same turn.
const PAGE = 50;
const SEGMENTS = 2;
const SAMPLE = 50;
const TELL_MS = 1_000;

/** Brings what indexes hold to this computer: a lost database, or a colleague's catalog. */
export class RestoreService {
  readonly #options: RestoreServiceOptions;

  constructor(options: RestoreServiceOptions) {
    this.#options = options;
  }

  /**
   * Makes a catalog of the indexes' items and vectors, or gives the items of one that is there their
   * vectors by key. Nothing is embedded and nothing in the cloud is changed. Interrupted, it is run
   * again with the same input and writes what is missing.
   *
   * @throws VitrineError INDEX_MISMATCH, CLOUD_NOT_FOUND, CLOUD_CONFLICT, INVALID_INPUT, CANCELLED
   */
  async restore(
    input: RestoreInput,
    {
      signal,
      onProgress,
    }: { signal?: AbortSignal | undefined; onProgress?: (listed: number) => void } = {},
  ): Promise<RestoreReport> {
    const { db, connections, catalogs, onChange, ledger, source } = this.#options;
    const startedAt = performance.now();
    const wish = parse(input);
    const api = connections.api();
    const sides = await this.#sides(wish);
    const sample = await readSample(api, sides);
    const catalogId = await this.#catalog(wish, { api, sides });
    const isMakingItems = isFolderless(catalogs.get(catalogId).root);
    const nameKey =
      wish.nameKey ??
      sample.map(({ metadata = {} }) => findNameKey(metadata)).find((key) => key !== null) ??
      null;
    const columns = new RestoredColumns(this.#options, { catalogId, nameKey, isMakingItems });
    if (!isMakingItems) columns.match(sample, sides);
    const run = new RestoreRun({
      db,
      catalogId,
      source,
      ledger,
      isMakingItems,
      nameKey,
      signal,
      onMetadata: (index, metadata) => columns.add(index, metadata),
    });
    const indexes = this.#confirmed(catalogId, sides);
    let listed = 0;
    let toldAt = performance.now();
    const tell = () => {
      catalogs.bumpRevision(catalogId);
      onChange();
    };
    try {
      await Promise.all(
        indexes.map((index) =>
          listSegments(api, index, {
            segments: SEGMENTS,
            pageSize: PAGE,
            withData: true,
            signal,
            async onPage(vectors) {
              await run.take(index, vectors);
              listed += vectors.length;
              onProgress?.(listed);
              if (performance.now() - toldAt < TELL_MS) return;
              toldAt = performance.now();
              tell();
            },
          }),
        ),
      );
      if (isMakingItems) {
        await run.forgetOthers(indexes);
        // It is whole: from now on a model that is chosen later may embed its names anew.
        db.prepare('UPDATE catalog SET scanned_at = ?, scan_ms = ? WHERE id = ?').run(
          Date.now(),
          Math.round(performance.now() - startedAt),
          catalogId,
        );
      }
    } finally {
      tell();
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

  /** Those of the two indexes that are there, with their models. */
  async #sides(wish: Wish): Promise<Side[]> {
    const { indexes, db, active } = this.#options;
    const embeddings = new EmbeddingRepository(db);
    const wanted = [
      { modality: 'image' as const, name: wish.imageIndex },
      { modality: 'text' as const, name: wish.textIndex },
    ];
    const sides: Side[] = [];
    for (const { modality, name } of wanted) {
      const detail = await show(indexes, { bucket: wish.bucket, name });
      if (detail === null) continue;
      const isModelAssumed = wish.assumeModel;
      const model = await resolveModel(
        { modality, detail },
        { embeddings, active, isModelAssumed },
      );
      sides.push({ modality, detail, model });
    }
    if (sides.length > 0) return sides;
    throw new VitrineError(
      'CLOUD_NOT_FOUND',
      `The bucket ${wish.bucket} has neither ${wish.imageIndex} nor ${wish.textIndex}.`,
      {
        action: `See what it has: vitrine cloud indexes list ${wish.bucket}`,
        subject: wish.bucket,
      },
    );
  }

  /** The catalog to fill, linked to the indexes; what of the link is there already stays. */
  async #catalog(wish: Wish, at: { api: S3Vectors; sides: readonly Side[] }): Promise<number> {
    const { catalogs, links } = this.#options;
    const { bucket } = wish;
    const region = await at.api.region();
    const { endpoint } = at.api.connection;
    const names = at.sides.map(({ detail }) => detail.name);
    const root = folderlessRoot({ at: endpoint ?? region, bucket, indexes: names });
    const known = wish.into ?? catalogs.findByRoot(root)?.id;
    for (const name of names) {
      assertUnshared(links, {
        place: { bucket, name, region, endpoint },
        catalogId: known ?? null,
      });
    }
    const catalog =
      known === undefined
        ? catalogs.create({
            name: wish.name ?? this.#freeName(bucket),
            root,
            isSample: false,
            options: scanOptionsSchema.parse({}),
          })
        : catalogs.get(known);
    const before = links.find(catalog.id);
    if (before !== null) await assertSamePlaceAs(before, { bucket, api: at.api });
    links.save({
      catalogId: catalog.id,
      bucket,
      region,
      endpoint,
      columns: before?.columns ?? [],
      encryption: before?.encryption ?? null,
      isCreating: false,
      isModelAssumed: wish.assumeModel || (before?.isModelAssumed ?? false),
      indexes: at.sides.map(({ modality, detail, model }) => ({
        modality,
        name: detail.name,
        modelRef: model.ref,
      })),
    });
    return catalog.id;
  }

  #freeName(wanted: string): string {
    const taken = new Set(this.#options.catalogs.list().map(({ name }) => name.toLowerCase()));
    let name = wanted;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted} ${n}`;
    return name;
  }

  #confirmed(catalogId: number, sides: readonly Side[]): readonly LinkedIndex[] {
    const { links } = this.#options;
    for (const index of links.get(catalogId).indexes) {
      const { detail } = sides.find(({ modality }) => modality === index.modality)!;
      const { createdAt, nonFilterableKeys } = detail;
      if (index.createdAt !== null && index.createdAt !== createdAt) links.clearLedger(index.id);
      links.confirm(index.id, { createdAt, nonFilterable: nonFilterableKeys });
    }
    return links.get(catalogId).indexes;
  }
}

/** What a catalog is linked to is not forgotten in passing. */
async function assertSamePlaceAs(
  link: Link,
  { bucket, api }: { bucket: string; api: S3Vectors },
): Promise<void> {
  await assertSamePlace(link, api);
  if (link.bucket === bucket) return;
  throw new VitrineError(
    'CLOUD_CONFLICT',
    `The catalog is linked to the bucket ${link.bucket}, not to ${bucket}.`,
    { action: 'Unlink it first: vitrine cloud unlink <catalog>', subject: link.bucket },
  );
}

type Wish = ReturnType<typeof parse>;

function parse(input: RestoreInput) {
  const parsed = restoreInputSchema.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) =>
      [...path.map(String), message].join(': '),
    );
    throw new VitrineError('INVALID_INPUT', `It cannot be restored so: ${issues.join('; ')}.`, {
      action: 'Correct the names of the bucket and its indexes.',
    });
  }
  if (parsed.data.imageIndex === parsed.data.textIndex) {
    throw new VitrineError('INVALID_INPUT', 'Pictures and names are in an index each.', {
      action: 'Give --image-index and --text-index different names.',
      subject: parsed.data.imageIndex,
    });
  }
  return parsed.data;
}

async function show(
  indexes: IndexService,
  place: { bucket: string; name: string },
): Promise<IndexDetail | null> {
  return indexes.show(place).catch((error: unknown) => {
    if (error instanceof CloudError && error.code === 'CLOUD_NOT_FOUND') return null;
    throw error;
  });
}

/** The first vectors of the first index that has any, without their numbers. */
async function readSample(api: S3Vectors, sides: readonly Side[]) {
  for (const { detail } of sides) {
    const page = await api.listVectors(detail, { withMetadata: true, pageSize: SAMPLE });
    if (page.vectors.length > 0) return page.vectors;
  }
  return [];
}
