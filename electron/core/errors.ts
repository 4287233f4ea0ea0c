import type { ErrorCode, ErrorData } from '../../shared/contract/errors.ts';

/** A failure with a code of the closed list, a sentence for the user and what to do about it. */
export class VitrineError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, data: ErrorData & { cause?: unknown } = {}) {
    const { cause, ...rest } = data;
    super(message, { cause });
    this.name = 'VitrineError';
    this.code = code;
    this.data = rest;
  }
}

/** The sentence of any thrown thing. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** For the `default` of a switch over a union: does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}`);
}
