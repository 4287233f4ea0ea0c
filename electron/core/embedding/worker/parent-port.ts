import type { FromWorker, ToWorker } from './protocol.ts';

/** Electron's `process.parentPort` in a utility process; there is no type for it outside Electron. */
interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export interface ParentPort {
  readonly post: (message: FromWorker) => void;
  onMessage(listener: (message: ToWorker) => void): void;
}

/** The way to whoever started this process: a utility process's port, or a fork's channel. */
export function connectParent(): ParentPort {
  const utility = (process as { parentPort?: UtilityParentPort | null }).parentPort;
  if (utility !== undefined && utility !== null) {
    return {
      post: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', (event) => listener(event.data as ToWorker)),
    };
  }
  if (process.send === undefined) {
    throw new Error('this is a worker of Vitrine: it is started by Vitrine, not by hand');
  }
  // The parent may be gone by kill -9: nobody waits for us then.
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message) => {
      // Between the parent's death and the event above there is no one to send to.
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => process.on('message', (message) => listener(message as ToWorker)),
  };
}
