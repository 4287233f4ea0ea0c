import { isModelTag } from '../../../shared/model-tags.ts';

/** One tag as it is being edited; `id` stays while its key is typed. */
export interface TagRow {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

export function toRows(tags: Readonly<Record<string, string>>): TagRow[] {
  return Object.entries(tags)
    .toSorted(([a], [b]) => Number(isModelTag(b)) - Number(isModelTag(a)) || a.localeCompare(b))
    .map(([key, value], id) => ({ id, key, value }));
}

export function nextId(rows: readonly TagRow[]): number {
  return Math.max(-1, ...rows.map(({ id }) => id)) + 1;
}

/** The second row of a key; null while all differ. */
export function repeatedRow(rows: readonly TagRow[]): TagRow | null {
  return rows.find(({ key }, at) => rows.findIndex((row) => row.key === key) < at) ?? null;
}

/** What makes the rows of the tags that were there. */
export function changeBetween(
  before: Readonly<Record<string, string>>,
  rows: readonly TagRow[],
): { set: Record<string, string>; remove: string[] } {
  const kept = new Set(rows.map(({ key }) => key));
  return {
    set: Object.fromEntries(
      rows.filter(({ key, value }) => before[key] !== value).map(({ key, value }) => [key, value]),
    ),
    remove: Object.keys(before).filter((key) => !kept.has(key)),
  };
}
