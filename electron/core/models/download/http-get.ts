import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isLoopback, isTrustworthy } from './origin.ts';
import { VitrineError } from '../../errors.ts';

const MAX_REDIRECTS = 5;

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: IncomingMessage;
  /**
   * SHA-256 that the host asked first gives for the file: Hugging Face names files kept in Git LFS by
   * it, in `x-linked-etag` of the redirect or in the `etag` of the answer. Hosts further on, which
   * only store bytes, are not asked.
   */
  readonly sha256: string | null;
  /** Only what `x-linked-etag` says: an `etag` may look like a hash without being the file's. */
  readonly linkedSha256: string | null;
}

export interface HttpGetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Silence after which the connection is given up. */
  readonly silenceMs: number;
}

// Created with the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY): many can reach a hub only so.
const proxied = {
  'http:': new http.Agent({ proxyEnv: process.env }),
  'https:': new https.Agent({ proxyEnv: process.env }),
};
const direct = { 'http:': new http.Agent(), 'https:': new https.Agent() };

/**
 * GET, following redirects to https only (and within this computer where it began there), so that a
 * host cannot send us to a service inside the user's network. Node's own client, because `fetch`
 * knows no proxy without a dispatcher of the very same undici.
 */
export async function httpGet(url: URL, options: HttpGetOptions): Promise<HttpAnswer> {
  const loopbackToo = isLoopback(url);
  if (!isTrustworthy(url, { loopbackToo })) throw untrustworthy(url);
  let at = url;
  let etagSha256: string | null = null;
  let linkedSha256: string | null = null;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const body = await request(at, options);
    const { headers, statusCode: status = 0 } = body;
    if (at.origin === url.origin) {
      linkedSha256 = hashOf(headers['x-linked-etag']) ?? linkedSha256;
      etagSha256 = hashOf(headers.etag) ?? etagSha256;
    }
    if (status < 300 || status >= 400 || headers.location === undefined) {
      return { status, headers, body, linkedSha256, sha256: linkedSha256 ?? etagSha256 };
    }
    body.destroy();
    at = new URL(headers.location, at);
    if (!isTrustworthy(at, { loopbackToo })) throw untrustworthy(at);
  }
  throw new VitrineError(
    'DOWNLOAD_FAILED',
    `${url.host} redirects more than ${MAX_REDIRECTS} times.`,
    {
      action: 'Try again later, or fetch the file in a browser and import it.',
      subject: url.href,
    },
  );
}

function request(
  url: URL,
  { headers, signal, silenceMs }: HttpGetOptions,
): Promise<IncomingMessage> {
  const isPlain = url.protocol === 'http:';
  const agent = (isLoopback(url) ? direct : proxied)[isPlain ? 'http:' : 'https:'];
  return new Promise((resolve, reject) => {
    const asked = (isPlain ? http : https).get(
      url,
      {
        agent,
        signal,
        // Sizes and ranges are of the file itself.
        headers: { 'Accept-Encoding': 'identity', 'User-Agent': 'Vitrine', ...headers },
      },
      resolve,
    );
    asked.setTimeout(silenceMs, () => {
      asked.destroy(Object.assign(new Error(`${url.host} fell silent`), { code: 'ETIMEDOUT' }));
    });
    asked.on('error', reject);
  });
}

function hashOf(header: string | string[] | undefined): string | null {
  const value = typeof header === 'string' ? header.replace(/^W\//, '').replaceAll('"', '') : '';
  return /^[0-9a-f]{64}$/i.test(value) ? value.toLowerCase() : null;
}

function untrustworthy(url: URL): VitrineError {
  return new VitrineError(
    'DOWNLOAD_FAILED',
    `The download leads to ${url.origin}, which is not https.`,
    {
      action: 'Fetch the file in a browser and import it.',
      subject: url.href,
    },
  );
}
