import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';
import { CloudError } from '../../aws/cloud-error.ts';
import type { S3Vectors } from '../../aws/s3-vectors.ts';
import type { LinkedIndex } from '../link-repository.ts';
import { compareRecord } from './compare-record.ts';
import type { Ledger } from './ledger.ts';
import type { RecordSource } from './record-source.ts';

/**
 * Looks up what a killed process had sent and saw no answer to, so that nothing that arrived is sent
 * again. Reads are strongly consistent: what is there now is what was written.
 */
export async function settleDoubts(options: {
  readonly index: LinkedIndex;
  readonly api: S3Vectors;
  readonly source: RecordSource;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { index, api, source, ledger, signal } = options;
  const { vectorsPerGet } = S3_VECTORS_LIMITS;
  for (const { id, keys } of ledger.doubts(index)) {
    for (let from = 0; from < keys.length; from += vectorsPerGet) {
      const some = keys.slice(from, from + vectorsPerGet);
      const found = await api
        .getVectors(index, some, { withData: true, withMetadata: true, signal })
        .catch((error: unknown) => {
          // Who may write but not read sends it again: that is right too, only not free.
          if (error instanceof CloudError && error.code === 'CLOUD_ACCESS_DENIED') return [];
          throw error;
        });
      const local = source.records(index, some);
      const arrived = found.flatMap((there) => {
        const here = local.get(there.key);
        return here !== undefined && compareRecord(there, here) === 'same' ? [here.version] : [];
      });
      ledger.acknowledge(index, arrived);
    }
    ledger.settleDoubt(id);
  }
}
