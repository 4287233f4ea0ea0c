import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import { isIndexName } from '../store/resource-names.ts';
import { RequestFields } from '../wire/request-fields.ts';
import { invalid, ServiceError } from '../wire/service-error.ts';
import type { Operation } from './context.ts';
import { namePages } from './paging.ts';
import { encryptionOf, secondsOf, tagsOf } from './shared-members.ts';
import { bucketTarget, indexTarget } from './targets.ts';

const METRICS = ['euclidean', 'cosine'] as const;

export const createIndex: Operation = ({ account, limits, clock }, input) => {
  const fields = new RequestFields(input);
  const target = bucketTarget(fields);
  const name = fields.string('indexName', { ...S3_VECTORS_LIMITS.nameLength, required: true });
  fields.oneOf('dataType', ['float32'], { required: true });
  const dimension = fields.integer('dimension', { min: 1, max: limits.dimension, required: true });
  const metric = fields.oneOf('distanceMetric', METRICS, { required: true });
  let nonFilterableKeys: readonly string[] = [];
  fields.nested('metadataConfiguration', (nested) => {
    nonFilterableKeys = nested.strings(
      'nonFilterableMetadataKeys',
      { min: 1, max: limits.nonFilterableKeys, required: true },
      { min: 1, max: limits.nonFilterableKeyLength },
    );
  });
  const encryption = encryptionOf(fields);
  const tags = tagsOf(fields, limits);
  fields.check();
  if (!isIndexName(name)) throw invalid('/indexName', 'Invalid index name');
  if (new Set(nonFilterableKeys).size < nonFilterableKeys.length) {
    throw invalid(
      '/metadataConfiguration/nonFilterableMetadataKeys',
      'Non-filterable metadata keys must be unique',
    );
  }
  const own = { encryption: encryption(), tags: tags() };
  const bucket = target(account);
  if (bucket.indexes.has(name)) {
    throw new ServiceError('ConflictException', 'An index with the specified name already exists');
  }
  if (bucket.indexes.size >= limits.indexesPerBucket) {
    throw new ServiceError(
      'ServiceQuotaExceededException',
      `A vector bucket may have at most ${limits.indexesPerBucket} indexes`,
    );
  }
  const index = account.createIndex(bucket, {
    name,
    createdAt: clock.now(),
    dimension,
    metric,
    nonFilterableKeys,
    encryption: own.encryption ?? bucket.settings.encryption,
    mode: bucket.settings.defaultMode,
    tags: own.tags,
  });
  return { indexArn: index.arn };
};

export const getIndex: Operation = ({ account }, input) => {
  const fields = new RequestFields(input);
  const target = indexTarget(fields);
  fields.check();
  const { arn, bucket, settings } = target(account);
  const { nonFilterableKeys } = settings;
  return {
    index: {
      vectorBucketName: bucket,
      indexName: settings.name,
      indexArn: arn,
      creationTime: secondsOf(settings.createdAt),
      dataType: 'float32',
      dimension: settings.dimension,
      distanceMetric: settings.metric,
      ...(nonFilterableKeys.length > 0 && {
        metadataConfiguration: { nonFilterableMetadataKeys: nonFilterableKeys },
      }),
      encryptionConfiguration: settings.encryption,
      indexMode: settings.mode,
    },
  };
};

export const listIndexes: Operation = ({ account, limits, tokens }, input) => {
  const fields = new RequestFields(input);
  const target = bucketTarget(fields);
  const pages = namePages(fields, { tokens, max: limits.indexesPerPage });
  fields.check();
  const bucket = target(account);
  const { page, ...more } = pages([...bucket.indexes.values()], bucket.arn);
  return {
    indexes: page.map(({ arn, settings }) => ({
      vectorBucketName: bucket.settings.name,
      indexName: settings.name,
      indexArn: arn,
      creationTime: secondsOf(settings.createdAt),
    })),
    ...more,
  };
};

export const deleteIndex: Operation = ({ account }, input) => {
  const fields = new RequestFields(input);
  const target = indexTarget(fields);
  fields.check();
  account.deleteIndex(target(account));
  return {};
};
