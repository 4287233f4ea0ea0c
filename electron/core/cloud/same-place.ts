import { VitrineError } from '../errors.ts';
import type { S3Vectors } from '../aws/s3-vectors.ts';
import type { Link } from './link-repository.ts';

/**
 * What a link and its ledger say is true of one region and endpoint only.
 *
 * @throws VitrineError INDEX_MISMATCH with both when Vitrine is connected elsewhere.
 */
export async function assertSamePlace(
  link: Pick<Link, 'region' | 'endpoint'>,
  api: Pick<S3Vectors, 'region' | 'connection'>,
): Promise<void> {
  const { endpoint } = api.connection;
  const region = await api.region();
  if (link.region === region && link.endpoint === endpoint) return;
  const there = link.endpoint ?? link.region;
  const here = endpoint ?? region;
  throw new VitrineError(
    'INDEX_MISMATCH',
    `The catalog is linked to indexes at ${there}, but Vitrine is connected to ${here}.`,
    { action: 'Connect there again, or link the catalog to indexes here.' },
  );
}
