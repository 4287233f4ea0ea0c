import type { IndexDetail } from '../../../../shared/contract/cloud/indexes.ts';
import {
  restoreInputSchema,
  type RestoreInput,
  type RestoreReport,
} from '../../../../shared/contract/cloud/restore.ts';
import { scanOptionsSchema } from '../../../../shared/contract/catalog.ts';
import type { Modality } from '../../../../shared/contract/models.ts';
import type { ListingOf } from '../../../../shared/contract/cloud/listing.ts';
import { CloudError } from '../../aws/cloud-error.ts';
import type { S3Vectors } from '../../aws/s3-vectors.ts';
import { folderlessRoot } from '../../catalog/folderless.ts';
import { VitrineError } from '../../errors.ts';
import { EmbeddingRepository, type ModelRef } from '../../vectors/embedding-repository.ts';
import { assertUnshared } from '../assert-unshared.ts';
import type { ConnectionService } from '../connection-service.ts';
import type { IndexService } from '../index-service.ts';
import type { Link, LinkedIndex } from '../link-repository.ts';
import { ListingProgress } from '../listing/listing-progress.ts';
import { ListingRuns, type ListingRun } from '../listing/listing-runs.ts';
import { assertSamePlace } from '../same-place.ts';
import { fillCatalog, type FillOptions, type Prepared } from './fill-catalog.ts';
import { resolveModel, type Side } from './restore-side.ts';

export interface RestoreServiceOptions extends FillOptions {
  readonly connections: ConnectionService;
  readonly indexes: IndexService;
  /** The models of this computer, for indexes that do not tell theirs. */
  readonly active: (modality: Modality) => Promise<ModelRef>;
}

const SAMPLE = 50;

/** Brings what indexes hold to this computer: a lost database, or a colleague's catalog. */
export class RestoreService {
  readonly #options: RestoreServiceOptions;
  readonly #runs: ListingRuns<RestoreReport>;

  constructor(options: RestoreServiceOptions) {
    this.#options = options;
    this.#runs = new ListingRuns(options.onChange);
  }

