import { z } from 'zod';
import type { CatalogProgress } from '../../../shared/contract/ingest.ts';
import type { VitrineError } from '../errors.ts';

type Obstacle = NonNullable<CatalogProgress['obstacle']>;

const obstacleSchema = z.object({ code: z.string(), message: z.string(), action: z.string() });

/**
 * Why a scan failed, as its job keeps it: with code and action, because another process, or this one
 * after a restart, has to tell the user what to do as well.
 */
export function writeScanObstacle({ code, message, data }: VitrineError): string {
  return JSON.stringify({ code, message, action: data.action ?? 'Scan again.' } satisfies Obstacle);
}

/** The obstacle a job kept; the runner keeps unexpected errors as plain sentences. */
export function readScanObstacle(lastError: string): Obstacle {
  try {
    return obstacleSchema.parse(JSON.parse(lastError));
  } catch {
    return { code: 'INTERNAL', message: `The scan failed: ${lastError}.`, action: 'Scan again.' };
  }
}
