/** Quoted, or up to a space: from a root, a home or a drive letter, or a URL with its query. */
const PATHS =
  /(["'`])(?:[A-Za-z]:[\\/]|\\\\|~?\/)[^"'`\n]*\1|(?<![\w/:.])(?:[A-Za-z]:[\\/]|\\\\|~?\/)[^\s"'`)\],;]+/g;
const ACCESS_KEYS = /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g;
/** Tokens and secret keys; not SHA-256 in hex, which is what a report is about. */
const SECRETS = /\b(?![0-9a-f]{64}\b)[A-Za-z0-9+/_-]{36,}={0,2}/g;
const QUERIES = /(https?:\/\/[^\s?#"']+)[?#][^\s"']*/g;
const E_MAILS = /[\w.+-]+@[\w-]+\.[\w.]+/g;

/**
 * Takes out of a log line what is nobody's business: paths (but for the data folder, which a report
 * names anyway), keys, tokens, addresses' queries.
 */
export function redact(text: string, dataDir: string): string {
  // Spaces in its path would cut the match short.
  const marked = text.replaceAll(dataDir, '<data folder>');
  return marked
    .replace(QUERIES, '$1')
    .replace(ACCESS_KEYS, '<key>')
    .replace(E_MAILS, '<e-mail>')
    .replace(PATHS, '<path>')
    .replace(SECRETS, '<secret>');
}
