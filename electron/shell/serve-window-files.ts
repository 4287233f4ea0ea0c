import { protocol } from 'electron';
import type { App } from '../core/app.ts';
import type { Log } from '../core/ports.ts';
import { describeError } from '../core/errors.ts';
import { SECURITY_HEADERS } from '../core/window/response-headers.ts';
import { readStaticFile } from '../core/window/static-files.ts';
import { APP_SCHEME } from './scheme.ts';

/** Answers vitrine://app/…: the window's files, and pictures by item id under /img/. */
export function serveWindowFiles(options: { core: App; rendererDir: string; log: Log }): void {
  protocol.handle(APP_SCHEME, async (request) => {
    try {
      return await answer(options, request);
    } catch (error) {
      options.log('error', 'A request failed', { error: describeError(error) });
      return new Response('Something went wrong.', { status: 500, headers: SECURITY_HEADERS });
    }
  });
}

async function answer(
  { core, rendererDir }: { core: App; rendererDir: string },
  request: Request,
): Promise<Response> {
  const url = new URL(request.url);
  if (url.host !== 'app') return notFound();
  const picture = /^\/img\/(\d{1,15})$/.exec(url.pathname);
  if (picture === null) {
    const file = await readStaticFile(rendererDir, decodeURIComponent(url.pathname));
    return file === null ? notFound() : respond(file.bytes, { 'Content-Type': file.contentType });
  }
  const width = Number(url.searchParams.get('w'));
  const found = await core.pictures.open(Number(picture[1]), {
    ...(Number.isInteger(width) && width > 0 ? { width: Math.min(width, 2048) } : {}),
    signal: request.signal,
  });
  if (found.status !== 'ok') return notFound();
  return respond(found.bytes, {
    'Content-Type': found.contentType,
    'Cache-Control': 'private, max-age=31536000, immutable',
  });
}

function respond(bytes: Uint8Array, headers: Record<string, string>): Response {
  // A copy: Electron's memory cage does not take buffers that native code owns.
  return new Response(new Uint8Array(bytes), { headers: { ...SECURITY_HEADERS, ...headers } });
}

function notFound(): Response {
  return new Response('There is nothing here.', { status: 404, headers: SECURITY_HEADERS });
}
