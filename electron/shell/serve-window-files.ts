import { protocol } from 'electron';
import type { App } from '../core/app.ts';
import type { Log } from '../core/ports.ts';
import { describeError } from '../core/errors.ts';
import { SECURITY_HEADERS } from '../core/window/response-headers.ts';
import type { WindowFiles } from '../core/window/window-files.ts';
import { pictureItemId } from './picture-address.ts';
import { APP_SCHEME } from './scheme.ts';

interface Served {
  readonly core: App;
  readonly files: WindowFiles;
  readonly log: Log;
}

const MAX_WIDTH = 2048;

/** Answers vitrine://app/…: the window's files, and pictures by item id under /img/. */
export function serveWindowFiles(served: Served): void {
  protocol.handle(APP_SCHEME, async (request) => {
    try {
      return await answer(served, request);
    } catch (error) {
      // Scrolled past: nobody waits for the answer any more.
      if (request.signal.aborted) return notFound();
      served.log('error', 'A request failed', { error: describeError(error) });
      return new Response('Something went wrong.', { status: 500, headers: SECURITY_HEADERS });
    }
  });
}

async function answer({ core, files }: Served, request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.host !== 'app' || request.method !== 'GET') return notFound();
  const itemId = pictureItemId(request.url);
  if (itemId === null) {
    const file = await files.read(url, request.headers);
    return file === null ? notFound() : respond(file.bytes, file.headers);
  }
  const width = Number(url.searchParams.get('w'));
  const found = await core.pictures.open(itemId, {
    ...(Number.isInteger(width) && width > 0 ? { width: Math.min(width, MAX_WIDTH) } : {}),
    signal: request.signal,
  });
  if (found.status !== 'ok') return notFound();
  return respond(found.bytes, {
    'Content-Type': found.contentType,
    // The window puts the picture's version into the address; without one it must ask again.
    'Cache-Control': url.searchParams.has('v')
      ? 'private, max-age=31536000, immutable'
      : 'private, no-cache',
  });
}

function respond(bytes: Uint8Array, headers: Readonly<Record<string, string>>): Response {
  // A copy: Electron's memory cage does not take buffers that native code owns.
  return new Response(new Uint8Array(bytes), { headers: { ...SECURITY_HEADERS, ...headers } });
}

function notFound(): Response {
  return new Response('There is nothing here.', { status: 404, headers: SECURITY_HEADERS });
}
