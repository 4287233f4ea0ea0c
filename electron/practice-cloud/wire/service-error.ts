/** HTTP status of every exception of the service model, and of the ones any AWS service may answer. */
export const EXCEPTIONS = {
  AccessDeniedException: 403,
  ConflictException: 409,
  InternalServerException: 500,
  KmsDisabledException: 400,
  KmsInvalidKeyUsageException: 400,
  KmsInvalidStateException: 400,
  KmsNotFoundException: 400,
  NotFoundException: 404,
  RequestTimeoutException: 408,
  ServiceQuotaExceededException: 402,
  ServiceUnavailableException: 503,
  TooManyRequestsException: 429,
  ValidationException: 400,
  // AWS, "Common error types".
  ExpiredTokenException: 403,
  IncompleteSignatureException: 400,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  SerializationException: 400,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
} as const;

export type ExceptionName = keyof typeof EXCEPTIONS;

/** One member of a request that broke a rule, as ValidationException lists it. */
export interface FieldProblem {
  /** A path such as `/vectors/3/metadata`. */
  readonly path: string;
  readonly message: string;
}

/** An answer that is not a success: its name, its status and what the client reads. */
export class ServiceError extends Error {
  override readonly name: ExceptionName;
  readonly fieldList: readonly FieldProblem[] | undefined;

  constructor(name: ExceptionName, message: string, fieldList?: readonly FieldProblem[]) {
    super(message);
    this.name = name;
    this.fieldList = fieldList;
  }

  get status(): number {
    return EXCEPTIONS[this.name];
  }
}

/** A ValidationException about one member. */
export function invalid(path: string, message: string): ServiceError {
  return new ServiceError('ValidationException', message, [{ path, message }]);
}
