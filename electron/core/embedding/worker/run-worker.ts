import type { ImageDecoder } from './decode-picture.ts';
import { connectParent } from './parent-port.ts';
import { serveWorker } from './serve.ts';

/** Makes this process a worker, with the given way to decode. */
export function runWorker(loadDecoder: () => Promise<ImageDecoder>): void {
  // Ctrl-C goes to the whole group of a terminal: whether to stop is the parent's decision.
  process.on('SIGINT', () => {});
  const parent = connectParent();
  parent.onMessage(serveWorker(parent.post, loadDecoder));
}
