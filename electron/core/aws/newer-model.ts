import { buffer } from 'node:stream/consumers';
import type { GetIndexCommand, QueryVectorsCommand } from '@aws-sdk/client-s3vectors';

// What the service has understood since September 30, 2026 (awsapichanges, 2026/09/30) and the SDK's
// model does not hold yet: it drops such fields from requests and from answers.

/** Lets a query send fields that the SDK would leave out. */
export function withFields(
  command: QueryVectorsCommand,
  fields: Readonly<Record<string, string>>,
): QueryVectorsCommand {
  command.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: Uint8Array | string };
      const { body } = request;
      // Not toString, to which the SDK's own bytes object.
      const written = typeof body === 'string' ? body : new TextDecoder().decode(body);
      request.body = JSON.stringify({ ...(JSON.parse(written) as object), ...fields });
      return next(args);
    },
    { step: 'build', priority: 'high', name: 'newerFields' },
  );
  return command;
}

/** Shows the answer to `GetIndex` as the service wrote it, before the SDK reads it. */
export function withAnswer(
  command: GetIndexCommand,
  read: (answer: { readonly index?: { readonly indexMode?: unknown } }) => void,
): GetIndexCommand {
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode: number; body: AsyncIterable<Uint8Array> };
      if (response.statusCode !== 200) return result;
      const body = await buffer(response.body);
      Object.assign(response, { body });
      read(JSON.parse(body.toString()) as Parameters<typeof read>[0]);
      return result;
    },
    // Within the SDK's own reading, which is of the same step.
    { step: 'deserialize', priority: 'low', name: 'answerAsWritten' },
  );
  return command;
}
