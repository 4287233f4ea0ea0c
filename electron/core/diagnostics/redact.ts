const QUOTED = /(["'`])(?:[A-Za-z]:[\\/]|\\\\|~?\/)[^"'`\n]*\1/g;
/** A space may be of the path where a few words on there is another slash or a file's ending. */
const SPACE_IN_PATH = String.raw`\s(?=(?:[^\s"'/\\]+\s){0,4}[^\s"']*(?:[\\/]|\.[a-z]{2,5}\b))`;
const BARE = new RegExp(
  String.raw`(?<![\w/:.>])(?:file:\/\/|[A-Za-z]:[\\/]|\\\\|~?\/)(?:[^\s"'\`),;]|${SPACE_IN_PATH})+`,
  'g',
);
const DROPPED = /(<data folder>[\\/]dropped[\\/])[^"'\n]*/g;
const ACCESS_KEYS = /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g;
/** Tokens and secret keys; not SHA-256 in hex, which is what a report is about. */
const SECRETS = /\b(?![0-9a-f]{64}\b)[A-Za-z0-9+/_-]{36,}={0,2}/g;
const QUERIES = /(https?:\/\/[^\s?#"']+)[?#][^\s"']*/g;
const E_MAILS = /[\w.+-]+@[\w-]+\.[\w.]+/g;
/** What comes after is not worth the time. */
const LONGEST = 2_000;

/**
 * Takes out of a log line what is nobody's business: paths (but for the data folder, which a report
 * names anyway), keys, tokens, queries of addresses. Takes out too much rather than too little.
 */
export function redact(text: string, dataDir: string): string {
  return text
    .slice(0, LONGEST)
    .replaceAll(dataDir, '<data folder>')
    .replace(DROPPED, '$1<path>')
    .replace(QUERIES, '$1')
    .replace(ACCESS_KEYS, '<key>')
    .replace(E_MAILS, '<e-mail>')
    .replace(QUOTED, '<path>')
    .replace(BARE, '<path>')
    .replace(SECRETS, '<secret>');
}
