import { ORPCError } from '@orpc/server';
import { ERROR_CODES } from '../../../shared/contract/errors.ts';
import { describeError, VitrineError } from '../errors.ts';
import type { Log } from '../ports.ts';

/** Turns anything thrown into what travels: a code of the closed list, a sentence, an action. */
export function toWireError(error: unknown, log: Log): ORPCError<string, unknown> {
  if (error instanceof VitrineError) return fromVitrine(error);
  if (error instanceof ORPCError) {
    return error.code === 'BAD_REQUEST' ? fromVitrine(describeIssues(error)) : error;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return fromVitrine(new VitrineError('CANCELLED', 'Cancelled.'));
  }
  // The details stay here: they may hold paths or data that are nobody else's business.
  log('error', 'Unexpected error', { error: error instanceof Error ? error.stack : String(error) });
  return fromVitrine(
    new VitrineError('INTERNAL', 'Something went wrong inside Vitrine.', {
      action: 'Try again; the details are in the log.',
      cause: error,
    }),
  );
}

function fromVitrine(error: VitrineError): ORPCError<string, unknown> {
  return new ORPCError(error.code, {
    status: ERROR_CODES[error.code],
    message: error.message,
    data: error.data,
    cause: error,
  });
}

function describeIssues(error: ORPCError<string, unknown>): VitrineError {
  const issues = (error.data as { issues?: { path?: unknown[]; message: string }[] } | undefined)
    ?.issues;
  const sentence =
    issues
      ?.map(({ path = [], message }) => `${path.map(String).join('.') || 'input'}: ${message}`)
      .join('; ') ?? describeError(error);
  return new VitrineError('INVALID_INPUT', sentence, { cause: error });
}
