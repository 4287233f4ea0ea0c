import type { IndexPlace } from '../../../shared/contract/cloud/indexes.ts';
import { VitrineError } from '../errors.ts';
import type { Link, LinkRepository } from './link-repository.ts';

/**
 * Two catalogs of one index would delete each other's vectors, publishing in turn.
 *
 * @param options.catalogId the catalog that is to have it; null for one still to be made
 * @throws VitrineError CLOUD_CONFLICT naming both
 */
export function assertUnshared(
  links: LinkRepository,
  options: {
    readonly place: IndexPlace & Pick<Link, 'region' | 'endpoint'>;
    readonly catalogId: number | null;
  },
): void {
  const { place, catalogId } = options;
  const other = links.sharing(place).find(({ id }) => id !== catalogId);
  if (other === undefined) return;
  throw new VitrineError(
    'CLOUD_CONFLICT',
    `The catalog "${other.name}" is linked to the index ${place.name} of ${place.bucket} already: two catalogs would delete each other's vectors there.`,
    {
      action: `Work with "${other.name}", unlink it first, or choose another index.`,
      subject: other.name,
    },
  );
}
