import { ORPCError } from '@orpc/client';
import {
  ERROR_CODES,
  type ErrorCode,
  type ErrorData,
  errorDataSchema,
} from '../../shared/contract/errors.ts';

/** A failed call as the window shows it. */
export interface CallFailure {
  readonly code: ErrorCode | 'DISCONNECTED';
  readonly message: string;
  readonly action: string | null;
  /** For a terminal, to be copied as it stands. */
  readonly command: string | null;
  /** What a yes would allow. */
  readonly consent: ErrorData['consent'] | null;
}

/** Reads any thrown thing: a declared failure keeps its code, anything else means no connection. */
export function readFailure(error: unknown): CallFailure {
  if (error instanceof ORPCError) {
    const { data = {} } = errorDataSchema.safeParse(error.data);
    return {
      code: isErrorCode(error.code) ? error.code : 'INTERNAL',
      message: error.message,
      action: data.action ?? null,
      command: data.command ?? null,
      consent: data.consent ?? null,
    };
  }
  return {
    code: 'DISCONNECTED',
    message: error instanceof Error ? error.message : String(error),
    action: null,
    command: null,
    consent: null,
  };
}

/** Whether asking again can help: the line was cut, and nobody said no. */
export function isTransient(error: unknown): boolean {
  return readFailure(error).code === 'DISCONNECTED';
}

function isErrorCode(code: string): code is ErrorCode {
  return code in ERROR_CODES;
}
