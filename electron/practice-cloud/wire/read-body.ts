import type { IncomingMessage } from 'node:http';

/** What a client may go on sending past the limit before it is cut off rather than answered. */
const PATIENCE = 10;

/**
 * The whole body, or null when it exceeds `maxBytes`; it is read to its end all the same, because a
 * client that is still sending does not read an answer.
 *
 * @throws Error when the connection breaks, or nothing but cutting it ends the body.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (bytes > maxBytes * PATIENCE) request.destroy(new Error('The body has no end'));
  }
  return bytes > maxBytes ? null : Buffer.concat(chunks, bytes);
}
