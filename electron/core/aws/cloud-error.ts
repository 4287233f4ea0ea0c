import { lookup } from 'node:dns/promises';
import type { CloudConnection } from '../../../shared/contract/cloud/connection.ts';
import type { ErrorCode, ErrorData } from '../../../shared/contract/errors.ts';
import { describeError, VitrineError } from '../errors.ts';
import { profileOf } from './connection.ts';
import { redact } from './redact.ts';

/**
 * What a caller can do about a failed call: send less often (`throttled`), send less at once
 * (`overloaded`), try again (`unavailable`), wait for the network (`offline`), leave the record out
 * (`rejected`), or ask the user (`blocked`).
 */
export type CloudFailure =
  | 'throttled'
  | 'overloaded'
  | 'unavailable'
  | 'offline'
  | 'rejected'
  | 'blocked';

/** A failed call of the service, said so that a user knows what to do. Holds no secret. */
export class CloudError extends VitrineError {
  readonly failure: CloudFailure;

  constructor(
    failure: CloudFailure,
    code: ErrorCode,
    { message, ...data }: ErrorData & { message: string },
  ) {
    // No cause: the SDK's errors hold account ids and request headers.
    super(code, redact(message), data);
    this.name = 'CloudError';
    this.failure = failure;
  }
}

export interface FailedCall {
  /** The operation of the service, such as `PutVectors`. */
  readonly operation: string;
  readonly connection: CloudConnection;
  /** As the SDK resolved it; null where it could not. */
  readonly region: string | null;
}

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
}

/** Actions that need another beside the one named after the operation. */
const ALSO_NEEDED: Readonly<Record<string, string>> = {
  QueryVectors: 'GetVectors',
  ListVectors: 'GetVectors',
  CreateIndex: 'TagResource',
  CreateVectorBucket: 'TagResource',
};

const NETWORK_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
]);

/** Turns anything a call threw into what a user is told. Aborted calls become CANCELLED. */
export async function toCloudError(error: unknown, call: FailedCall): Promise<VitrineError> {
  if (error instanceof VitrineError) return error;
  if (!(error instanceof Error)) return unknownFailure(error, call);
  if (error.name === 'AbortError') return new VitrineError('CANCELLED', 'Cancelled.');
  return (
    credentialsError(error, call) ??
    serviceError(error, call) ??
    strangerError(error, call) ??
    (await networkError(error, call)) ??
    unknownFailure(error, call)
  );
}

function credentialsError(error: SdkError, { connection }: FailedCall): CloudError | null {
  const profile = profileOf(connection);
  const { message } = error;
  const isProvider =
    error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError';
  const isExpired =
    error.name === 'ExpiredToken' ||
    error.name === 'ExpiredTokenException' ||
    (isProvider && /expired|sso login|refresh|reauthenticat/i.test(message));
  if (isExpired) {
    const isLogin = /aws login|login session/i.test(message);
    const verb = isLogin ? 'login' : 'sso login';
    const command = `aws ${verb}${profile === undefined ? '' : ` --profile ${quoted(profile)}`}`;
    return new CloudError('blocked', 'CREDENTIALS_EXPIRED', {
      message: `The sign-in${profile === undefined ? '' : ` of the profile "${profile}"`} has expired.`,
      action: `Run ${command} in a terminal, then try again.`,
      command,
    });
  }
  if (isProvider) {
    const { source } = connection;
    return new CloudError('blocked', 'CREDENTIALS_MISSING', {
      message: `No credentials were found: ${firstSentence(message)}`,
      action: {
        default: 'Choose a profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
        environment: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY where Vitrine is started.',
        keys: 'Type the keys in again.',
        profile: 'Check the profile in ~/.aws/config and ~/.aws/credentials, or choose another.',
        sso: 'Check the profile in ~/.aws/config, or choose another.',
        process: 'Check the credential_process of the profile in ~/.aws/config.',
        practice: 'Connect again.',
      }[source.kind],
    });
  }
  if (
    error.name === 'UnrecognizedClientException' ||
    error.name === 'InvalidClientTokenId' ||
    error.name === 'InvalidAccessKeyId' ||
    error.name === 'MissingAuthenticationTokenException'
  ) {
    return new CloudError('blocked', 'CREDENTIALS_MISSING', {
      message: 'The service does not know these credentials.',
      action: 'Check that they are of this account, not deleted, and of the right partition.',
    });
  }
  if (
    error.name === 'RequestTimeTooSkewed' ||
    error.name === 'RequestExpired' ||
    (/^(InvalidSignature|SignatureDoesNotMatch)/.test(error.name) &&
      /expired|not yet current|too skewed/i.test(message))
  ) {
    return new CloudError('blocked', 'CLOUD_CLOCK', {
      message: 'The clock of this computer differs too much from the time of the service.',
      action: 'Let the system set its time by itself, then try again.',
    });
  }
  if (/^(InvalidSignature|SignatureDoesNotMatch)/.test(error.name)) {
    return new CloudError('blocked', 'CREDENTIALS_MISSING', {
      message: 'The secret key does not belong to the access key.',
      action: 'Enter both again, or choose another profile.',
    });
  }
  if (/^Region is missing|Invalid region/i.test(message)) {
    return new CloudError('blocked', 'CLOUD_REGION', {
      message: 'No region is set.',
      action: `Type one, such as eu-central-1${profile === undefined ? '' : `, or put it into the profile "${profile}"`}.`,
    });
  }
  return null;
}

