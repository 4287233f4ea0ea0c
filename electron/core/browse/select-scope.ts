import type { Filter } from '../../../shared/contract/filter.ts';
import type { Db } from '../db/database.ts';
import { Pacer } from '../pacer.ts';
import { selectItems } from '../filter/filter-sql.ts';
import type { CatalogSnapshot } from './catalog-snapshot.ts';
import type { ItemMask } from './item-mask.ts';

export interface Scope {
  /** Only items whose picture lies in this folder or below; relative, forward slashes. */
  readonly folder?: string | undefined;
  readonly filter?: Filter | undefined;
  /** Words that the name or the key must hold, all of them, upper and lower case alike. */
  readonly contains?: string | undefined;
}

/** The items each condition of a scope lets through; what is in all of them is in the scope. */
export interface ScopeParts {
  /** By field, for what the filter asks of one field alone. */
  readonly byField: ReadonlyMap<string, ItemMask>;
  readonly others: readonly ItemMask[];
}

/**
 * Evaluates a scope condition by condition, so that a facet can leave out its own field's.
 *
 * @throws VitrineError FILTER_INVALID
 */
export async function selectScope(
  db: Db,
  snapshot: CatalogSnapshot,
  { folder, filter = {}, contains = '' }: Scope,
): Promise<ScopeParts> {
  const { catalogId } = snapshot;
  const pacer = new Pacer();
  const select = async (part: Filter) => {
    if (pacer.isDue) await pacer.breathe();
    return snapshot.selection(JSON.stringify(part), () => selectItems(db, catalogId, part));
  };
  const { byField, rest } = splitByField(filter);
  const masks = new Map<string, ItemMask>();
  for (const [field, part] of byField) masks.set(field, await select(part));
  const others: ItemMask[] = [];
  for (const part of rest) others.push(await select(part));
  if (folder !== undefined) {
    const folders = await snapshot.folders();
    others.push(snapshot.selection(`folder ${folder}`, () => folders.itemsBelow(folder)));
  }
  for (const word of contains.split(/\s+/).filter(Boolean)) {
    if (pacer.isDue) await pacer.breathe();
    others.push(snapshot.selection(`word ${word}`, () => selectByWord(db, catalogId, word)));
  }
  return { byField: masks, others };
}

/** What is in every part, leaving out those of `except`; null when nothing narrows. */
export function intersect(
  snapshot: CatalogSnapshot,
  { byField, others }: ScopeParts,
  except?: string,
): ItemMask | null {
  const masks = [...others];
  for (const [field, mask] of byField) if (field !== except) masks.push(mask);
  const [first, ...rest] = masks;
  if (first === undefined) return null;
  if (rest.length === 0) return first;
  // A mask of its own: the parts are used again for the next field.
  const all = snapshot.mask(snapshot.byName);
  for (const mask of masks) all.keep(mask);
  return all;
}

/** Takes a filter apart into conditions on one field each and what is about several. */
function splitByField(filter: Filter): { byField: Map<string, Filter>; rest: Filter[] } {
  const conditions = new Map<string, Filter[]>();
  const rest: Filter[] = [];
  const visit = (part: Filter) => {
    for (const [name, value] of Object.entries(part)) {
      if (name === '$and') (part.$and ?? []).forEach(visit);
      else if (name === '$or') rest.push({ $or: part.$or });
      else conditions.set(name, [...(conditions.get(name) ?? []), { [name]: value }]);
    }
  };
  visit(filter);
  const byField = new Map([...conditions].map(([name, parts]) => [name, { $and: parts }]));
  return { byField, rest };
}

/**
 * Two questions because each is answered from an index alone. LIKE knows upper and lower case of ASCII
 * only: in its pattern other letters stand for anything, and the words are compared once more.
 */
function selectByWord(db: Db, catalogId: number, word: string): number[] {
  const folded = fold(word);
  const pattern = folded.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll(/[^\0-\x7f]+/g, '%');
  return ['name', 'key'].flatMap((column) =>
    db
      .prepare<[number, string], { id: number; text: string }>(
        String.raw`SELECT id, ${column} AS text FROM item
                   WHERE catalog_id = ? AND ${column} LIKE ? ESCAPE '\'`,
      )
      .all(catalogId, `%${pattern}%`)
      .filter(({ text }) => fold(text).includes(folded))
      .map(({ id }) => id),
  );
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
