import { z } from 'zod';
import type { Db } from '../../db/database.ts';
import type { ProblemRepository, RefusedUnit } from '../../catalog/problem-repository.ts';
import type { LinkedIndex } from '../link-repository.ts';
import type { RefusedRecord } from './batch-writer.ts';
import type { RecordVersion } from './record-version.ts';

/** What each index holds, as far as this computer was told. */
export class Ledger {
  readonly #db: Db;
  readonly #problems: ProblemRepository;

  constructor(db: Db, problems: ProblemRepository) {
    this.#db = db;
    this.#problems = problems;
  }

  /** The service has taken these versions; `doubt` is that of their request. */
  acknowledge(index: LinkedIndex, records: readonly RecordVersion[], doubt?: number): void {
    this.#write(index, records, { acknowledgedAt: Date.now(), doubt });
  }

  /** A request with these keys is about to be sent. Returns what to settle once it is answered. */
  beginDoubt(index: LinkedIndex, records: readonly RecordVersion[]): number {
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO in_doubt (index_id, keys) VALUES (?, ?)')
      .run(index.id, JSON.stringify(records.map(({ key }) => key)));
    return Number(lastInsertRowid);
  }

  settleDoubt(doubt: number): void {
    this.#db.prepare('DELETE FROM in_doubt WHERE id = ?').run(doubt);
  }

  /** Requests of which nobody knows whether they took effect: their process was killed. */
  doubts(index: LinkedIndex): { id: number; keys: string[] }[] {
    return this.#db
      .prepare<[number], { id: number; keys: string }>(
        'SELECT id, keys FROM in_doubt WHERE index_id = ? ORDER BY id',
      )
      .all(index.id)
      .map(({ id, keys }) => ({ id, keys: z.array(z.string()).parse(JSON.parse(keys)) }));
  }

