import { CONTENT_KEY } from '../../../../shared/content-key.ts';
import type { MetadataColumn } from '../../../../shared/contract/cloud/metadata.ts';
import type { Metadata } from '../../../../shared/contract/filter.ts';
import type { CatalogRepository } from '../../catalog/catalog-repository.ts';
import type { LinkedIndex, LinkRepository } from '../link-repository.ts';
import { contentColumn } from '../metadata/choose-columns.ts';
import type { RecordSource } from '../publish/record-source.ts';
import { matchColumns } from './match-columns.ts';
import type { Side } from './restore-side.ts';

export interface RestoredColumnsOptions {
  readonly catalogs: CatalogRepository;
  readonly links: LinkRepository;
  readonly source: RecordSource;
}

/** What is published beside each vector, as the indexes show it. */
export class RestoredColumns {
  readonly #options: RestoredColumnsOptions;
  readonly #catalog: { catalogId: number; nameKey: string | null; isMakingItems: boolean };
  #known: MetadataColumn[];

  constructor(
    options: RestoredColumnsOptions,
    catalog: { catalogId: number; nameKey: string | null; isMakingItems: boolean },
  ) {
    this.#options = options;
    this.#catalog = catalog;
    this.#known = [...options.links.get(catalog.catalogId).columns];
  }

  /** Of a catalog with a folder, as its items explain the sample. */
  match(sample: readonly { key: string; metadata?: Metadata }[], sides: readonly Side[]): void {
    const { catalogId } = this.#catalog;
    const { catalogs, source, links } = this.#options;
    const pairs = sample.flatMap(({ key, metadata: there = {} }) => {
      const here = source.item(catalogId, key);
      return here === null ? [] : [{ there, here }];
    });
    if (pairs.length === 0) return;
    const nonFilterable = sides[0]?.detail.nonFilterableKeys ?? [];
    this.#known = matchColumns(pairs, { fields: catalogs.fields(catalogId), nonFilterable });
    links.setColumns(catalogId, this.#known);
  }

  /** Of a catalog without one, every key that comes along: its items are made of them. */
  add(index: LinkedIndex, page: readonly Metadata[]): void {
    const { catalogId, nameKey, isMakingItems } = this.#catalog;
    if (!isMakingItems) return;
    const known = new Set(this.#known.map(({ as }) => as));
    const fresh = new Set(
      page.flatMap((metadata) => Object.keys(metadata)).filter((key) => !known.has(key)),
    );
    if (fresh.size === 0) return;
    for (const as of fresh) this.#known.push(columnOf(as, { nameKey, index }));
    this.#options.links.setColumns(catalogId, this.#known);
  }
}

function columnOf(
  as: string,
  { nameKey, index }: { nameKey: string | null; index: LinkedIndex },
): MetadataColumn {
  if (as === CONTENT_KEY) return contentColumn();
  return {
    as,
    from: as === nameKey ? { kind: 'name' } : { kind: 'field', field: as },
    filterable: !(index.nonFilterable ?? []).includes(as),
  };
}
