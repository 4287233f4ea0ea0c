import { bucketNameSchema, type IndexDetail } from '../../../shared/contract/cloud/indexes.ts';
import {
  linkInputSchema,
  type CloudLink,
  type LinkInput,
} from '../../../shared/contract/cloud/link.ts';
import type { ColumnMeasure, MetadataColumn } from '../../../shared/contract/cloud/metadata.ts';
import type { CatalogRepository } from '../catalog/catalog-repository.ts';
import { CloudError } from '../aws/cloud-error.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import type { ServingModels } from '../vectors/serving-models.ts';
import { assertUnshared } from './assert-unshared.ts';
import type { ConnectionService } from './connection-service.ts';
import type { IndexService } from './index-service.ts';
import type { Link, LinkRepository } from './link-repository.ts';
import {
  checkColumns,
  contentColumn,
  suggestColumns,
  uriColumn,
} from './metadata/choose-columns.ts';
import { measureColumns } from './metadata/measure-columns.ts';
import { prepareIndexes } from './prepare-indexes.ts';
import { wantedIndexes } from './wanted-indexes.ts';

export interface LinkServiceOptions {
  readonly db: Db;
  readonly catalogs: CatalogRepository;
  readonly connections: ConnectionService;
  readonly indexes: IndexService;
  readonly links: LinkRepository;
  readonly serving: ServingModels;
  /** Ends what is under way between a catalog and its indexes. */
  readonly release: (catalogId: number) => Promise<void>;
  readonly onChange: () => void;
}

/** Links catalogs to their two indexes. */
export class LinkService {
  readonly #options: LinkServiceOptions;

  constructor(options: LinkServiceOptions) {
    this.#options = options;
  }

  /** @throws VitrineError CLOUD_NOT_LINKED */
  get(catalogId: number): CloudLink {
    return describe(this.#options.links.get(catalogId));
  }

  find(catalogId: number): CloudLink | null {
    const link = this.#options.links.find(catalogId);
    return link === null ? null : describe(link);
  }

  /**
   * Links a catalog to two indexes of a bucket, and makes them if asked. Without a network the link is
   * kept as it is wished, and publishing sees to the rest.
   *
   * @returns the link, and why the service could not be asked about it (null when it was).
   * @throws VitrineError NOT_EMBEDDED, INVALID_INPUT, INDEX_MISMATCH, CLOUD_NOT_FOUND
   */
  async link(input: LinkInput): Promise<{ link: CloudLink; unconfirmed: VitrineError | null }> {
    const { catalogs, connections, indexes, links, serving, onChange } = this.#options;
    const wish = parseWish(input);
    const { catalogId, bucket } = wish;
    const { name } = catalogs.get(catalogId);
    const models = serving.of(catalogId);
    const sides = wantedIndexes(wish, { catalog: name, models });
    const fields = catalogs.fields(catalogId);
    const columns =
      wish.columns === undefined
        ? suggestColumns(fields, { uriTemplate: wish.uriTemplate })
        : [
            ...wish.columns,
            ...(wish.uriTemplate === undefined ? [] : [uriColumn(wish.uriTemplate)]),
          ];
    if (wish.contentHash) columns.push(contentColumn());
    checkColumns(columns, fields);
    const api = connections.api();
    const link = {
      catalogId,
      bucket,
      region: await api.region(),
      endpoint: api.connection.endpoint,
      columns,
      encryption: wish.encryption ?? null,
      isCreating: wish.create,
      isModelAssumed: wish.assumeModel,
      publishing: 'idle' as const,
    };
    const { region, endpoint } = link;
    for (const side of sides) {
      assertUnshared(links, { place: { ...side, region, endpoint }, catalogId });
    }
    let details: IndexDetail[] = [];
    let unconfirmed: VitrineError | null = null;
    try {
      details = await prepareIndexes({ link, indexes: sides, service: indexes, api });
    } catch (error) {
      if (!(error instanceof CloudError) || error.failure !== 'offline') throw error;
      unconfirmed = error;
    }
    links.save({
      ...link,
      indexes: sides.map(({ model, ...side }) => ({ ...side, modelRef: model.ref })),
    });
    for (const index of links.get(catalogId).indexes) {
      const detail = details.find(({ name: there }) => there === index.name);
      if (detail === undefined) continue;
      const { createdAt, nonFilterableKeys } = detail;
      // Of an index that was deleted and made anew, the old ledger tells nothing.
      if (index.createdAt !== null && index.createdAt !== createdAt) links.clearLedger(index.id);
      links.confirm(index.id, { createdAt, nonFilterable: nonFilterableKeys });
    }
    onChange();
    return { link: this.get(catalogId), unconfirmed };
  }

  /** What a catalog would publish beside its vectors unless told otherwise. */
  suggestColumns(options: {
    catalogId: number;
    uriTemplate?: string | undefined;
  }): MetadataColumn[] {
    const { catalogs } = this.#options;
    catalogs.get(options.catalogId); // says CATALOG_NOT_FOUND
    return suggestColumns(catalogs.fields(options.catalogId), options);
  }

  /** @throws VitrineError CATALOG_NOT_FOUND, INVALID_INPUT naming a column that cannot be published */
  async measureColumns(
    catalogId: number,
    options: { columns: readonly MetadataColumn[]; signal?: AbortSignal | undefined },
  ): Promise<ColumnMeasure> {
    const { catalogs, db } = this.#options;
    catalogs.get(catalogId);
    checkColumns(options.columns, catalogs.fields(catalogId));
    return measureColumns(db, catalogId, options);
  }

  /** Stops what goes on with it, and forgets the link and its ledger; the indexes stay as they are. */
  async unlink(catalogId: number): Promise<void> {
    const { links, release, onChange } = this.#options;
    links.get(catalogId);
    await release(catalogId);
    links.remove(catalogId);
    onChange();
  }
}

/** @throws VitrineError INVALID_INPUT naming what a link cannot be made with */
export function parseWish(input: LinkInput) {
  const parsed = linkInputSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) =>
    [...path.map(String), message].join(': '),
  );
  throw new VitrineError('INVALID_INPUT', `The link cannot be made so: ${issues.join('; ')}.`, {
    action: `Names have ${bucketNameSchema.minLength} to ${bucketNameSchema.maxLength} lowercase letters, digits and hyphens.`,
  });
}

function describe(link: Link): CloudLink {
  const { catalogId, bucket, region, endpoint, columns, indexes } = link;
  return {
    catalogId,
    bucket,
    region,
    endpoint,
    columns: [...columns],
    indexes: indexes.map(({ modality, name, model, createdAt }) => ({
      modality,
      name,
      model: { id: model.id, dimension: model.dimension },
      isConfirmed: createdAt !== null,
    })),
  };
}
