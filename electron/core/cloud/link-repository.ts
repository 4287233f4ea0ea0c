import { z } from 'zod';
import {
  encryptionSchema,
  type Encryption,
  type IndexPlace,
} from '../../../shared/contract/cloud/indexes.ts';
import {
  metadataColumnSchema,
  type MetadataColumn,
} from '../../../shared/contract/cloud/metadata.ts';
import { sideCountsSchema, type SideCounts } from '../../../shared/contract/cloud/publish.ts';
import type { Modality } from '../../../shared/contract/models.ts';
import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import type { ModelRef } from '../vectors/embedding-repository.ts';

export type Publishing = 'idle' | 'wanted' | 'paused';

/** One of the two indexes of a linked catalog. */
export interface LinkedIndex extends IndexPlace {
  readonly id: number;
  readonly catalogId: number;
  readonly modality: Modality;
  /** The model whose vectors it holds. */
  readonly model: ModelRef;
  /** As the service told, milliseconds since 1970; null until it was asked. */
  readonly createdAt: number | null;
  /** Metadata keys that cannot be filtered by, as the service told; null until it was asked. */
  readonly nonFilterable: readonly string[] | null;
}

/** Where a catalog is published, and how. */
export interface Link {
  readonly catalogId: number;
  readonly bucket: string;
  readonly region: string | null;
  readonly endpoint: string | null;
  readonly columns: readonly MetadataColumn[];
  readonly encryption: Encryption | null;
  /** Whether a bucket and indexes that are not there may be made. */
  readonly isCreating: boolean;
  /** Whether indexes that do not tell their model are taken to be of ours. */
  readonly isModelAssumed: boolean;
  readonly publishing: Publishing;
  readonly indexes: readonly LinkedIndex[];
}

export interface NewLink {
  readonly catalogId: number;
  readonly bucket: string;
  readonly region: string | null;
  readonly endpoint: string | null;
  readonly columns: readonly MetadataColumn[];
  readonly encryption: Encryption | null;
  readonly isCreating: boolean;
  /** Whether indexes that do not tell their model are taken to be of ours. */
  readonly isModelAssumed: boolean;
  readonly indexes: readonly {
    readonly modality: Modality;
    readonly name: string;
    readonly modelRef: number;
  }[];
}

interface StoredLink {
  readonly catalogId: number;
  readonly bucket: string;
  readonly region: string | null;
  readonly endpoint: string | null;
  readonly columns: string;
  readonly encryption: string | null;
  readonly isCreating: number;
  readonly isModelAssumed: number;
  readonly publishing: Publishing;
}

interface StoredIndex extends Omit<ModelRef, 'id' | 'modality'> {
  readonly indexId: number;
  readonly modality: Modality;
  readonly name: string;
  readonly modelId: string;
  readonly createdAt: number | null;
  readonly nonFilterable: string | null;
}

const columnsSchema = z.array(metadataColumnSchema);

