import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ScannedAlone {
  readonly items: number;
  readonly rows: number;
  readonly seconds: number;
  /** The most memory that the process ever had, Node itself included. */
  readonly peakBytes: number;
}

/** Scans a folder in a process that does nothing else, so that its memory is the scan's. */
export async function scanInProcess(root: string, dataDir: string): Promise<ScannedAlone> {
  const entry = fileURLToPath(new URL('scan-alone.ts', import.meta.url));
  // How much room V8 gives to young objects depends on the moment: 80 MB more or less. Fixed, what
  // is left is what the scan holds.
  const execArgv = ['--max-semi-space-size=8'];
  const child = fork(entry, [root, dataDir], { execArgv });
  let scanned: ScannedAlone | undefined;
  child.on('message', (message) => (scanned = message as ScannedAlone));
  const [code] = (await once(child, 'close')) as [number | null];
  if (scanned === undefined) throw new Error(`The scan of ${root} ended with ${code}`);
  return scanned;
}
