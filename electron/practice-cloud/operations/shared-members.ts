import type { Limits } from '../limits.ts';
import type { Encryption, Tags } from '../store/resources.ts';
import { wrongType, type RequestFields } from '../wire/request-fields.ts';
import { invalid } from '../wire/service-error.ts';

const KMS_KEY_ARN = /^arn:aws[-a-z0-9]*:kms:[a-z0-9-]+:\d{12}:key\/[a-zA-Z0-9-]+$/;
const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Reads `encryptionConfiguration`; the function it gives checks it, and gives null where there is none. */
export function encryptionOf(fields: RequestFields): () => Encryption | null {
  let sseType: Encryption['sseType'] | undefined;
  let kmsKeyArn = '';
  let isGiven = false;
  fields.nested('encryptionConfiguration', (nested) => {
    isGiven = true;
    sseType = nested.oneOf('sseType', ['AES256', 'aws:kms']);
    kmsKeyArn = nested.string('kmsKeyArn', { min: 1, max: 2048, pattern: KMS_KEY_ARN });
  });
  return () => {
    if (!isGiven) return null;
    if ((sseType === 'aws:kms') !== (kmsKeyArn !== '')) {
      throw invalid(
        '/encryptionConfiguration/kmsKeyArn',
        'kmsKeyArn must be specified if and only if sseType is aws:kms',
      );
    }
    return sseType === 'aws:kms' ? { sseType, kmsKeyArn } : { sseType: 'AES256' };
  };
}

/** Reads `tags`; the function it gives checks them. */
export function tagsOf(fields: RequestFields, limits: Limits, isRequired = false): () => Tags {
  const tags = fields.object('tags', { required: isRequired });
  return () => {
    const entries = Object.entries(tags ?? {});
    if (entries.length > limits.tags) {
      throw invalid('/tags', `A resource must have at most ${limits.tags} tags`);
    }
    for (const [key, value] of entries) {
      if (typeof value !== 'string') throw wrongType(`tags/${key}`, 'a string');
      const isFine =
        key.length >= 1 &&
        key.length <= limits.tagKeyLength &&
        value.length <= limits.tagValueLength &&
        TAG.test(key) &&
        TAG.test(value) &&
        !key.toLowerCase().startsWith('aws:');
      if (!isFine) {
        throw invalid(
          `/tags/${key}`,
          `Invalid tag: keys have 1 to ${limits.tagKeyLength} characters and do not begin with aws:, ` +
            `values up to ${limits.tagValueLength}, both of letters, numbers, spaces and _.:/=+-@`,
        );
      }
    }
    return (tags ?? {}) as Tags;
  };
}

/** Times travel as epoch seconds. */
export function secondsOf(epochMs: number): number {
  return Math.floor(epochMs / 1000);
}
