import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import { isBucketName } from '../store/resource-names.ts';
import { isObject, RequestFields } from '../wire/request-fields.ts';
import { invalid, ServiceError } from '../wire/service-error.ts';
import type { Operation } from './context.ts';
import { namePages } from './paging.ts';
import { encryptionOf, secondsOf, tagsOf } from './shared-members.ts';
import { bucketTarget } from './targets.ts';

export const createVectorBucket: Operation = ({ account, limits, clock }, input) => {
  const fields = new RequestFields(input);
  const name = fields.string('vectorBucketName', {
    ...S3_VECTORS_LIMITS.nameLength,
    required: true,
  });
  const encryption = encryptionOf(fields);
  const tags = tagsOf(fields, limits);
  fields.check();
  if (!isBucketName(name)) throw invalid('/vectorBucketName', 'Invalid vector bucket name');
  const settings = {
    name,
    createdAt: clock.now(),
    encryption: encryption() ?? ({ sseType: 'AES256' } as const),
    tags: tags(),
  };
  if (account.findBucket(name) !== undefined) {
    throw new ServiceError(
      'ConflictException',
      'A vector bucket with the specified name already exists',
    );
  }
  if (account.buckets.length >= limits.vectorBuckets) {
    throw new ServiceError(
      'ServiceQuotaExceededException',
      `An account may have at most ${limits.vectorBuckets} vector buckets in a Region`,
    );
  }
  return { vectorBucketArn: account.createBucket(settings).arn };
};

export const getVectorBucket: Operation = ({ account }, input) => {
  const fields = new RequestFields(input);
  const target = bucketTarget(fields);
  fields.check();
  const { arn, settings } = target(account);
  return {
    vectorBucket: {
      vectorBucketName: settings.name,
      vectorBucketArn: arn,
      creationTime: secondsOf(settings.createdAt),
      encryptionConfiguration: settings.encryption,
      defaultIndexMode: settings.defaultMode,
    },
  };
};

export const listVectorBuckets: Operation = ({ account, limits, tokens }, input) => {
  const fields = new RequestFields(input);
  const pages = namePages(fields, { tokens, max: limits.bucketsPerPage });
  fields.check();
  const { page, ...more } = pages(account.buckets, 'ListVectorBuckets');
  return {
    vectorBuckets: page.map(({ arn, settings }) => ({
      vectorBucketName: settings.name,
      vectorBucketArn: arn,
      creationTime: secondsOf(settings.createdAt),
    })),
    ...more,
  };
};

export const deleteVectorBucket: Operation = ({ account }, input) => {
  const fields = new RequestFields(input);
  const target = bucketTarget(fields);
  fields.check();
  const bucket = target(account);
  if (bucket.indexes.size > 0) {
    throw new ServiceError('ConflictException', 'The specified vector bucket is not empty');
  }
  account.deleteBucket(bucket);
  return {};
};

export const putVectorBucketPolicy: Operation = ({ account }, input) => {
  const fields = new RequestFields(input);
  const target = bucketTarget(fields);
  const policy = fields.string('policy', { min: 1, required: true });
  fields.check();
  const bucket = target(account);
  if (!isPolicy(policy)) throw invalid('/policy', 'The policy is not valid JSON');
  account.changeBucket(bucket, { policy });
  return {};
};

export const getVectorBucketPolicy: Operation = ({ account }, input) => {
  const fields = new RequestFields(input);
  const target = bucketTarget(fields);
  fields.check();
  const { policy } = target(account).settings;
  if (policy === null) {
    throw new ServiceError(
      'NotFoundException',
      'The specified vector bucket policy could not be found',
    );
  }
  return { policy };
};

export const deleteVectorBucketPolicy: Operation = ({ account }, input) => {
  const fields = new RequestFields(input);
  const target = bucketTarget(fields);
  fields.check();
  account.changeBucket(target(account), { policy: null });
  return {};
};

function isPolicy(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}
