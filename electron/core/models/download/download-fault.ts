import { describeError, VitrineError } from '../../errors.ts';
import { diskFull } from './part-file.ts';

/** Why a try failed, and whether another can help. */
export interface DownloadFault {
  readonly error: VitrineError;
  readonly isPassing: boolean;
  /** The server's `Retry-After`. */
  readonly retryAfterMs?: number | undefined;
}

/** An answer that is no file. */
export class HttpStatusError extends Error {
  readonly status: number;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, retryAfter: string | undefined) {
    super(`HTTP ${status}`);
    this.status = status;
    const seconds = Number(retryAfter);
    this.retryAfterMs =
      retryAfter !== undefined && seconds >= 0 ? Math.min(seconds, 60) * 1000 : undefined;
  }
}

const OFFLINE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
]);
const CUT = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_STREAM_PREMATURE_CLOSE',
  'HPE_INVALID_CONSTANT',
]);
const BY_HAND = 'fetch the file in a browser and import it';

/** Reads whatever a download threw. */
export function readFault(error: unknown, url: URL): DownloadFault {
  if (error instanceof VitrineError) return { error, isPassing: false };
  if (error instanceof HttpStatusError) return readStatus(error, url);
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return { error: diskFull(url.href), isPassing: false };
  if (OFFLINE.has(code)) {
    return {
      isPassing: true,
      error: new VitrineError('OFFLINE', `${url.host} cannot be reached.`, {
        action: `Check the connection (behind a proxy, set HTTPS_PROXY) and try again, or ${BY_HAND}.`,
        subject: url.host,
        cause: error,
      }),
    };
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO|^ERR_TLS|^ERR_SSL/.test(code)) {
    return {
      isPassing: false,
      error: failed(`${url.host} does not prove who it is (${code}).`, {
        action: `If your network inspects traffic, set NODE_EXTRA_CA_CERTS to its certificate; or ${BY_HAND}.`,
        cause: error,
      }),
    };
  }
  if (CUT.has(code) || describeError(error) === 'aborted') {
    return {
      isPassing: true,
      error: failed(`The connection to ${url.host} broke.`, {
        action: 'Go on: what has arrived is kept.',
        cause: error,
      }),
    };
  }
  return {
    isPassing: false,
    error: failed(`The download failed: ${describeError(error)}.`, {
      action: `Try again, or ${BY_HAND}.`,
      cause: error,
    }),
  };
}

function readStatus({ status, retryAfterMs }: HttpStatusError, url: URL): DownloadFault {
  const isPassing = status === 408 || status === 425 || status === 429 || status >= 500;
  const what =
    status === 404 || status === 410
      ? `${url.host} does not have the file any more (HTTP ${status}).`
      : status === 401 || status === 403
        ? `${url.host} does not give the file to everyone (HTTP ${status}).`
        : status === 429
          ? `${url.host} asks to slow down (HTTP 429).`
          : `${url.host} answered with HTTP ${status}.`;
  const action = isPassing
    ? `Try again later, or ${BY_HAND}.`
    : `Look for it at the model's source, then import it. It was asked for at ${url.href}.`;
  return { error: failed(what, { action }), isPassing, retryAfterMs };
}

function failed(message: string, data: { action: string; cause?: unknown }): VitrineError {
  return new VitrineError('DOWNLOAD_FAILED', message, data);
}
