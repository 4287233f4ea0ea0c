/** The pretended account of every practice cloud. */
export const ACCOUNT_ID = '000000000000';

/** The user guide's rules, stricter than the model's pattern of an ARN. */
const BUCKET_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const INDEX_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

const ARN =
  /^(arn:aws[-a-z0-9]*:s3vectors:[a-z0-9-]+:\d{12}:bucket\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9]))(?:\/index\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9]))?$/;

export interface ResourceName {
  readonly bucketArn: string;
  readonly bucket: string;
  /** Null for the ARN of a bucket. */
  readonly index: string | null;
}

export function isBucketName(name: string): boolean {
  return BUCKET_NAME.test(name);
}

export function isIndexName(name: string): boolean {
  return INDEX_NAME.test(name);
}

export function bucketArn(region: string, bucket: string): string {
  return `arn:aws:s3vectors:${region}:${ACCOUNT_ID}:bucket/${bucket}`;
}

/** Null for what is no ARN of a vector bucket or index. */
export function parseArn(arn: string): ResourceName | null {
  const [, bucketPart, bucket, index] = ARN.exec(arn) ?? [];
  if (bucketPart === undefined || bucket === undefined) return null;
  return { bucketArn: bucketPart, bucket, index: index ?? null };
}
