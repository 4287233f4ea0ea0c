import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import type { Account } from '../store/account.ts';
import type { Bucket, Index } from '../store/resources.ts';
import { parseArn } from '../store/resource-names.ts';
import type { RequestFields } from '../wire/request-fields.ts';
import { invalid, ServiceError } from '../wire/service-error.ts';

/**
 * The bucket a request means, by name or by ARN. Reads the members at once; the function it gives
 * looks the bucket up, after all members were checked.
 */
export function bucketTarget(fields: RequestFields): (account: Account) => Bucket {
  const name = fields.string('vectorBucketName', S3_VECTORS_LIMITS.nameLength);
  const arn = fields.string('vectorBucketArn', { min: 1 });
  return (account) => {
    if ((name === '') === (arn === '')) {
      throw new ServiceError(
        'ValidationException',
        'Must specify either vectorBucketName or vectorBucketArn but not both',
      );
    }
    if (name !== '') return account.bucket(name);
    const resource = parseArn(arn);
    if (resource === null || resource.index !== null) {
      throw invalid('/vectorBucketArn', 'Invalid vector bucket ARN');
    }
    return account.byArn(resource) as Bucket;
  };
}

/** The index a request means: by ARN, or by the names of the bucket and of the index. */
export function indexTarget(fields: RequestFields): (account: Account) => Index {
  const bucket = fields.string('vectorBucketName', S3_VECTORS_LIMITS.nameLength);
  const index = fields.string('indexName', S3_VECTORS_LIMITS.nameLength);
  const arn = fields.string('indexArn', { min: 1 });
  return (account) => {
    const byNames = bucket !== '' && index !== '';
    const byArn = arn !== '' && bucket === '' && index === '';
    if (!byArn && (!byNames || arn !== '')) {
      throw new ServiceError(
        'ValidationException',
        'Must specify either indexArn or both vectorBucketName and indexName',
      );
    }
    if (byNames) return account.index({ bucket, index });
    const resource = parseArn(arn);
    if (resource === null || resource.index === null) {
      throw invalid('/indexArn', 'Invalid index ARN');
    }
    return account.byArn(resource) as Index;
  };
}

/** What counters and messages call an index: `bucket/index`. */
export function nameOf(index: Index): string {
  return `${index.bucket}/${index.settings.name}`;
}
