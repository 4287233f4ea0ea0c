import type { Db } from '../db/database.ts';
import { VitrineError } from '../errors.ts';
import type { EmbeddingRepository, ModelRef } from '../vectors/embedding-repository.ts';
import type { VectorStore } from '../vectors/engine.ts';

export interface EvaluateOptions {
  readonly db: Db;
  readonly engine: VectorStore;
  readonly embeddings: EmbeddingRepository;
  readonly catalogId: number;
  readonly ref: ModelRef;
  /** The metadata field whose value says what belongs together. */
  readonly field: string;
  /** How many neighbours of each item are judged. */
  readonly k: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Evaluation {
  /** Mean share of the k nearest neighbours that have the item's own value, 0 to 1. */
  readonly precision: number;
  /** Items asked: with a vector and a value of the field. */
  readonly queries: number;
  /** The same by value, the most frequent value first. */
  readonly byValue: readonly {
    readonly value: unknown;
    readonly queries: number;
    readonly precision: number;
  }[];
}

/**
 * Leave-one-out precision at k: every item is the query once, its k nearest others are judged by
 * whether they share its value of a field. Neighbours without a value count as wrong, and so do
 * missing ones where fewer than k others exist. Source: Manning, Raghavan, Schütze, "Introduction to
 * Information Retrieval", section 8.4.
 *
 * @throws VitrineError NOT_EMBEDDED when no item has a vector and a value, CANCELLED.
 */
export async function evaluatePrecision(options: EvaluateOptions): Promise<Evaluation> {
  const { db, engine, embeddings, catalogId, ref, field, k, signal } = options;
  const values = readValues(db, catalogId, field);
  const sums = new Map<unknown, { queries: number; hits: number }>();
  for (const [itemId, value] of values) {
    const vector = embeddings.vectorOf(itemId, ref);
    if (vector === null) continue;
    const { candidates } = await engine.query({ catalogId, ref, vector, topK: k + 1, signal });
    const neighbours = candidates.filter((candidate) => candidate.itemId !== itemId).slice(0, k);
    const sum = sums.get(value) ?? { queries: 0, hits: 0 };
    sum.queries += 1;
    sum.hits += neighbours.filter((candidate) => values.get(candidate.itemId) === value).length;
    sums.set(value, sum);
  }
  const all = [...sums.values()];
  const queries = all.reduce((sum, one) => sum + one.queries, 0);
  if (queries === 0) {
    throw new VitrineError('NOT_EMBEDDED', `No item with a ${field} is embedded by ${ref.id}.`, {
      action: 'Embed the catalog first, or choose another field.',
      subject: field,
    });
  }
  return {
    precision: all.reduce((sum, one) => sum + one.hits, 0) / (queries * k),
    queries,
    byValue: [...sums]
      .map(([value, one]) => ({
        value,
        queries: one.queries,
        precision: one.hits / (one.queries * k),
      }))
      .toSorted((a, b) => b.queries - a.queries),
  };
}

/** The value of each item that has exactly one. */
function readValues(db: Db, catalogId: number, field: string): Map<number, unknown> {
  return new Map(
    db
      .prepare<[number, string], [number, unknown]>(
        `SELECT v.item_id, min(v.value) FROM item_field v
         JOIN field f ON f.id = v.field_id
         WHERE f.catalog_id = ? AND f.name = ?
         GROUP BY v.item_id HAVING count(*) = 1`,
      )
      .raw()
      .all(catalogId, field),
  );
}