  /**
   * Makes a catalog of the indexes' items and vectors, or gives the items of one that is there their
   * vectors by key. Nothing is embedded and nothing in the cloud is changed. Interrupted, it is run
   * again with the same input and writes what is missing.
   *
   * @throws VitrineError INDEX_MISMATCH, CLOUD_NOT_FOUND, CLOUD_CONFLICT, INVALID_INPUT, CANCELLED
   */
  async restore(input: RestoreInput, run: Partial<ListingRun> = {}): Promise<RestoreReport> {
    const { progress = new ListingProgress(), signal } = run;
    return fillCatalog(this.#options, this.#claim(await this.#examine(input)), {
      progress,
      signal,
    });
  }

  /**
   * As `restore`, but answers when the indexes are found to be fit, and goes on whoever waits:
   * `listings` says how far it is.
   *
   * @returns the catalog that is being filled
   * @throws VitrineError as `restore`, and BUSY while that catalog is being filled
   */
  async start(input: RestoreInput): Promise<number> {
    const fit = await this.#examine(input);
    // Between the two nothing waits: nobody else can begin with the catalog.
    const prepared = this.#claim(fit);
    this.#runs.start(prepared.catalogId, (run) => fillCatalog(this.#options, prepared, run));
    return prepared.catalogId;
  }

  /** Goes on with what was stopped, failed, or ended with Vitrine; does nothing when all has come. */
  async goOn(catalogId: number): Promise<void> {
    const input = this.#options.unfinished.find(catalogId);
    if (input !== null) await this.start({ ...input, into: catalogId });
  }

  /** It ends soon; what has come stays, and `goOn` brings the rest. */
  stop(catalogId: number): void {
    this.#runs.stop(catalogId);
  }

  /** What has ended need not be told any more; what is unfinished stays so. */
  forget(catalogId: number): void {
    this.#runs.forget(catalogId);
  }

  /** Whether it is being filled by `start` or `goOn`. */
  isRunning(catalogId: number): boolean {
    return this.#runs.isRunning(catalogId);
  }

  listings(): ListingOf<'restore'>[] {
    const { unfinished } = this.#options;
    const known = this.#runs.states();
    const left = unfinished
      .catalogIds()
      .filter((id) => !known.some(({ catalogId }) => catalogId === id));
    return [
      ...known.map((state) => ({ ...state, kind: 'restore' as const })),
      ...left.map((catalogId) => ({
        kind: 'restore' as const,
        catalogId,
        state: 'stopped' as const,
        sides: [],
        etaSeconds: null,
        failure: null,
        report: null,
      })),
    ];
  }

  /** Stops and forgets what runs on a catalog that is about to go; resolves when it writes no more. */
  drop(catalogId: number): Promise<void> {
    return this.#runs.drop(catalogId);
  }

  /** Resolves when none writes any more. */
  stopAll(): Promise<void> {
    return this.#runs.stopAll();
  }

  /** Reads only, here and there. */
  async #examine(input: RestoreInput): Promise<Examined> {
    const { connections, links } = this.#options;
    const wish = parse(input);
    const api = connections.api();
    const sides = await this.#sides(wish);
    const sample = await readSample(api, sides);
    const region = await api.region();
    const examined = { input, wish, api, sides, sample, region };
    const known = this.#known(examined);
    const link = known === null ? null : links.find(known);
    if (link !== null) await assertSamePlace(link, api);
    return examined;
  }

  /**
   * Links the catalog to what was found fit, and notes that it is being restored: in one turn.
   *
   * @throws VitrineError BUSY before anything is changed, where it is being filled already
   */
  #claim(examined: Examined): Prepared {
    const { onChange, catalogs, unfinished } = this.#options;
    const { input, wish, api, sides, sample } = examined;
    const known = this.#known(examined);
    if (known !== null) this.#runs.assertIdle(known);
    const catalogId = this.#catalog(examined);
    unfinished.begin(catalogId, input);
    catalogs.bumpRevision(catalogId);
    onChange();
    return {
      catalogId,
      nameKey: wish.nameKey ?? null,
      api,
      sides,
      indexes: this.#confirmed(catalogId, sides),
      sample,
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
  #catalog(examined: Examined): number {
    const { catalogs, links } = this.#options;
    const { wish, api, sides, region } = examined;
    const { bucket } = wish;
    const { endpoint } = api.connection;
    const known = this.#known(examined);
    for (const { detail } of sides) {
      const { name } = detail;
      assertUnshared(links, { place: { bucket, name, region, endpoint }, catalogId: known });
    }
    const catalog =
      known === null
        ? catalogs.create({
            name: wish.name ?? this.#freeName(bucket),
            root: rootOf(examined),
            isSample: false,
            options: scanOptionsSchema.parse({}),
          })
        : catalogs.get(known);
    const before = links.find(catalog.id);
    if (before !== null) assertSameBucket(before, bucket);
    links.save({
      catalogId: catalog.id,
      bucket,
      region,
      endpoint,
      columns: before?.columns ?? [],
      encryption: before?.encryption ?? null,
      isCreating: false,
      isModelAssumed: wish.assumeModel || (before?.isModelAssumed ?? false),
      indexes: sides.map(({ modality, detail, model }) => ({
        modality,
        name: detail.name,
        modelRef: model.ref,
      })),
    });
    return catalog.id;
  }

  /** The catalog that is to be filled, where it is there already. */
  #known(examined: Examined): number | null {
    return examined.wish.into ?? this.#options.catalogs.findByRoot(rootOf(examined))?.id ?? null;
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
function assertSameBucket(link: Link, bucket: string): void {
  if (link.bucket === bucket) return;
  throw new VitrineError(
    'CLOUD_CONFLICT',
    `The catalog is linked to the bucket ${link.bucket}, not to ${bucket}.`,
    { action: 'Unlink it first: vitrine cloud unlink <catalog>', subject: link.bucket },
  );
}

type Wish = ReturnType<typeof parse>;

/** Indexes that were found to be fit, before a catalog is linked to them. */
interface Examined {
  readonly input: RestoreInput;
  readonly wish: Wish;
  readonly api: S3Vectors;
  readonly sides: readonly Side[];
  readonly sample: Prepared['sample'];
  readonly region: string | null;
}

function rootOf({ wish, api, sides, region }: Examined): string {
  const indexes = sides.map(({ detail }) => detail.name);
  return folderlessRoot({ at: api.connection.endpoint ?? region, bucket: wish.bucket, indexes });
}

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
