import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { electronSupport } from '../../scripts/electron-support.ts';
import { findWrongFuses, flipReleaseFuses } from '../../scripts/release-fuses.ts';
import { temporaryFolder } from '../support/test-app.ts';

/** As in a binary: bytes before, the sentinel, version 1, the length, a state for each fuse, bytes after. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const AS_DOWNLOADED = '101100011';

function fabricate(wire: string): Buffer {
  const header = Buffer.from([1, wire.length]);
  const padding = Buffer.alloc(5_000_000, 7);
  return Buffer.concat([padding, Buffer.from(SENTINEL), header, Buffer.from(wire), padding]);
}

describe('fuses', () => {
  test('are flipped for release and read back', async () => {
    await using folder = await temporaryFolder();
    const binary = path.join(folder.path, 'electron');
    const before = fabricate(AS_DOWNLOADED);
    await writeFile(binary, before);
    expect(await findWrongFuses(binary)).toEqual([
      'RunAsNode is on, not off',
      'EnableCookieEncryption is off, not on',
      'EnableNodeOptionsEnvironmentVariable is on, not off',
      'EnableNodeCliInspectArguments is on, not off',
      'EnableEmbeddedAsarIntegrityValidation is off, not on',
      'OnlyLoadAppFromAsar is off, not on',
      'GrantFileProtocolExtraPrivileges is on, not off',
    ]);
    await flipReleaseFuses(binary);
    expect(await findWrongFuses(binary)).toEqual([]);
    const after = await readFile(binary);
    const wireAt = before.indexOf(SENTINEL) + SENTINEL.length + 2;
    expect(after.toString('latin1', wireAt, wireAt + AS_DOWNLOADED.length)).toBe('010011001');
    // Nothing else was touched.
    before.copy(after, wireAt, wireAt, wireAt + AS_DOWNLOADED.length);
    expect(after.equals(before)).toBe(true);
  });

  test('that nobody decided about, or that are not there, stop a release', async () => {
    await using folder = await temporaryFolder();
    const binary = path.join(folder.path, 'electron');
    await writeFile(binary, fabricate(`${AS_DOWNLOADED}1`));
    await expect(flipReleaseFuses(binary)).rejects.toThrow('strictlyRequireAllFuses');
    await writeFile(binary, 'no Electron at all');
    await expect(flipReleaseFuses(binary)).rejects.toThrow('sentinel');
  });
});

describe('the support of Electron', () => {
  test('is known for the version in use', async () => {
    const file = path.resolve('node_modules/electron/package.json');
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
    expect(electronSupport(version, new Date('2026-11-22')).isSupported).toBe(true);
  });

  test.each([
    { version: '45.4.1', day: '2027-03-30', isSupported: true, sentence: 'Only 0 days' },
    { version: '45.4.1', day: '2027-03-31', isSupported: false, sentence: 'update it' },
    { version: '99.0.0', day: '2026-11-22', isSupported: false, sentence: 'no row for 99' },
  ])('$version on $day: $isSupported', ({ version, day, isSupported, sentence }) => {
    const support = electronSupport(version, new Date(day));
    expect(support.isSupported).toBe(isSupported);
    expect(support.sentence).toContain(sentence);
  });
});