function serviceError(error: SdkError, call: FailedCall): CloudError | null {
  const { operation } = call;
  const { message } = error;
  switch (error.name) {
    case 'AccessDeniedException':
    case 'AccessDenied': {
      const named = /s3vectors:(\w+)/.exec(message)?.[1] ?? operation;
      const also = ALSO_NEEDED[operation];
      const actions = also === undefined || named !== operation ? [named] : [named, also];
      const list = actions.map((action) => `s3vectors:${action}`).join(' and ');
      return new CloudError('blocked', 'CLOUD_ACCESS_DENIED', {
        message: `These credentials may not do this: the policy must allow ${list}.`,
        action: 'Ask whoever manages the account; vitrine cloud policy prints what Vitrine needs.',
        subject: list,
      });
    }
    case 'TooManyRequestsException':
    case 'ThrottlingException':
    case 'Throttling':
      return new CloudError('throttled', 'CLOUD_THROTTLED', {
        message: 'S3 Vectors asks for fewer requests.',
        action: 'Vitrine slows down and goes on by itself.',
      });
    case 'ServiceQuotaExceededException':
      return new CloudError('blocked', 'CLOUD_QUOTA', {
        message: `A quota of the account is used up: ${firstSentence(message)}`,
        action: 'Delete what is not needed, or ask AWS for a higher quota.',
      });
    case 'ConflictException':
      return new CloudError('rejected', 'CLOUD_CONFLICT', {
        message: firstSentence(message),
        action: 'Choose another name, or use what is there.',
      });
    case 'NotFoundException':
      return new CloudError('blocked', 'CLOUD_NOT_FOUND', {
        message: `${firstSentence(message).replace(/\.$/, '')} (region ${call.region ?? 'unknown'}).`,
        action: 'Check the name and the region; buckets of other regions are not seen from here.',
      });
    case 'ValidationException':
      return new CloudError('rejected', 'CLOUD_REJECTED', {
        message: validationMessage(error),
        action: 'Change what it names and try again.',
      });
    case 'KmsDisabledException':
    case 'KmsInvalidKeyUsageException':
    case 'KmsInvalidStateException':
    case 'KmsNotFoundException':
      return new CloudError('blocked', 'CLOUD_KEY', {
        message: `The KMS key cannot be used: ${firstSentence(message)}`,
        action:
          'Use a symmetric, enabled key of this region by its full ARN, whose policy lets ' +
          'indexing.s3vectors.amazonaws.com use kms:GenerateDataKey and kms:Decrypt.',
      });
    default:
  }
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? 0;
  if (error.name === 'RequestTimeoutException' || status === 408 || status >= 500) {
    const isTooMuch = error.name === 'ServiceUnavailableException';
    return new CloudError(isTooMuch ? 'overloaded' : 'unavailable', 'CLOUD_UNAVAILABLE', {
      message: `S3 Vectors cannot answer now (${error.name}).`,
      action: 'Vitrine tries again by itself.',
    });
  }
  if (status === 429) return serviceError({ ...error, name: 'TooManyRequestsException' }, call);
  return null;
}

