import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import type { FaultPlayer } from './faults.ts';
import { readBody } from './wire/read-body.ts';
import { parseBody } from './wire/requests.ts';
import { invalid } from './wire/service-error.ts';

/** No operation begins like this. */
export const CONTROL_PREFIX = '/practice/';

const MAX_BYTES = 1024 * 1024;

/** Answers `/practice/…`: what a test or a user may see and change while the cloud runs. */
export function createControl({
  clock,
  counters,
  faults,
}: {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly faults: FaultPlayer;
}): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const actions: Record<string, (input: object, query: URLSearchParams) => object> = {
    'GET counters': () => counters.snapshot(),
    'GET puts': (_input, query) => counters.putsByKey(query.get('index') ?? ''),
    'PUT faults'(input) {
      try {
        faults.set(input);
      } catch (error) {
        throw invalid('/faults', (error as Error).message);
      }
      return {};
    },
    'POST clock'(input) {
      const { advanceMs } = input as { advanceMs?: unknown };
      if (typeof advanceMs !== 'number') throw invalid('/advanceMs', 'advanceMs must be a number');
      clock.advance(advanceMs);
      return {};
    },
  };
  return async (request, response) => {
    const body = await readBody(request, MAX_BYTES);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const action = actions[`${request.method} ${pathname.slice(CONTROL_PREFIX.length)}`];
    if (action === undefined || isOfABrowser(request)) {
      response.writeHead(404).end();
      return;
    }
    const output = action(parseBody(body ?? Buffer.alloc(0)), searchParams);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(output));
  };
}

/** No page has business here: one of another site sends its origin, one that posed as us its host. */
function isOfABrowser({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || !/^(127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '');
}
