const MOST_WORDS = 5;
const SUGGESTIONS = 5;

/** `count` entries taken evenly from the whole list: a sight of all of it, the same each time. */
export function spread<T>(entries: readonly T[], count: number): T[] {
  if (entries.length <= count) return [...entries];
  return Array.from({ length: count }, (_, index) => {
    const at = Math.floor((index * entries.length) / count);
    return entries.slice(at, at + 1);
  }).flat();
}

/**
 * A few things to type, taken from the catalog's own names: short ones, from all over the list,
 * no two with the same last word, since the last word tends to say what a product is.
 */
export function suggestWords(names: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const name of spread(names, 200)) {
    const words = name
      .trim()
      .split(/\s+/)
      .filter((word) => /^\p{L}[\p{L}'-]*$/u.test(word));
    if (words.length < 2 || words.length > MOST_WORDS) continue;
    const last = words.at(-1)?.toLowerCase() ?? '';
    if (!found.has(last)) found.set(last, words.join(' ').toLowerCase());
  }
  return spread([...found.values()], SUGGESTIONS);
}
