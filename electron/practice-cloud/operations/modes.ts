import { ENHANCED_SINCE } from '../limits.ts';
import { INDEX_MODES, type Bucket, type IndexMode } from '../store/resources.ts';
import { RequestFields } from '../wire/request-fields.ts';
import { invalid } from '../wire/service-error.ts';
import type { Operation } from './context.ts';
import { bucketTarget, indexTarget } from './targets.ts';

// Newer than the SDK in use, which neither sends these nor shows what they change.

export const putVectorBucketDefaultIndexMode: Operation = ({ account }, input) => {
  const fields = new RequestFields(input);
  const target = bucketTarget(fields);
  const mode = fields.oneOf('defaultIndexMode', INDEX_MODES, { required: true });
  fields.check();
  const bucket = target(account);
  account.changeBucket(bucket, { defaultMode: allowed(mode, bucket, '/defaultIndexMode') });
  return {};
};

export const updateIndexMode: Operation = ({ account }, input) => {
  const fields = new RequestFields(input);
  const target = indexTarget(fields);
  const mode = fields.oneOf('indexMode', INDEX_MODES, { required: true });
  fields.check();
  const index = target(account);
  account.changeIndex(index, { mode: allowed(mode, account.bucket(index.bucket), '/indexMode') });
  return {};
};

/** CLASSIC only exists in vector buckets from before ENHANCED did. */
function allowed(mode: IndexMode, bucket: Bucket, path: string): IndexMode {
  if (mode === 'CLASSIC' && bucket.settings.createdAt >= ENHANCED_SINCE) {
    throw invalid(
      path,
      'CLASSIC can be set only in a vector bucket created before September 30, 2026',
    );
  }
  return mode;
}
