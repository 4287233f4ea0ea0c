export interface RemoteVector {
  readonly key: string;
  readonly data: { readonly float32: readonly number[] };
  readonly metadata?: Record<string, unknown>;
}

/** Every vector of an index by key, over plain HTTP: not through the code under test. */
export async function readIndex(
  endpoint: string,
  index: { readonly bucket: string; readonly name: string },
): Promise<Map<string, RemoteVector>> {
  const all = new Map<string, RemoteVector>();
  let nextToken: string | undefined;
  do {
    const response = await fetch(`${endpoint}/ListVectors`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        // Any will do for a practice cloud and for S3Mock, if it looks right.
        authorization:
          'AWS4-HMAC-SHA256 Credential=ANY/20260101/us-east-1/s3vectors/aws4_request, SignedHeaders=host;x-amz-date, Signature=' +
          '0'.repeat(64),
        'x-amz-date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
      },
      body: JSON.stringify({
        vectorBucketName: index.bucket,
        indexName: index.name,
        returnData: true,
        returnMetadata: true,
        nextToken,
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`ListVectors: ${response.status} ${text}`);
    const page = JSON.parse(text) as { vectors: RemoteVector[]; nextToken?: string };
    for (const vector of page.vectors) all.set(vector.key, vector);
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== null);
  return all;
}