/** An answer that is no JSON comes from whatever stands between here and the service. */
function strangerError(error: SdkError, { operation }: FailedCall): CloudError | null {
  if (!(error instanceof SyntaxError)) return null;
  return new CloudError('offline', 'CLOUD_OFFLINE', {
    message: `What answered ${operation} was not S3 Vectors: it sent no JSON.`,
    action:
      'A proxy or a sign-in page of the network may have answered: open a web page in a browser, then try again.',
  });
}

/** Says what is wrong with the way to the service: no network, no such region, no such endpoint. */
async function networkError(error: SdkError, call: FailedCall): Promise<CloudError | null> {
  const code = error.code ?? (error.cause as SdkError | undefined)?.code ?? '';
  const isTimeout = error.name === 'TimeoutError' || code === 'ETIMEDOUT';
  const isTls = /^(CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|ERR_TLS|ERR_SSL|EPROTO)/.test(code);
  if (isTls) {
    return new CloudError('blocked', 'CLOUD_OFFLINE', {
      message: `The certificate of the service is not trusted here (${code}).`,
      action: 'If your company inspects traffic, name its certificate in NODE_EXTRA_CA_CERTS.',
    });
  }
  if (!isTimeout && !NETWORK_CODES.has(code) && !/socket hang up/i.test(error.message)) {
    return null;
  }
  if (/^(ECONNRESET|EPIPE)$/.test(code) || /socket hang up/i.test(error.message)) {
    return new CloudError('unavailable', 'CLOUD_UNAVAILABLE', {
      message: 'The connection to S3 Vectors broke.',
      action: 'Vitrine tries again by itself.',
    });
  }
  const { endpoint } = call.connection;
  if (endpoint !== null) {
    return new CloudError('offline', 'CLOUD_OFFLINE', {
      message: `Nothing answers at ${endpoint}${code === '' ? '' : ` (${code})`}.`,
      action: 'Check the address and that the server runs.',
      subject: endpoint,
    });
  }
  const isUnknownRegion =
    code === 'ENOTFOUND' && (await isResolvable('s3vectors.us-east-1.api.aws'));
  if (isUnknownRegion) {
    return new CloudError('blocked', 'CLOUD_REGION', {
      message: `There is no S3 Vectors in the region "${call.region}".`,
      action: 'Choose another region, such as us-east-1 or eu-central-1.',
    });
  }
  return new CloudError('offline', 'CLOUD_OFFLINE', {
    message: `S3 Vectors cannot be reached${code === '' ? '' : ` (${code})`}.`,
    action: 'Check the network; behind a proxy set HTTPS_PROXY. Publishing goes on by itself.',
  });
}

async function isResolvable(host: string): Promise<boolean> {
  return lookup(host).then(
    () => true,
    () => false,
  );
}

function unknownFailure(error: unknown, { operation }: FailedCall): CloudError {
  const { name, $metadata } = (error ?? {}) as Partial<SdkError>;
  const status = $metadata?.httpStatusCode;
  return new CloudError('blocked', 'CLOUD_REJECTED', {
    message: `${operation} failed: ${name ?? ''} ${firstSentence(describeError(error))}${
      status === undefined ? '' : ` (HTTP ${status})`
    }`,
    action: 'Try again; if it stays, the message says what the service refused.',
  });
}

function validationMessage(error: SdkError): string {
  const { fieldList = [] } = error as { fieldList?: { path?: string; message?: string }[] };
  const fields = fieldList.map(({ path = '', message = '' }) => `${path}: ${message}`);
  return [error.message, ...fields].filter((part) => part !== '').join(' ');
}

/** The SDK puts debugging advice after the first line. */
function firstSentence(message: string): string {
  return message.split('\n')[0]!.trim();
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
