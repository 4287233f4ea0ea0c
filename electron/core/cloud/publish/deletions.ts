import type { SideCounts } from '../../../../shared/contract/cloud/publish.ts';
import type { Modality } from '../../../../shared/contract/models.ts';
import { isFolderless } from '../../catalog/folderless.ts';
import type { CatalogRepository } from '../../catalog/catalog-repository.ts';
import { isFolderReachable } from '../../catalog/scan/open-root.ts';
import type { Link, LinkRepository } from '../link-repository.ts';
import { isNotable, type Leaving } from './leaving.ts';
import type { PublishThread } from './publish-thread.ts';

/**
 * What it takes to delete what leaves: nothing but the yes to publish, a yes of its own, or a folder
 * that is out of reach (then nobody knows what is gone).
 */
export type Consent = 'included' | 'separate' | 'withheld';

export interface DeletionsOptions {
  readonly catalogs: CatalogRepository;
  readonly links: LinkRepository;
  readonly thread: PublishThread;
}

/** Decides how many vectors of each index publishing may delete: nothing is lost by mistake. */
export class Deletions {
  readonly #options: DeletionsOptions;

  constructor(options: DeletionsOptions) {
    this.#options = options;
  }

  /** What deleting takes, for indexes of which so much would leave. */
  async consentFor(catalogId: number, leaving: readonly Leaving[]): Promise<Consent> {
    const { root } = this.#options.catalogs.get(catalogId);
    if (isFolderless(root) || !(await isFolderReachable(root))) return 'withheld';
    return leaving.some(isNotable) ? 'separate' : 'included';
  }

  /** How many may be deleted now, with what the user has agreed to. */
  async now({ catalogId, indexes }: Pick<Link, 'catalogId' | 'indexes'>): Promise<SideCounts> {
    const { thread } = this.#options;
    const sides = await Promise.all(
      indexes.map(async (index) => ({
        modality: index.modality,
        leaving: await thread.leaving(index),
      })),
    );
    return this.allowed(catalogId, sides);
  }

  /** As `now`, where so much leaves each index. */
  async allowed(
    catalogId: number,
    sides: readonly { readonly modality: Modality; readonly leaving: Leaving }[],
  ): Promise<SideCounts> {
    const consent = await this.consentFor(
      catalogId,
      sides.map(({ leaving }) => leaving),
    );
    const agreed = this.#options.links.agreedDeletions(catalogId);
    const counts = { image: 0, text: 0 };
    for (const { modality, leaving } of sides) {
      // More than was agreed to is something else than what was looked at: then none.
      const isAllowed = consent === 'included' || leaving.count <= agreed[modality];
      if (consent !== 'withheld' && isAllowed) counts[modality] = leaving.count;
    }
    return counts;
  }
}
