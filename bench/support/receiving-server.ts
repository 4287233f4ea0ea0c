import { createHash } from 'node:crypto';
import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A process that takes PutVectors as cheaply as it can be taken, so that on the same two cores the
 * client is measured and not the server: it reads each body, counts its vectors by their marker and
 * keeps nothing. Every other request goes on to the practice cloud whose address is its first argument;
 * its second says for how many milliseconds to hold back each answer, as a service far away does.
 */
const [, , practice = '', latencyMs = '0'] = process.argv;

/** What came for one index. */
export interface Received {
  requests: number;
  vectors: number;
  bytes: number;
  peakRequestsPerSecond: number;
  peakVectorsPerSecond: number;
}

/** What a receiving server has seen, by index, and what was wrong with it. */
export interface Reception {
  readonly indexes: Readonly<Record<string, Readonly<Received>>>;
  readonly faults: readonly string[];
}

/** Every vector of a body begins so. */
const MARKER = Buffer.from('{"key":');
const INDEX_NAME = /"indexName":"([^"]+)"/;
/** Where a body names its index. */
const HEAD_BYTES = 512;
/** One body in so many is hashed and compared with what was signed; all must say a hash. */
const HASHED = 20;

const indexes: Record<string, Received> = {};
const recent: Record<string, { at: number; vectors: number }[]> = {};
const faults: string[] = [];

async function take(request: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { name, vectors, bytes } = countVectors(chunks);
  const { headers } = request;
  const signed = headers['x-amz-content-sha256'];
  if (headers['content-length'] !== String(bytes)) faults.push(`${bytes} bytes came, not as said`);
  if (typeof signed !== 'string' || signed.length !== 64) faults.push('a body without its hash');
  const received = (indexes[name] ??= {
    requests: 0,
    vectors: 0,
    bytes: 0,
    peakRequestsPerSecond: 0,
    peakVectorsPerSecond: 0,
  });
  if (received.requests % HASHED === 0) {
    const sha256 = createHash('sha256');
    for (const chunk of chunks) sha256.update(chunk);
    if (sha256.digest('hex') !== signed) faults.push('a body of another hash');
  }
  received.requests += 1;
  received.vectors += vectors;
  received.bytes += bytes;
  notePace(name, vectors);
}

function countVectors(chunks: readonly Buffer[]): { name: string; vectors: number; bytes: number } {
  let vectors = 0;
  let bytes = 0;
  let edge: Buffer = Buffer.alloc(0);
  for (const chunk of chunks) {
    // A marker may lie across two chunks.
    const seam = Buffer.concat([edge, chunk.subarray(0, MARKER.length - 1)]);
    vectors += occurrences(seam) + occurrences(chunk);
    edge = chunk.subarray(Math.max(0, chunk.length - MARKER.length + 1));
    bytes += chunk.length;
  }
  const head = Buffer.concat(chunks.slice(0, 2)).subarray(0, HEAD_BYTES).toString('latin1');
  return { name: INDEX_NAME.exec(head)?.[1] ?? '', vectors, bytes };
}

function occurrences(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(MARKER); at !== -1; at = bytes.indexOf(MARKER, at + MARKER.length)) {
    count += 1;
  }
  return count;
}

function notePace(name: string, vectors: number): void {
  const at = performance.now();
  const inSecond = (recent[name] ?? []).filter((one) => one.at > at - 1_000);
  inSecond.push({ at, vectors });
  recent[name] = inSecond;
  const received = indexes[name]!;
  const sum = inSecond.reduce((total, one) => total + one.vectors, 0);
  received.peakVectorsPerSecond = Math.max(received.peakVectorsPerSecond, sum);
  received.peakRequestsPerSecond = Math.max(received.peakRequestsPerSecond, inSecond.length);
}

function passOn(request: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url } = request;
  const onward = forward(new URL(url ?? '', practice), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

function serve(): Server {
  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    if (request.url !== '/PutVectors') {
      passOn(request, response);
      return;
    }
    take(request)
      .then(() => delay(Number(latencyMs)))
      .then(
        () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
        (error: unknown) => {
          faults.push(String(error));
          response.destroy();
        },
      );
  });
}

const server = serve();
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => process.send?.({ indexes, faults } satisfies Reception));
process.on('disconnect', () => process.exit());
