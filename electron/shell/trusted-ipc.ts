import { ipcMain, type WebContents } from 'electron';
import { z } from 'zod';
import type { Log } from '../core/ports.ts';
import { isTrustedFrame } from './trusted-frame.ts';

/** Who asked, and where refusals are noted. */
export interface TrustedIpc {
  /** Answers `invoke`: only our own page, only with an argument that fits. */
  handle<Input>(
    channel: string,
    schema: z.ZodType<Input>,
    answer: (input: Input, contents: WebContents) => unknown,
  ): void;
  /** Hears `send`, under the same conditions. */
  on<Input>(
    channel: string,
    schema: z.ZodType<Input>,
    listener: (input: Input, contents: WebContents) => unknown,
  ): void;
}

export const itemIdSchema = z.int().positive();

/** Every channel of the shell is opened here, so that none can forget to look who is talking. */
export function createTrustedIpc(log: Log): TrustedIpc {
  return {
    handle(channel, schema, answer) {
      ipcMain.handle(channel, async (event, input: unknown) => {
        const parsed = schema.safeParse(input);
        if (!isTrustedFrame(event.senderFrame) || !parsed.success) {
          log('warn', `Refused ${channel} from a page`);
          throw new Error(`${channel} is refused.`);
        }
        return answer(parsed.data, event.sender);
      });
    },
    on(channel, schema, listener) {
      ipcMain.on(channel, (event, input: unknown) => {
        const parsed = schema.safeParse(input);
        if (isTrustedFrame(event.senderFrame) && parsed.success) {
          listener(parsed.data, event.sender);
        } else log('warn', `Refused ${channel} from a page`);
      });
    },
  };
}
