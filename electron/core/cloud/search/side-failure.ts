import type { SideReport } from '../../../../shared/contract/search.ts';
import { CloudError } from '../../aws/cloud-error.ts';
import type { VitrineError } from '../../errors.ts';

/** What publishing does by itself, somebody searching does by hand. */
const AGAIN = 'Search again in a moment, or search locally.';

/** A failure of the service as it is said to somebody who searches. */
export function toSearchError(error: VitrineError): VitrineError {
  if (!(error instanceof CloudError)) return error;
  const { failure, code, message, data } = error;
  if (failure === 'rejected' || failure === 'blocked') return error;
  const action = failure === 'offline' ? `${data.action ?? ''} Or search locally.` : AGAIN;
  return new CloudError(failure, code, { ...data, message, action: action.trim() });
}

export function failedReport(error: VitrineError): SideReport {
  const { code, message, data } = error;
  return { state: 'failed', code, message, action: data.action ?? AGAIN };
}
