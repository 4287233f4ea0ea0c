import { expect, test } from 'vitest';
import { redact } from './redact.ts';

const DATA = '/home/anna kay/.local/share/vitrine';
const HASH = 'e67f6def6875b142358eca409b7961ccf742fa6ceb32d960ff21a6e9286dfd4d';

test.each([
  ['ENOENT, open /home/anna/Pictures/1.jpg', 'ENOENT, open <path>'],
  ["EACCES: 'C:\\Users\\Anna Kay\\shop\\1.jpg'", 'EACCES: <path>'],
  ['"/mnt/disk one/a.csv" is odd', '<path> is odd'],
  ['\\\\server\\share\\x is gone', '<path> is gone'],
  [`${DATA}/vitrine.sqlite is locked`, '<data folder>/vitrine.sqlite is locked'],
  ['file:///home/anna/x', '<path>'],
  ['/home/anna/My Pictures/red shirt 1.jpg is truncated: 6 of 9', '<path> is truncated: 6 of 9'],
  [`${DATA}/dropped/Annas shop/1.jpg`, '<data folder>/dropped/<path>'],
  [
    'at https://hub.example.org/a?X-Amz-Signature=abc&token=1 now',
    'at https://hub.example.org/a now',
  ],
  ['key AKIAIOSFODNN7EXAMPLE is wrong', 'key <key> is wrong'],
  ['secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'secret <secret>'],
  ['mail anna@example.org', 'mail <e-mail>'],
  [`SHA-256 ${HASH} instead`, `SHA-256 ${HASH} instead`],
  ['embed-image jobs threw: 4 of 5 a/b', 'embed-image jobs threw: 4 of 5 a/b'],
])('%s', (text, clean) => {
  expect(redact(text, DATA)).toBe(clean);
});
