import type { ListVectorsCommand, PutVectorsCommand } from '@aws-sdk/client-s3vectors';

/**
 * Lets a command send bytes that were made elsewhere in place of its own input, so that millions of
 * numbers are never written on the main thread. It runs in the `build` step: after the SDK has
 * serialised the input, before it counts and signs the body.
 */
export function withBody(
  command: PutVectorsCommand,
  body: Uint8Array,
  sha256?: string,
): PutVectorsCommand {
  command.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: unknown; headers: Record<string, string> };
      request.body = body;
      // The signer takes a hash that is there for that of the body.
      if (sha256 !== undefined) request.headers['x-amz-content-sha256'] = sha256;
      return next(args);
    },
    { step: 'build', priority: 'high', name: 'preparedBody' },
  );
  return command;
}

/**
 * Takes the bytes of a page of vectors before the SDK reads it, which looks at each number alone: that
 * holds the main thread for 100 ms where JSON.parse takes 5 (100 vectors of 768 numbers). Failures
 * stay the SDK's.
 *
 * @param take gets bytes that are nobody else's: they may be given to another thread.
 */
export function withPage(
  command: ListVectorsCommand,
  take: (body: Uint8Array<ArrayBuffer>) => void,
): ListVectorsCommand {
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode: number; body: AsyncIterable<Uint8Array> };
      if (response.statusCode !== 200) return result;
      take(await readAll(response.body));
      Object.assign(response, { body: Buffer.from('{"vectors":[]}') });
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'pageAsWritten' },
  );
  return command;
}

/** The bytes of a stream, in memory of their own. */
async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
  }
  const all = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
