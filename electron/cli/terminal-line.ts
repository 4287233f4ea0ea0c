const EVERY_MS = 200;
const CLEAR = '\r\u001B[2K';
const BAR = 24;

/** Shows one line in a terminal, kept up to date until stopped; nothing in a pipe or beside JSON. */
export function showLine(
  describe: () => string,
  options: { readonly json?: boolean | undefined },
): () => void {
  if (!process.stderr.isTTY || options.json === true) return () => undefined;
  const timer = setInterval(() => {
    process.stderr.write(`${CLEAR}${describe().slice(0, (process.stderr.columns ?? 80) - 1)}`);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    process.stderr.write(CLEAR);
  };
}

/** `████░░░░`, 24 characters. */
export function drawBar(fraction: number): string {
  const filled = Math.round(Math.min(1, fraction) * BAR);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
}
