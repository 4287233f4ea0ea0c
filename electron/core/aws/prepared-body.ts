import type { PutVectorsCommand } from '@aws-sdk/client-s3vectors';

/**
 * Lets a command send bytes that were made elsewhere in place of its own input, so that millions of
 * numbers are never written on the main thread. It runs in the `build` step: after the SDK has
 * serialised the input, before it counts and signs the body.
 */
export function withBody(command: PutVectorsCommand, body: Uint8Array): PutVectorsCommand {
  command.middlewareStack.add(
    (next) => (args) => {
      (args.request as { body: unknown }).body = body;
      return next(args);
    },
    { step: 'build', priority: 'high', name: 'preparedBody' },
  );
  return command;
}
