import { randomUUID } from 'node:crypto';
import type { ConnectionTest } from '../../../shared/contract/cloud/connection.ts';
import type { IndexPlace } from '../../../shared/contract/cloud/indexes.ts';
import { CloudError } from './cloud-error.ts';
import type { S3Vectors } from './s3-vectors.ts';

type Permission = ConnectionTest['permissions'][number];

/** Actions that cannot be tried without making, changing or deleting something. */
const UNTRIED = ['CreateVectorBucket', 'CreateIndex', 'DeleteIndex', 'DeleteVectorBucket'] as const;

/**
 * Tries what can be tried without effect. Whoever asks for an index that does not exist is told "not
 * found" only after the policy let them ask, so writes are tried there: nothing can come of them.
 *
 * @param place an index that exists, for a truer answer where policies name resources.
 */
export async function probePermissions(
  api: S3Vectors,
  { place, signal }: { place?: IndexPlace | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Permission[]> {
  const bucket = place?.bucket ?? `vitrine-probe-${randomUUID().slice(0, 8)}`;
  const nowhere = { bucket, name: `vitrine-probe-${randomUUID().slice(0, 8)}` };
  const there = place ?? nowhere;
  const vector = Float32Array.of(1);
  const body = new TextEncoder().encode(
    JSON.stringify({
      vectorBucketName: nowhere.bucket,
      indexName: nowhere.name,
      vectors: [{ key: 'probe', data: { float32: [1] } }],
    }),
  );
  const tries: Record<string, () => Promise<unknown>> = {
    GetVectorBucket: () => api.getBucket(bucket, { signal }),
    ListIndexes: () => api.listIndexes(bucket, { pageSize: 1, signal }),
    GetIndex: () => api.getIndex(there, { signal }),
    ListVectors: () => api.listVectors(there, { pageSize: 1, signal }),
    GetVectors: () => api.getVectors(nowhere, ['probe'], { signal }),
    QueryVectors: () => api.queryVectors(nowhere, { vector, topK: 1, signal }),
    PutVectors: () => api.putVectors(body, { signal }),
    DeleteVectors: () => api.deleteVectors(nowhere, ['probe'], { signal }),
  };
  const tried = await Promise.all(
    Object.entries(tries).map(async ([action, attempt]): Promise<Permission> => {
      const error: unknown = await attempt().then(
        () => null,
        (reason: unknown) => reason,
      );
      return { action: `s3vectors:${action}`, allowed: judge(error) };
    }),
  );
  return [
    { action: 's3vectors:ListVectorBuckets', allowed: 'yes' },
    ...tried,
    ...UNTRIED.map((action): Permission => ({
      action: `s3vectors:${action}`,
      allowed: 'unknown',
    })),
  ];
}

function judge(error: unknown): Permission['allowed'] {
  if (error === null) return 'yes';
  if (!(error instanceof CloudError)) return 'unknown';
  if (error.code === 'CLOUD_ACCESS_DENIED') return 'no';
  // Refused for what was asked, so not for who asked.
  return error.code === 'CLOUD_NOT_FOUND' || error.code === 'CLOUD_REJECTED' ? 'yes' : 'unknown';
}
