import { InvalidArgumentError } from 'commander';
import { encryptionSchema, type Encryption } from '../../../../shared/contract/cloud/indexes.ts';

/** Reads a paged list to its end. */
export async function readAllPages<T>(
  read: (page: { next?: string }) => Promise<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const all: T[] = [];
  let next: string | null = null;
  do {
    const page: { items: T[]; next: string | null } = await read(next === null ? {} : { next });
    all.push(...page.items);
    next = page.next;
  } while (next !== null);
  return all;
}

/** `{}` without a key: the service's own encryption. */
export function readEncryption(kmsKeyArn: string | undefined): { encryption?: Encryption } {
  if (kmsKeyArn === undefined) return {};
  const parsed = encryptionSchema.safeParse({ sseType: 'aws:kms', kmsKeyArn });
  if (parsed.success) return { encryption: parsed.data };
  throw new InvalidArgumentError('--kms-key: expected the full ARN of a key, not an alias.');
}
