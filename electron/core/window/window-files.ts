import { devHeaders } from './response-headers.ts';
import { readStaticFile } from './static-files.ts';

export interface WindowFile {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** The files of the window, wherever they come from. */
export interface WindowFiles {
  /** The file of an address (path and query); null when there is none. */
  read(url: URL, requestHeaders: Headers): Promise<WindowFile | null>;
}

/**
 * The built window in `rendererDir`; or, while it is being worked on, what Vite serves at `devServer`
 * (its origin): fetched through the host, so that the window keeps its own origin and its pictures,
 * and only the socket of hot reload goes to Vite.
 */
export function openWindowFiles(rendererDir: string, devServer?: string): WindowFiles {
  return devServer === undefined ? builtFiles(rendererDir) : devFiles(devServer);
}

function builtFiles(dir: string): WindowFiles {
  return {
    async read(url) {
      const file = await readStaticFile(dir, decodePath(url.pathname));
      if (file === null) return null;
      const headers = {
        'Content-Type': file.contentType,
        'Cache-Control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      };
      return { bytes: file.bytes, headers };
    },
  };
}

/** What decides how Vite answers: CSS as a style sheet or as a module. */
const FORWARDED = ['accept', 'sec-fetch-dest'] as const;

function devFiles(devServer: string): WindowFiles {
  return {
    async read(url, requestHeaders) {
      const headers = FORWARDED.flatMap((name) => {
        const value = requestHeaders.get(name);
        return value === null ? [] : [[name, value] as [string, string]];
      });
      const answer = await fetch(new URL(url.pathname + url.search, devServer), { headers });
      if (!answer.ok) return null;
      return {
        bytes: new Uint8Array(await answer.arrayBuffer()),
        headers: {
          'Content-Type': answer.headers.get('content-type') ?? 'text/plain',
          ...devHeaders(devServer),
        },
      };
    },
  };
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '/';
  }
}
