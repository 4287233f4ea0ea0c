import { ENHANCED_SINCE } from '../limits.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Journal } from './journal.ts';
import { bucketArn, type ResourceName } from './resource-names.ts';
import type { Bucket, BucketSettings, Index, IndexSettings } from './resources.ts';
import { VectorIndex } from './vector-index.ts';

/** The buckets and indexes of the pretended account; what it is told it keeps, on disk if there is one. */
export class Account {
  readonly #region: string;
  readonly #journal: Journal | null;
  readonly #buckets = new Map<string, Bucket>();
  #lastIndexId = 0;

  constructor(region: string, journal: Journal | null) {
    this.#region = region;
    this.#journal = journal;
    for (const settings of journal?.buckets() ?? []) this.#hold(settings);
    for (const { id, bucket, settings } of journal?.indexes() ?? []) {
      const index = this.#holdIndex(this.bucket(bucket), settings, id);
      for (const record of journal?.vectors(id) ?? []) index.vectors.put([record]);
    }
  }

  /** In order of name. */
  get buckets(): Bucket[] {
    return byName([...this.#buckets.values()]);
  }

  findBucket(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** @throws ServiceError NotFoundException */
  bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      throw new ServiceError('NotFoundException', 'The specified vector bucket could not be found');
    }
    return bucket;
  }

  /** @throws ServiceError NotFoundException, also where the bucket is missing, as the service does. */
  index({ bucket, index }: { bucket: string; index: string }): Index {
    const found = this.#buckets.get(bucket)?.indexes.get(index);
    if (found === undefined) {
      throw new ServiceError('NotFoundException', 'The specified index could not be found');
    }
    return found;
  }

  /** The bucket or index an ARN names; one of another region or account is not here. */
  byArn({ bucketArn: arn, bucket, index }: ResourceName): Bucket | Index {
    const isHere = arn === bucketArn(this.#region, bucket);
    if (index !== null) return this.index({ bucket: isHere ? bucket : '', index });
    return this.bucket(isHere ? bucket : '');
  }

  createBucket(settings: Omit<BucketSettings, 'defaultMode' | 'policy'>): Bucket {
    const defaultMode = settings.createdAt >= ENHANCED_SINCE ? 'ENHANCED' : 'CLASSIC';
    const bucket = this.#hold({ ...settings, defaultMode, policy: null });
    this.#journal?.saveBucket(bucket.settings);
    return bucket;
  }

  changeBucket(bucket: Bucket, change: Partial<BucketSettings>): void {
    bucket.settings = { ...bucket.settings, ...change };
    this.#journal?.saveBucket(bucket.settings);
  }

  deleteBucket({ settings: { name } }: Bucket): void {
    this.#journal?.deleteBucket(name);
    this.#buckets.delete(name);
  }

  createIndex(bucket: Bucket, settings: IndexSettings): Index {
    const index = this.#holdIndex(bucket, settings, this.#lastIndexId + 1);
    this.#journal?.saveIndex(index);
    return index;
  }

  changeIndex(index: Index, change: Partial<IndexSettings>): void {
    index.settings = { ...index.settings, ...change };
    this.#journal?.saveIndex(index);
  }

  deleteIndex(index: Index): void {
    this.#journal?.deleteIndex(index.id);
    this.bucket(index.bucket).indexes.delete(index.settings.name);
  }

  putVectors(index: Index, records: Parameters<VectorIndex['put']>[0]): void {
    this.#journal?.putVectors(index.id, records);
    index.vectors.put(records);
  }

  deleteVectors(index: Index, keys: readonly string[]): void {
    this.#journal?.deleteVectors(index.id, keys);
    index.vectors.delete(keys);
  }

  #hold(settings: BucketSettings): Bucket {
    const { name } = settings;
    const bucket = { settings, arn: bucketArn(this.#region, name), indexes: new Map() };
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #holdIndex(bucket: Bucket, settings: IndexSettings, id: number): Index {
    const { name, dimension, metric } = settings;
    const index = {
      settings,
      id,
      arn: `${bucket.arn}/index/${name}`,
      bucket: bucket.settings.name,
      vectors: new VectorIndex(dimension, metric),
    };
    bucket.indexes.set(name, index);
    this.#lastIndexId = Math.max(this.#lastIndexId, id);
    return index;
  }
}

/** Sorts buckets or indexes as listings show them. */
export function byName<T extends { readonly settings: { readonly name: string } }>(
  resources: readonly T[],
): T[] {
  return resources.toSorted((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
}
