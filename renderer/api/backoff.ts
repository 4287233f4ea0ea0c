const FIRST_MS = 250;
const LONGEST_MS = 5000;

/** How long to wait before try number `attempt` (from 0): doubling, at most five seconds. */
export function backoffMs(attempt: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
}
