import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({}));
const { folderArguments } = await import('./recent-folders.ts');

test('a folder is quoted as Windows reads it, a drive with its backslash too', () => {
  expect(folderArguments('C:\\My shop', null)).toBe('"C:\\My shop"');
  expect(folderArguments('D:\\', null)).toBe('"D:\\\\"');
});

test('Electron itself, not packaged, is told first whose folder it is to run', () => {
  expect(folderArguments('C:\\shop', 'C:\\Vitrine')).toBe('"C:\\Vitrine" "C:\\shop"');
});
