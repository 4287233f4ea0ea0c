const STATEMENTS = {
  reach: ['ListVectorBuckets'],
  use: [
    'CreateVectorBucket',
    'GetVectorBucket',
    'ListIndexes',
    'CreateIndex',
    'GetIndex',
    'PutVectors',
    // Queries that return metadata, and lists with data, are refused without GetVectors.
    'GetVectors',
    'DeleteVectors',
    'ListVectors',
    'QueryVectors',
    'TagResource',
    'UntagResource',
    'ListTagsForResource',
  ],
  remove: ['DeleteIndex', 'DeleteVectorBucket'],
} as const;

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/**
 * The least an IAM user or role needs for Vitrine. Actions are operation names under `s3vectors:`
 * (Service Authorization Reference, "Amazon S3 Vectors").
 *
 * @param options.bucket only this bucket; every bucket of the account by default.
 * @param options.isForDeletion the separate policy that allows to delete indexes and buckets.
 */
export function createPolicy(
  options: { bucket?: string | undefined; isForDeletion?: boolean | undefined } = {},
): Policy {
  const bucket = `arn:aws:s3vectors:*:*:bucket/${options.bucket ?? '*'}`;
  const resources = options.bucket === undefined ? bucket : [bucket, `${bucket}/index/*`];
  const allow = (sid: string, actions: readonly string[], resource: Statement['Resource']) => ({
    Sid: sid,
    Effect: 'Allow' as const,
    Action: actions.map((action) => `s3vectors:${action}`),
    Resource: resource,
  });
  return {
    Version: '2012-10-17',
    Statement:
      options.isForDeletion === true
        ? [allow('VitrineDeletesIndexes', STATEMENTS.remove, resources)]
        : [
            allow('VitrineListsBuckets', STATEMENTS.reach, '*'),
            allow('VitrinePublishesAndSearches', STATEMENTS.use, resources),
          ],
  };
}