/** The links of catalogs to indexes in the cloud. */
export class LinkRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Links a catalog. An index that stays the same (place, name and model) keeps its ledger; of any
   * other the ledger starts empty.
   */
  save(link: NewLink): void {
    const { catalogId, bucket, region, endpoint } = link;
    this.#db
      .transaction(() => {
        const before = this.find(catalogId);
        const isSamePlace =
          before?.bucket === bucket && before.region === region && before.endpoint === endpoint;
        if (!isSamePlace) {
          this.#db.prepare('DELETE FROM cloud_index WHERE catalog_id = ?').run(catalogId);
        }
        this.#db
          .prepare(
            `INSERT INTO cloud_link (catalog_id, bucket, region, endpoint, columns, encryption,
               is_creating, is_model_assumed, linked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (catalog_id) DO UPDATE SET bucket = excluded.bucket,
               region = excluded.region, endpoint = excluded.endpoint, columns = excluded.columns,
               encryption = excluded.encryption, is_creating = excluded.is_creating,
               is_model_assumed = excluded.is_model_assumed,
               publishing = 'idle', agreed_deletions = NULL, linked_at = excluded.linked_at`,
          )
          .run(
            catalogId,
            bucket,
            region,
            endpoint,
            JSON.stringify(link.columns),
            link.encryption === null ? null : JSON.stringify(link.encryption),
            link.isCreating ? 1 : 0,
            link.isModelAssumed ? 1 : 0,
            Date.now(),
          );
        const keep = this.#db.prepare(
          'DELETE FROM cloud_index WHERE catalog_id = ? AND modality = ? AND (name <> ? OR model_ref <> ?)',
        );
        const add = this.#db.prepare(
          `INSERT INTO cloud_index (catalog_id, modality, name, model_ref) VALUES (?, ?, ?, ?)
           ON CONFLICT (catalog_id, modality) DO NOTHING`,
        );
        for (const { modality, name, modelRef } of link.indexes) {
          keep.run(catalogId, modality, name, modelRef);
          add.run(catalogId, modality, name, modelRef);
        }
        const sides = JSON.stringify(link.indexes.map(({ modality }) => modality));
        this.#db
          .prepare(
            `DELETE FROM cloud_index WHERE catalog_id = ?
               AND modality NOT IN (SELECT value FROM json_each(?))`,
          )
          .run(catalogId, sides);
      })
      .immediate();
  }

  find(catalogId: number): Link | null {
    const row = this.#db
      .prepare<[number], StoredLink>(
        `SELECT catalog_id AS catalogId, bucket, region, endpoint, columns, encryption,
           is_creating AS isCreating, is_model_assumed AS isModelAssumed, publishing FROM cloud_link WHERE catalog_id = ?`,
      )
      .get(catalogId);
    if (row === undefined) return null;
    return {
      ...row,
      columns: columnsSchema.parse(JSON.parse(row.columns)),
      encryption:
        row.encryption === null ? null : encryptionSchema.parse(JSON.parse(row.encryption)),
      isCreating: row.isCreating === 1,
      isModelAssumed: row.isModelAssumed === 1,
      indexes: this.#indexes(catalogId, row.bucket),
    };
  }

  /** @throws VitrineError CLOUD_NOT_LINKED */
  get(catalogId: number): Link {
    const link = this.find(catalogId);
    if (link === null) {
      throw new VitrineError('CLOUD_NOT_LINKED', 'This catalog is not linked to any index yet.', {
        action:
          'Link it to a bucket first: vitrine cloud link <catalog> --bucket <bucket> --create',
      });
    }
    return link;
  }

  /** The catalogs that are linked. */
  catalogIds(): number[] {
    return this.#db
      .prepare<[], number>('SELECT catalog_id FROM cloud_link ORDER BY catalog_id')
      .pluck()
      .all();
  }

  /** Replaces what is published beside each vector; the ledger stays. */
  setColumns(catalogId: number, columns: readonly MetadataColumn[]): void {
    this.#db
      .prepare('UPDATE cloud_link SET columns = ? WHERE catalog_id = ?')
      .run(JSON.stringify(columns), catalogId);
  }

  /** The catalogs that are linked to this very index, as name and number. */
  sharing(place: IndexPlace & Pick<Link, 'region' | 'endpoint'>): { id: number; name: string }[] {
    return this.#db
      .prepare<[object], { id: number; name: string }>(
        `SELECT catalog.id, catalog.name FROM cloud_index
         JOIN cloud_link ON cloud_link.catalog_id = cloud_index.catalog_id
         JOIN catalog ON catalog.id = cloud_index.catalog_id
         WHERE cloud_index.name = @name AND cloud_link.bucket = @bucket
           AND cloud_link.region IS @region AND cloud_link.endpoint IS @endpoint
           AND catalog.root NOT LIKE 'removed:%'`,
      )
      .all(place);
  }

  /** At the end, and when it is called off, what was agreed to be deleted is forgotten. */
  setPublishing(catalogId: number, publishing: Publishing): void {
    this.#db
      .prepare(
        `UPDATE cloud_link SET publishing = @publishing,
           agreed_deletions = iif(@publishing = 'idle', NULL, agreed_deletions)
         WHERE catalog_id = @catalogId`,
      )
      .run({ catalogId, publishing });
  }

  /** The user has said yes to deleting so many, though it is a notable share. */
  agreeToDeletions(catalogId: number, counts: SideCounts): void {
    this.#db
      .prepare('UPDATE cloud_link SET agreed_deletions = ? WHERE catalog_id = ?')
      .run(JSON.stringify(counts), catalogId);
  }

  agreedDeletions(catalogId: number): SideCounts {
    const agreed = this.#db
      .prepare<[number], string | null>(
        'SELECT agreed_deletions FROM cloud_link WHERE catalog_id = ?',
      )
      .pluck()
      .get(catalogId);
    return sideCountsSchema.parse(JSON.parse(agreed ?? '{"image":0,"text":0}'));
  }

  publishingOf(catalogId: number): Publishing {
    return (
      this.#db
        .prepare<[number], Publishing>('SELECT publishing FROM cloud_link WHERE catalog_id = ?')
        .pluck()
        .get(catalogId) ?? 'idle'
    );
  }

  /** Notes what the service says an index is. */
  confirm(
    indexId: number,
    facts: { createdAt: number | null; nonFilterable: readonly string[] },
  ): void {
    this.#db
      .prepare('UPDATE cloud_index SET index_created_at = ?, non_filterable = ? WHERE id = ?')
      .run(facts.createdAt ?? 0, JSON.stringify(facts.nonFilterable), indexId);
  }

  /** Nothing is known any more of what an index holds. */
  clearLedger(indexId: number): void {
    this.#db.prepare('DELETE FROM ledger WHERE index_id = ?').run(indexId);
  }

  remove(catalogId: number): void {
    this.#db.prepare('DELETE FROM cloud_link WHERE catalog_id = ?').run(catalogId);
  }

  #indexes(catalogId: number, bucket: string): LinkedIndex[] {
    return this.#db
      .prepare<[number], StoredIndex>(
        `SELECT i.id AS indexId, i.modality, i.name, i.index_created_at AS createdAt,
           i.non_filterable AS nonFilterable, m.ref, m.id AS modelId, m.sha256, m.dimension
         FROM cloud_index i JOIN model m ON m.ref = i.model_ref
         WHERE i.catalog_id = ? ORDER BY i.modality`,
      )
      .all(catalogId)
      .map(
        ({
          indexId,
          modality,
          name,
          createdAt,
          nonFilterable,
          ref,
          modelId,
          sha256,
          dimension,
        }) => ({
          id: indexId,
          catalogId,
          modality,
          bucket,
          name,
          model: { ref, id: modelId, sha256, modality, dimension },
          createdAt,
          nonFilterable:
            nonFilterable === null ? null : z.array(z.string()).parse(JSON.parse(nonFilterable)),
        }),
      );
  }
}

/** The columns of an index as it is: what the service says of filterable keys goes before the plan. */
export function columnsOf(link: Link, index: LinkedIndex): MetadataColumn[] {
  const fixed = index.nonFilterable;
  return link.columns.map((column) =>
    fixed === null ? column : { ...column, filterable: !fixed.includes(column.as) },
  );
}
