import {
  restoreInputSchema,
  type RestoreInput,
} from '../../../../shared/contract/cloud/restore.ts';
import { VitrineError } from '../../errors.ts';
import type { SettingStore } from '../../settings/setting-store.ts';
import type { LinkRepository } from '../link-repository.ts';

const settingOf = (catalogId: number) => `cloud.restore.${catalogId}`;

/** What was to be restored and has not come completely, kept over the end of Vitrine. */
export class UnfinishedRestores {
  readonly #settings: SettingStore;
  readonly #links: LinkRepository;

  constructor(settings: SettingStore, links: LinkRepository) {
    this.#settings = settings;
    this.#links = links;
  }

  begin(catalogId: number, input: RestoreInput): void {
    this.#settings.write(settingOf(catalogId), input);
  }

  end(catalogId: number): void {
    this.#settings.remove(settingOf(catalogId));
  }

  /** How to go on with a catalog; null when there is nothing to go on with. */
  find(catalogId: number): RestoreInput | null {
    const input = this.#settings.read(settingOf(catalogId), restoreInputSchema);
    const link = input === null ? null : this.#links.find(catalogId);
    // Linked to others since, it is no copy of those any more.
    const isStillLinked =
      link !== null &&
      link.bucket === input?.bucket &&
      link.indexes.every(({ name }) => name === input.imageIndex || name === input.textIndex);
    return isStillLinked ? input : null;
  }

  /**
   * Whatever has not come yet would count as unexpected in the index, and be deleted there.
   *
   * @throws VitrineError BUSY while a catalog is not restored completely
   */
  assertComplete(catalogId: number): void {
    if (this.find(catalogId) === null) return;
    throw new VitrineError('BUSY', 'This catalog is not restored completely yet.', {
      action: 'Go on with restoring first: then it can be compared with its indexes and published.',
    });
  }

  /** Of all linked catalogs. */
  catalogIds(): number[] {
    return this.#links.catalogIds().filter((id) => this.find(id) !== null);
  }
}