  /**
   * Keys that are in the index though no item of the catalog is: publishing deletes them. What was sent
   * from here keeps its versions, by which a plan tells it from what others put there.
   */
  noteUnexpected(index: LinkedIndex, keys: readonly string[]): void {
    const nothing = { itemId: 0, contentHash: '', metadataHash: '' };
    const held = new Set(this.held(index, keys));
    this.#write(
      index,
      keys.filter((key) => !held.has(key)).map((key) => ({ ...nothing, key })),
      { acknowledgedAt: Date.now() },
    );
  }

  /**
   * These versions are refused: they become problems, and are not sent again unchanged. What the index
   * holds of an older version stays held, until `noteDeleted`.
   */
  quarantine(index: LinkedIndex, records: readonly RefusedRecord[]): void {
    this.#write(index, records, { acknowledgedAt: null });
  }

  /**
   * The index held these keys with another content than it was sent, when that was looked at.
   *
   * @param since milliseconds since 1970: what was acknowledged from then on is newer than the look
   */
  noteChanged(index: LinkedIndex, keys: readonly string[], { since }: { since: number }): void {
    const change = this.#db.prepare(
      `UPDATE ledger SET content_hash = '', metadata_hash = ''
       WHERE index_id = ? AND key = ? AND acknowledged_at < ?`,
    );
    this.#db.transaction(() => keys.forEach((key) => change.run(index.id, key, since))).immediate();
  }

  /**
   * The index did not hold these keys when that was looked at. What is refused stays so, and what was
   * acknowledged since then stays held.
   *
   * @param since as of `noteChanged`
   */
  noteMissing(index: LinkedIndex, keys: readonly string[], { since }: { since: number }): void {
    const remove = this.#db.prepare(
      'DELETE FROM ledger WHERE index_id = ? AND key = ? AND acknowledged_at < ?',
    );
    this.#db.transaction(() => keys.forEach((key) => remove.run(index.id, key, since))).immediate();
  }

  /** Which of these keys were acknowledged from `since` on. */
  sentSince(index: LinkedIndex, keys: readonly string[], { since }: { since: number }): string[] {
    const find = this.#db
      .prepare<[number, string, number], number>(
        'SELECT 1 FROM ledger WHERE index_id = ? AND key = ? AND acknowledged_at >= ?',
      )
      .pluck();
    return keys.filter((key) => find.get(index.id, key, since) !== undefined);
  }

  /** These keys are no longer in the index. */
  forget(index: LinkedIndex, keys: readonly string[]): void {
    const remove = this.#db.prepare('DELETE FROM ledger WHERE index_id = ? AND key = ?');
    this.#db.transaction(() => keys.forEach((key) => remove.run(index.id, key))).immediate();
  }

  /**
   * These keys were deleted from the index. What was agreed to be deleted is less by so many from the
   * same moment on: a yes is to these, not to what leaves after them.
   */
  noteDeleted(index: LinkedIndex, keys: readonly string[]): void {
    const { id, catalogId, modality } = index;
    // Refused it stays as long as it is an item's, or it would be sent again.
    const empty = this.#db.prepare(
      `UPDATE ledger SET acknowledged_at = NULL
       WHERE index_id = @id AND key = @key AND refused IS NOT NULL
         AND EXISTS (SELECT 1 FROM item WHERE catalog_id = @catalogId AND item.key = @key)`,
    );
    const remove = this.#db.prepare('DELETE FROM ledger WHERE index_id = @id AND key = @key');
    const spend = this.#db.prepare(
      `UPDATE cloud_link SET agreed_deletions = json_set(agreed_deletions, @side,
         max(0, json_extract(agreed_deletions, @side) - @count))
       WHERE catalog_id = @catalogId AND agreed_deletions IS NOT NULL`,
    );
    this.#db
      .transaction(() => {
        for (const key of keys) {
          if (empty.run({ id, key, catalogId }).changes === 0) remove.run({ id, key });
        }
        spend.run({ catalogId, side: `$.${modality}`, count: keys.length });
      })
      .immediate();
  }

  /** How many keys the index holds. */
  count(index: LinkedIndex): number {
    return this.#db
      .prepare<[number], number>(
        'SELECT count(*) FROM ledger WHERE index_id = ? AND acknowledged_at IS NOT NULL',
      )
      .pluck()
      .get(index.id)!;
  }

  /** Which of these keys the index holds in some version. */
  held(index: LinkedIndex, keys: readonly string[]): string[] {
    const find = this.#db
      .prepare<[number, string], number>(
        'SELECT 1 FROM ledger WHERE index_id = ? AND key = ? AND acknowledged_at IS NOT NULL',
      )
      .pluck();
    return keys.filter((key) => find.get(index.id, key) !== undefined);
  }

  /** Quarantined versions get another try: these, or all of a catalog's. Returns how many. */
  retry(catalogId: number, units?: readonly RefusedUnit[]): number {
    const isChosen = units === undefined ? '' : 'AND item_id = @itemId AND modality = @modality';
    const clear = this.#db.prepare(
      `DELETE FROM problem WHERE catalog_id = @catalogId AND stage = 'publish' ${isChosen}`,
    );
    const which = `refused IS NOT NULL AND index_id IN
         (SELECT id FROM cloud_index WHERE catalog_id = @catalogId
            ${units === undefined ? '' : 'AND modality = @modality'})
         ${units === undefined ? '' : 'AND key = @key'}`;
    // An older version that the index holds must not be forgotten there.
    const reopen = this.#db.prepare(
      `UPDATE ledger SET refused = NULL, content_hash = '', metadata_hash = ''
       WHERE acknowledged_at IS NOT NULL AND ${which}`,
    );
    const forget = this.#db.prepare(`DELETE FROM ledger WHERE ${which}`);
    return this.#db
      .transaction(() => {
        let forgotten = 0;
        for (const unit of units ?? [{}]) {
          clear.run({ ...unit, catalogId });
          forgotten += reopen.run({ ...unit, catalogId }).changes;
          forgotten += forget.run({ ...unit, catalogId }).changes;
        }
        return forgotten;
      })
      .immediate();
  }

  #write(
    index: LinkedIndex,
    records: readonly (RecordVersion & { readonly reason?: string })[],
    { acknowledgedAt, doubt }: { acknowledgedAt: number | null; doubt?: number | undefined },
  ): void {
    const write = this.#db.prepare(
      `INSERT INTO ledger (index_id, key, model_ref, content_hash, metadata_hash, acknowledged_at, refused)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (index_id, key) DO UPDATE SET model_ref = excluded.model_ref,
         content_hash = excluded.content_hash, metadata_hash = excluded.metadata_hash,
         acknowledged_at = iif(excluded.refused IS NULL, excluded.acknowledged_at, ledger.acknowledged_at),
         refused = excluded.refused`,
    );
    const clear = this.#db.prepare(
      `DELETE FROM problem WHERE item_id = ? AND stage = 'publish' AND modality = ?`,
    );
    const hasRefused = this.#db.prepare(
      `SELECT 1 FROM problem
       WHERE catalog_id = ? AND severity = 'problem' AND kind = 'publish-refused' LIMIT 1`,
    );
    this.#db
      .transaction(() => {
        // Nearly always there are none, and then 500 searches for them are saved.
        const mayHaveProblems = hasRefused.get(index.catalogId) !== undefined;
        for (const { itemId, key, contentHash, metadataHash, reason = null } of records) {
          const { ref } = index.model;
          write.run(index.id, key, ref, contentHash, metadataHash, acknowledgedAt, reason);
          if (mayHaveProblems) clear.run(itemId, index.modality);
          if (reason !== null) this.#addProblem(index, { itemId, key, reason });
        }
        if (doubt !== undefined) this.settleDoubt(doubt);
      })
      .immediate();
  }

  #addProblem(
    index: LinkedIndex,
    { itemId, key, reason }: { itemId: number; key: string; reason: string },
  ): void {
    this.#problems.add({
      catalogId: index.catalogId,
      itemId,
      itemKey: key,
      stage: 'publish',
      modality: index.modality,
      kind: 'publish-refused',
      severity: 'problem',
      file: null,
      line: null,
      field: null,
      reason: `${index.name}: ${reason}`,
      action: 'Change the row or the published columns; then it is sent again.',
      raw: null,
    });
  }
}
