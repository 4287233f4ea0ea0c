import { expect, test } from 'vitest';
import { bucketNameSchema } from '../../../shared/contract/cloud/indexes.ts';
import { bucketNameOf } from './bucket-name.ts';

test.each([
  ['Corner shop', 'vitrine-corner-shop'],
  ['Été à la mer!', 'vitrine-ete-a-la-mer'],
  ['מבחר הקיץ', 'vitrine'],
  [`${'very '.repeat(30)}long`, 'vitrine-very-very-very-very-very-very-very-very'],
  ['-', 'vitrine'],
])('%s becomes %s', (name, bucket) => {
  expect(bucketNameOf(name)).toBe(bucket);
  expect(bucketNameSchema.safeParse(bucket).success).toBe(true);
});
