import type { MessageEvent, MessagePortMain } from 'electron';
import { z } from 'zod';

/** Between the JSON of a message and its bytes (@orpc/standard-server-peer, 1.16.1). */
const DELIMITER = 0xff;

/** A call (`t` 1, the default), a piece of a stream (3) or an abort (4), as that package writes them. */
const messageSchema = z.union([
  z.object({ i: z.string(), t: z.literal([3, 4]) }),
  z.object({
    i: z.string(),
    t: z.literal(1).optional(),
    p: z.object({
      u: z.string().startsWith('/'),
      h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
      m: z.string().optional(),
    }),
  }),
]);

/**
 * The port as the handler of the contract may see it: what is no message of the contract never
 * reaches it, and `onRefused` is called instead. The contract checks the rest.
 */
export function guardPort(
  port: MessagePortMain,
  onRefused: () => void,
): Pick<MessagePortMain, 'on' | 'postMessage'> {
  return {
    postMessage: (message) => port.postMessage(message),
    on(event: 'message' | 'close', listener: (message: MessageEvent) => void) {
      if (event === 'close') return port.on('close', listener as () => void);
      return port.on('message', (message) => {
        if (isMessage(message.data)) listener(message);
        else onRefused();
      });
    },
  };
}

function isMessage(data: unknown): boolean {
  try {
    return messageSchema.safeParse(JSON.parse(jsonOf(data))).success;
  } catch {
    return false;
  }
}

function jsonOf(data: unknown): string {
  if (typeof data === 'string') return data;
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  if (!(bytes instanceof Uint8Array)) return '';
  const end = bytes.indexOf(DELIMITER);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
