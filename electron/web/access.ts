import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Who may talk to the browser host. Loopback alone is not enough: any page in the same browser can
 * send requests to it (DNS rebinding, cross-site WebSocket hijacking), any local user can connect.
 * So each request must name this very host, come from its own pages, and know the token.
 */
export class Access {
  /** Travels in the fragment of the address, which browsers never send. */
  readonly token = randomBytes(24).toString('base64url');
  /** Stands in the addresses of pictures, where no header can: it opens nothing else. */
  readonly imageToken = createHmac('sha256', this.token).update('images').digest('base64url');
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;

  constructor(port: number) {
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
    this.#origins = new Set([...this.#hosts].map((host) => `http://${host}`));
  }

  /** The `Host` header names this host: a rebound DNS name does not. */
  isForThisHost(request: IncomingMessage): boolean {
    return this.#hosts.has(request.headers.host ?? '');
  }

  /** No `Origin` (a plain navigation) or our own; `isRequired` for WebSockets, which always send one. */
  isFromOwnPage(request: IncomingMessage, options: { isRequired: boolean }): boolean {
    const { origin } = request.headers;
    return origin === undefined ? !options.isRequired : this.#origins.has(origin);
  }

  hasToken(candidate: string | null | undefined): boolean {
    return isSame(candidate, this.token);
  }

  hasImageToken(candidate: string | null | undefined): boolean {
    return isSame(candidate, this.imageToken);
  }
}

function isSame(candidate: string | null | undefined, secret: string): boolean {
  const a = Buffer.from(candidate ?? '');
  const b = Buffer.from(secret);
  return a.length === b.length && timingSafeEqual(a, b);
}
