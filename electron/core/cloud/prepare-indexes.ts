import { CONTENT_KEY } from '../../../shared/content-key.ts';
import type { IndexDetail } from '../../../shared/contract/cloud/indexes.ts';
import { MODEL_TAGS } from '../../../shared/model-tags.ts';
import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import { CloudError } from '../aws/cloud-error.ts';
import type { S3Vectors } from '../aws/s3-vectors.ts';
import { VitrineError } from '../errors.ts';
import type { ModelRef } from '../vectors/embedding-repository.ts';
import type { IndexService } from './index-service.ts';
import { modelTold } from './index-tags.ts';
import type { Link, LinkedIndex } from './link-repository.ts';

export interface PrepareOptions {
  readonly link: Omit<Link, 'indexes'>;
  readonly indexes: readonly WantedIndex[];
  readonly service: IndexService;
  readonly api: S3Vectors;
}

/** Distances of Vitrine are cosine distances; its vectors have unit length. */
const METRIC = 'cosine';

/** An index as a catalog needs it. */
export type WantedIndex = Pick<LinkedIndex, 'bucket' | 'name' | 'modality' | 'model'>;

/**
 * Sees to it that indexes are there and fit: makes them if the user wished so, and refuses those of
 * another dimension, metric or model. Returns what the service says of each.
 *
 * @throws VitrineError INDEX_MISMATCH with both values, CLOUD_NOT_FOUND when one is missing.
 */
export async function prepareIndexes(options: PrepareOptions): Promise<IndexDetail[]> {
  const { link, indexes, service } = options;
  const details: IndexDetail[] = [];
  for (const index of indexes) {
    let detail = await find(service, index);
    if (detail === null) {
      await create(options, index);
      detail = await service.show({ bucket: index.bucket, name: index.name });
    }
    assertFits(detail, index, link);
    details.push(detail);
  }
  return details;
}

async function find(service: IndexService, index: WantedIndex): Promise<IndexDetail | null> {
  try {
    return await service.show({ bucket: index.bucket, name: index.name });
  } catch (error) {
    if (error instanceof CloudError && error.code === 'CLOUD_NOT_FOUND') return null;
    throw error;
  }
}

async function create({ link, service, api }: PrepareOptions, index: WantedIndex): Promise<void> {
  const { bucket, name, model } = index;
  if (!link.isCreating) {
    throw new VitrineError(
      'CLOUD_NOT_FOUND',
      `There is no index ${name} in the bucket ${bucket}.`,
      {
        action: 'Link with --create to have it made, or name one that is there.',
        subject: name,
      },
    );
  }
  const encryption = link.encryption === null ? {} : { encryption: link.encryption };
  await api.getBucket(bucket).catch(async (error: unknown) => {
    if (!(error instanceof CloudError) || error.code !== 'CLOUD_NOT_FOUND') throw error;
    await unlessThere(service.createBucket(bucket, encryption));
  });
  await unlessThere(
    service.create({
      bucket,
      name,
      dimension: model.dimension,
      metric: METRIC,
      nonFilterableKeys: nonFilterableKeys(link.columns),
      tags: { [MODEL_TAGS.id]: model.id, [MODEL_TAGS.sha256]: model.sha256 },
      ...encryption,
    }),
  );
}

/** The hash of the content has its key from the start, if there is room: it may be published later. */
function nonFilterableKeys(columns: Link['columns']): string[] {
  const keys = columns.filter(({ filterable }) => !filterable).map(({ as }) => as);
  const hasRoom = keys.length < S3_VECTORS_LIMITS.nonFilterableKeys;
  const isTaken = columns.some(({ as }) => as === CONTENT_KEY);
  return hasRoom && !isTaken ? [...keys, CONTENT_KEY] : keys;
}

/** Somebody else may have been quicker; what is there is looked at anyway. */
async function unlessThere(creation: Promise<void>): Promise<void> {
  await creation.catch((error: unknown) => {
    if (!(error instanceof CloudError) || error.code !== 'CLOUD_CONFLICT') throw error;
  });
}

/** @throws VitrineError INDEX_MISMATCH with both values */
export function assertFits(
  detail: Pick<IndexDetail, 'dimension' | 'metric' | 'tags'>,
  index: WantedIndex,
  link: Pick<Link, 'isModelAssumed'>,
): void {
  const { name, model } = index;
  if (detail.dimension !== model.dimension) {
    throw mismatch(name, {
      what: 'vectors',
      there: `${detail.dimension} numbers`,
      here: `${model.dimension} numbers (${model.id})`,
    });
  }
  if (detail.metric !== METRIC) {
    throw mismatch(name, { what: 'the metric', there: detail.metric, here: METRIC });
  }
  const owner = modelTold(detail);
  if (owner === null) {
    if (link.isModelAssumed) return;
    throw new VitrineError(
      'INDEX_MISMATCH',
      `The index ${name} does not say which model made its vectors; the catalog's are by ${model.id}.`,
      {
        action:
          'If they are by the same model, link with --assume-model; otherwise use another index.',
        subject: name,
        consent: 'assume-model',
      },
    );
  }
  if (owner.id !== model.id || owner.sha256 !== model.sha256) {
    throw mismatch(name, { what: 'vectors', there: describe(owner), here: describe(model) });
  }
}

function describe({ id, sha256 }: Pick<ModelRef, 'id' | 'sha256'>): string {
  return `the model ${id} (${sha256.slice(0, 12)})`;
}

function mismatch(
  name: string,
  { what, there, here }: { what: string; there: string; here: string },
): VitrineError {
  return new VitrineError(
    'INDEX_MISMATCH',
    `The index ${name} is made for other ${what.replace(/^the /, '')}: it has ${there}, the catalog ${here}.`,
    {
      action: 'Choose another index name: what an index is made for cannot be changed.',
      subject: name,
    },
  );
}
