import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { z } from 'zod';
import { backoffMs } from './backoff.ts';
import { CONNECT_MESSAGE } from './host.ts';

const sessionSchema = z.object({ imageToken: z.string() });

/** `refused`: the host answers but does not accept this window's token. */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'refused';

export type Link = ClientLink<ClientContext>;

/** A way to the core that survives the host going away and coming back. */
export interface Connection extends Link {
  readonly state: ConnectionState;
  /** What pictures need in their address; null where the host asks for nothing. */
  readonly imageToken: string | null;
  subscribe(listener: () => void): () => void;
  /** Tries at once instead of waiting for the next turn. */
  retryNow(): void;
}

/** The core behind Electron's preload, over a message port: it lives as long as the window. */
export function connectPort(): Connection {
  const channel = new MessageChannel();
  window.postMessage(CONNECT_MESSAGE, window.location.origin, [channel.port2]);
  channel.port1.start();
  const link: Link = new PortLink({ port: channel.port1 });
  return {
    state: 'open',
    imageToken: null,
    subscribe: () => () => undefined,
    retryNow: () => undefined,
    call: (path, input, options) => link.call(path, input, options),
  };
}

/**
 * The core behind the loopback host. Calls made while the socket is down wait for it; calls under
 * way when it falls fail, and whoever made them decides whether to ask again.
 */
export class SocketConnection implements Connection {
  readonly #origin: string;
  readonly #token: string;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = 'connecting';
  #imageToken: string | null = null;
  #link: Link | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(origin: string, token: string | null) {
    this.#origin = origin;
    this.#token = token ?? '';
    if (token === null) this.#state = 'refused';
    else void this.#open();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get imageToken(): string | null {
    return this.#imageToken;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  retryNow(): void {
    if (this.#state !== 'reconnecting' || this.#timer === undefined) return;
    clearTimeout(this.#timer);
    void this.#open();
  }

  async call(
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    const link = await this.#whenOpen(options.signal);
    return link.call(path, input, options);
  }

  #whenOpen(signal: AbortSignal | undefined): Promise<Link> {
    if (this.#link !== null) return Promise.resolve(this.#link);
    return new Promise((resolve, reject) => {
      const settle = () => {
        if (this.#link === null) return;
        stop();
        resolve(this.#link);
      };
      const abort = () => {
        stop();
        reject(signal?.reason instanceof Error ? signal.reason : new Error('Cancelled'));
      };
      const unsubscribe = this.subscribe(settle);
      const stop = () => {
        unsubscribe();
        signal?.removeEventListener('abort', abort);
      };
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) abort();
    });
  }

  async #open(): Promise<void> {
    this.#timer = undefined;
    try {
      const answer = await fetch(`${this.#origin}/session`, {
        headers: { authorization: `Bearer ${this.#token}` },
      });
      if (answer.status === 401 || answer.status === 403) {
        this.#become('refused');
        return;
      }
      this.#imageToken = sessionSchema.parse(await answer.json()).imageToken;
    } catch {
      this.#retryLater();
      return;
    }
    const socket = new WebSocket(`${this.#origin.replace(/^http/, 'ws')}/rpc`, [
      'vitrine',
      this.#token,
    ]);
    socket.binaryType = 'arraybuffer';
    const link: Link = new SocketLink({ websocket: socket });
    socket.addEventListener('open', () => {
      this.#attempt = 0;
      this.#link = link;
      this.#become('open');
    });
    socket.addEventListener('close', () => {
      this.#link = null;
      this.#retryLater();
    });
  }

  #retryLater(): void {
    this.#become(this.#state === 'connecting' ? 'connecting' : 'reconnecting');
    this.#timer = setTimeout(() => void this.#open(), backoffMs(this.#attempt));
    this.#attempt += 1;
    if (this.#attempt > 1) this.#become('reconnecting');
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
