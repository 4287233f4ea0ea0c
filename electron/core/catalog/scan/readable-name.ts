/**
 * Makes a file stem readable: "blue-polo_shirt02" becomes "Blue polo shirt 02".
 */
export function readableName(stem: string): string {
  const words = stem
    .normalize('NFC')
    .replace(/[\s_\-+.~]+/gu, ' ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Ll}{2,})(\p{N})/gu, '$1 $2')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/ +/gu, ' ')
    .trim();
  const first = String.fromCodePoint(words.codePointAt(0) ?? 32);
  return words === '' ? '' : first.toUpperCase() + words.slice(first.length);
}

/** Whether a name says something: "12347" does not. */
export function hasLetters(name: string): boolean {
  return /\p{L}/u.test(name);
}
