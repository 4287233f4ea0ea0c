const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** One Ctrl-C may arrive twice: from the terminal, and again from npm. */
const SAME_KEY_MS = 500;

/**
 * Aborted by the first Ctrl-C or SIGTERM, for a clean stop. The next one ends the process at once,
 * whatever it is doing: what was committed stays, and the next start takes up the jobs under way.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    // Without a listener the system ends the process by itself, also while it is busy or hangs.
    const disarm = () => SIGNALS.forEach((signal) => process.off(signal, stop));
    setTimeout(disarm, SAME_KEY_MS).unref();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return controller.signal;
}
