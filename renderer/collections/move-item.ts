/**
 * A list with one entry moved before the one at `slot` (0 to the length), as its places are counted
 * before the move; the same list where that changes nothing.
 */
export function moveTo<T>(list: readonly T[], from: number, slot: number): readonly T[] {
  if (from < 0 || slot === from || slot === from + 1) return list;
  const [entry] = list.slice(from, from + 1) as [T];
  const others = list.toSpliced(from, 1);
  return others.toSpliced(slot > from ? slot - 1 : slot, 0, entry);
}
