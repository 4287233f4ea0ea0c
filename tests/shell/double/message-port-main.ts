import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';

type Methods = Pick<MessagePortMain, 'postMessage' | 'start' | 'close'>;

/**
 * The main process's end of a real message channel. As documented, `close` is emitted when the other
 * end goes, and no promise is kept beyond that.
 */
export class MessagePortMainDouble extends EventEmitter implements Methods {
  readonly #port: MessagePort;
  #isClosed = false;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.addEventListener('close', () => {
      if (!this.#isClosed) this.emit('close');
      this.#isClosed = true;
    });
  }

  postMessage(message: unknown): void {
    if (!this.#isClosed) this.#port.postMessage(message);
  }

  start(): void {
    // Only now: Node's ports start by themselves when somebody listens.
    this.#port.addEventListener('message', (event: MessageEvent) => {
      this.emit('message', { data: event.data as unknown, ports: [] });
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#port.close();
  }
}
