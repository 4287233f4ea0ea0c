import { z } from 'zod';

/**
 * Every way a call can fail, as a closed list: the window decides banner, retry or button from the
 * code and the data, never from the sentence.
 */
export const ERROR_CODES = {
  INVALID_INPUT: 400,
  FILTER_INVALID: 400,
  QUERY_INCOMPLETE: 400,
  CSV_INVALID: 400,
  CATALOG_NOT_FOUND: 404,
  CATALOG_EXISTS: 409,
  FOLDER_NOT_FOUND: 404,
  FOLDER_UNREADABLE: 403,
  FOLDER_NOT_CHOSEN: 403,
  ITEM_NOT_FOUND: 404,
  COLLECTION_NOT_FOUND: 404,
  COLLECTION_EXISTS: 409,
  NOT_EMBEDDED: 409,
  PICTURE_UNREADABLE: 422,
  PICTURE_UNSUPPORTED: 415,
  PICTURE_TOO_LARGE: 413,
  MODEL_MISSING: 424,
  MODEL_DAMAGED: 424,
  MODEL_REFUSED: 422,
  DOWNLOAD_FAILED: 502,
  OFFLINE: 503,
  DISK_FULL: 507,
  BUSY: 409,
  INFERENCE_FAILED: 500,
  DATA_FOLDER_UNUSABLE: 500,
  CLOUD_NOT_CONNECTED: 409,
  CLOUD_NOT_LINKED: 409,
  CREDENTIALS_MISSING: 401,
  CREDENTIALS_EXPIRED: 401,
  CLOUD_ACCESS_DENIED: 403,
  CLOUD_REGION: 400,
  CLOUD_CLOCK: 400,
  CLOUD_KEY: 400,
  CLOUD_REJECTED: 400,
  CLOUD_NOT_FOUND: 404,
  CLOUD_CONFLICT: 409,
  CLOUD_QUOTA: 402,
  CLOUD_THROTTLED: 429,
  CLOUD_UNAVAILABLE: 503,
  CLOUD_OFFLINE: 503,
  INDEX_MISMATCH: 409,
  DELETION_UNCONFIRMED: 409,
  CANCELLED: 499,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What travels with an error beside its code and its sentence. */
export const errorDataSchema = z.object({
  /** What the user can do about it, one sentence. */
  action: z.string().optional(),
  /** The file, field or line it is about. */
  subject: z.string().optional(),
  /** A command for a terminal that mends it, to be copied as it stands. */
  command: z.string().optional(),
  /** What a yes of the user would allow: the link's `assumeModel`. */
  consent: z.literal('assume-model').optional(),
});
export type ErrorData = z.infer<typeof errorDataSchema>;
