import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App } from '../core/app.ts';
import { describeError, VitrineError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { SECURITY_HEADERS } from '../core/window/response-headers.ts';
import type { WindowFiles } from '../core/window/window-files.ts';
import type { Access } from './access.ts';

export interface HttpHandlerOptions {
  readonly app: App;
  readonly access: Access;
  readonly files: WindowFiles;
  readonly log: Log;
}

/** Serves the window's files, the session and pictures by item id; everything else is a 404. */
export function createHttpHandler(options: HttpHandlerOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    handle(options, request, response).catch((error: unknown) => {
      // Scrolled past, or Vitrine is being closed: nobody waits for the answer any more.
      if (response.destroyed || isCancelled(error)) return void response.destroy();
      options.log('error', 'A request failed', { error: describeError(error) });
      if (!response.headersSent) send(response, { status: 500, text: 'Something went wrong.' });
      else response.destroy();
    });
  };
}

function isCancelled(error: unknown): boolean {
  return error instanceof VitrineError && error.code === 'CANCELLED';
}

async function handle(
  { app, access, files }: HttpHandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!access.isForThisHost(request) || !access.isFromOwnPage(request, { isRequired: false })) {
    return send(response, {
      status: 403,
      text: 'This address serves Vitrine on this computer only.',
    });
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return send(response, { status: 405, text: 'Only GET is served here.' });
  }
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
  if (url === null) return send(response, { status: 404, text: 'There is nothing here.' });
  if (url.pathname === '/session') {
    const token = request.headers.authorization?.replace(/^Bearer /, '');
    if (!access.hasToken(token))
      return send(response, { status: 401, text: 'The token is wrong.' });
    return send(response, {
      status: 200,
      bytes: Buffer.from(JSON.stringify({ imageToken: access.imageToken })),
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    });
  }
  const picture = /^\/img\/(\d{1,15})$/.exec(url.pathname);
  if (picture !== null) {
    if (!access.hasImageToken(url.searchParams.get('t'))) {
      return send(response, { status: 401, text: 'The token is wrong.' });
    }
    return sendPicture(app, { request, response, itemId: Number(picture[1]), url });
  }
  const { accept, 'sec-fetch-dest': destination } = request.headers;
  const asked = new Headers();
  if (accept !== undefined) asked.set('accept', accept);
  if (typeof destination === 'string') asked.set('sec-fetch-dest', destination);
  const file = await files.read(url, asked);
  if (file === null) return send(response, { status: 404, text: 'There is nothing here.' });
  return send(response, { status: 200, ...file });
}

async function sendPicture(
  app: App,
  {
    request,
    response,
    itemId,
    url,
  }: { request: IncomingMessage; response: ServerResponse; itemId: number; url: URL },
): Promise<void> {
  const requested = Number(url.searchParams.get('w'));
  const width =
    Number.isInteger(requested) && requested > 0 ? Math.min(requested, 2048) : undefined;
  const abort = new AbortController();
  response.once('close', () => abort.abort());
  const opening = app.pictures.open(itemId, {
    ...(width === undefined ? {} : { width }),
    signal: abort.signal,
  });
  const picture = await opening.catch((error: unknown) => {
    // Scrolled past: nobody waits for the answer any more.
    if (abort.signal.aborted) return null;
    throw error;
  });
  if (picture === null || abort.signal.aborted) return;
  if (picture.status !== 'ok') {
    return send(response, {
      status: 404,
      text: picture.reason,
      headers: { 'Cache-Control': 'no-store' },
    });
  }
  const headers = {
    'Content-Type': picture.contentType,
    ETag: picture.etag,
    // The window puts the picture's version into the address; without one it must ask again.
    'Cache-Control': url.searchParams.has('v')
      ? 'private, max-age=31536000, immutable'
      : 'private, no-cache',
  };
  if (request.headers['if-none-match'] === picture.etag)
    return send(response, { status: 304, headers });
  return send(response, { status: 200, bytes: picture.bytes, headers });
}

function send(
  response: ServerResponse,
  answer: {
    status: number;
    text?: string;
    bytes?: Uint8Array;
    headers?: Readonly<Record<string, string>>;
  },
): void {
  const body = answer.bytes ?? Buffer.from(answer.text ?? '');
  response.writeHead(answer.status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    ...SECURITY_HEADERS,
    ...answer.headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
