import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Clock } from './clock.ts';
import { CONTROL_PREFIX, createControl } from './control.ts';
import { Counters } from './counters.ts';
import { exceptionOf, FaultPlayer, type FaultName, type Faults } from './faults.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { OperationContext } from './operations/context.ts';
import { OPERATIONS } from './operations/operations.ts';
import { RateLimiter } from './rate-limiter.ts';
import { Account } from './store/account.ts';
import type { Index } from './store/resources.ts';
import { Journal } from './store/journal.ts';
import { PageTokens } from './store/page-tokens.ts';
import { authorize, type PracticeCredentials } from './wire/authorization.ts';
import { readBody } from './wire/read-body.ts';
import { parseBody, routeOf } from './wire/requests.ts';
import { ServiceError } from './wire/service-error.ts';

/** How a practice cloud is to be. Everything in it can be cloned into another thread. */
export interface PracticeCloudOptions {
  /** Random when left out. */
  readonly port?: number | undefined;
  /** Where the account is kept; in memory only when left out. */
  readonly dataDir?: string | undefined;
  /** `us-east-1` when left out. */
  readonly region?: string | undefined;
  /** Limits other than the service's. */
  readonly limits?: Partial<Limits> | undefined;
  readonly faults?: Faults | undefined;
  /** Of the faults' chances; 1 when left out. */
  readonly seed?: number | undefined;
  /** What the clock shows at the start, in epoch milliseconds; the true time when left out. */
  readonly clock?: number | undefined;
  /** Signatures must be made with these keys; with any when left out. */
  readonly credentials?: PracticeCredentials | undefined;
}

export interface PracticeServer {
  readonly port: number;
  readonly region: string;
  /** Answers what is in progress, then ends. */
  stop(): Promise<void>;
}

/** Idle connections of a pausing client stay usable for a while. */
const KEEP_ALIVE_MS = 60_000;
/** Whoever keeps a request open longer than this is cut off by a stop. */
const STOP_MS = 3000;

/** Serves a practice cloud on loopback in this thread. @throws Error when port or folder cannot be used. */
export async function servePracticeCloud(options: PracticeCloudOptions): Promise<PracticeServer> {
  const region = options.region ?? 'us-east-1';
  const limits = { ...LIMITS, ...options.limits };
  const clock = new Clock(options.clock);
  const counters = new Counters();
  const faults = new FaultPlayer(options.faults ?? {}, options.seed ?? 1);
  const journal = options.dataDir === undefined ? null : new Journal(options.dataDir);
  const limiters = new Map<number, RateLimiter>();
  const context: OperationContext = {
    account: new Account(region, journal),
    limits,
    clock,
    counters,
    tokens: new PageTokens(clock.now, limits.tokenLifetimeMs),
    limiterOf({ id }: Index) {
      const limiter = limiters.get(id) ?? new RateLimiter(limits, clock.now());
      limiters.set(id, limiter);
      return limiter;
    },
  };
  const control = createControl({ clock, counters, faults });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, limits.bodyBytes);
    const { operation, members } = routeOf(request.method ?? '', request.url ?? '');
    counters.noteRequest(operation);
    if (body === null) {
      throw new ServiceError('ValidationException', 'Request body exceeds max allowed size');
    }
    const signing = { credentials: options.credentials, region, now: clock.now() };
    authorize({ request, body }, signing);
    const fault = faults.next(operation);
    if (fault !== null && (await isEndedBy(fault, request))) return;
    const input = parseBody(body);
    checkCapacity(operation, input, faults.capacity);
    const run = OPERATIONS[operation]!;
    try {
      const output = run(context, { ...input, ...members });
      if (fault !== 'drop-after') send(response, 200, output);
    } finally {
      if (fault === 'drop-after') request.socket.destroy();
    }
  };

  /** Plays a fault; tells whether there is nothing left to answer. */
  const isEndedBy = async (fault: FaultName, request: IncomingMessage): Promise<boolean> => {
    counters.noteFault(fault);
    const exception = exceptionOf(fault);
    if (exception !== null) throw exception;
    if (fault === 'latency') await delay(faults.latencyMs);
    if (fault === 'drop-before') request.socket.destroy();
    return fault === 'drop-before';
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const isControl = request.url?.startsWith(CONTROL_PREFIX) === true;
    const handled = isControl ? control(request, response) : answer(request, response);
    handled.catch((error: unknown) => {
      if (request.socket.destroyed) return;
      const known =
        error instanceof ServiceError
          ? error
          : new ServiceError('InternalServerException', `Practice cloud: ${String(error)}`);
      if (!isControl) counters.noteError(known.name);
      sendError(response, known);
    });
  });
  try {
    await listen(server, options.port ?? 0);
  } catch (error) {
    journal?.close();
    throw error;
  }
  return {
    port: (server.address() as AddressInfo).port,
    region,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), STOP_MS);
      await closed;
      clearTimeout(timer);
      journal?.close();
    },
  };
}

function checkCapacity(
  operation: string,
  { vectors }: Readonly<Record<string, unknown>>,
  capacity: number,
): void {
  if (operation === 'PutVectors' && Array.isArray(vectors) && vectors.length > capacity) {
    throw exceptionOf('ServiceUnavailableException')!;
  }
}

function send(response: ServerResponse, status: number, output: object): void {
  const body = Buffer.from(JSON.stringify(output));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-amz-request-id': randomUUID(),
  });
  response.end(body);
}

/** The error's name travels in a header, as restJson1 has it. */
function sendError(
  response: ServerResponse,
  { name, status, message, fieldList }: ServiceError,
): void {
  response.setHeader('x-amzn-errortype', name);
  send(response, status, { message, ...(fieldList !== undefined && { fieldList }) });
}

/** Loopback only, whatever the machine's other addresses are. */
function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
