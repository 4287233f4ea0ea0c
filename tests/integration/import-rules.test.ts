import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, temporaryFolder } from '../support/test-app.ts';

/** A file of a layer, what it imports, and what the linter must say to that; nothing when allowed. */
const CASES: readonly (readonly [file: string, imported: string, told: string | null])[] = [
  ['shared/a.ts', '../electron/core/app.ts', 'shared/ runs anywhere'],
  ['shared/contract/b.ts', '../../renderer/main.tsx', 'shared/ runs anywhere'],
  ['shared/c.ts', 'node:fs', 'shared/ runs anywhere'],
  ['shared/d.ts', 'electron', 'shared/ runs anywhere'],
  ['shared/e.ts', './rrf.ts', null],
  ['renderer/a.ts', '../electron/core/errors.ts', 'The renderer knows only shared/contract'],
  ['renderer/search/b.tsx', '../../electron/web/server.ts', 'The renderer knows only shared'],
  ['renderer/c.ts', 'node:path', 'The renderer knows only shared/contract'],
  ['renderer/d.ts', 'electron', 'The renderer knows only shared/contract'],
  ['renderer/e.ts', '../shared/contract/index.ts', null],
  ['electron/core/a.ts', 'electron', 'core runs without Electron'],
  ['electron/core/b.ts', 'electron/main', 'core runs without Electron'],
  ['electron/core/queue/c.ts', '../../shell/main.ts', 'core knows no host'],
  ['electron/core/d.ts', '../web/server.ts', 'core knows no host'],
  ['electron/core/e.ts', '../cli/main.ts', 'core knows no host'],
  ['electron/core/f.ts', '../../renderer/main.tsx', 'core knows no host'],
  ['electron/core/g.ts', 'ws', 'core knows no socket'],
  ['electron/core/h.ts', '../../shared/rrf.ts', null],
  ['electron/core/i.ts', 'node:fs', null],
  ['electron/practice-cloud/a.ts', '../core/errors.ts', 'The practice cloud judges the rest'],
  ['electron/practice-cloud/b.ts', '../../shared/rrf.ts', null],
  ['electron/web/a.ts', 'electron', 'Only electron/shell and electron/preload.ts'],
  ['electron/web/b.ts', '../shell/main.ts', 'Only electron/shell and electron/preload.ts'],
  ['electron/web/c.ts', '../../renderer/main.tsx', 'Hosts serve the built renderer'],
  ['electron/web/d.ts', '../core/app.ts', null],
  ['electron/cli/commands/a.ts', 'electron', 'Only electron/shell and electron/preload.ts'],
  ['electron/cli/b.ts', '../../renderer/main.tsx', 'Hosts serve the built renderer'],
  ['electron/cli/c.ts', '../core/app.ts', null],
  ['electron/shell/a.ts', '../web/server.ts', 'The shell mounts electron/core'],
  ['electron/shell/b.ts', '../cli/main.ts', 'The shell mounts electron/core'],
  ['electron/shell/c.ts', 'electron', null],
  ['electron/preload.ts', '../renderer/main.tsx', 'The shell mounts electron/core'],
];

test('each layer imports only what it may, and is told what to import instead', async () => {
  await using folder = await temporaryFolder();
  // The project's own rules on files of the same places: the linter reads paths, not contents.
  await copyFile(path.join(ROOT, '.oxlintrc.json'), path.join(folder.path, '.oxlintrc.json'));
  for (const [file, imported] of CASES) {
    const absolute = path.join(folder.path, ...file.split('/'));
    await mkdir(path.dirname(absolute), { recursive: true });
    await writeFile(absolute, `import { a } from '${imported}';\n\nexport const used = a;\n`);
  }
  const oxlint = path.join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format=json', '.'], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { code: string; filename: string; message: string; help?: string }[];
  };
  const told = (file: string) =>
    diagnostics
      .filter(
        ({ code, filename }) =>
          code.includes('no-restricted-imports') && filename.replaceAll('\\', '/') === file,
      )
      .map(({ message, help }) => `${help ?? ''} ${message}`)
      .join('\n');
  const rules = await readFile(path.join(folder.path, '.oxlintrc.json'), 'utf8');
  // A rule without a case is not known to work.
  for (const [, message] of rules.matchAll(/"message": "([^"]+)"/g)) {
    expect(diagnostics.some(({ help }) => help === message)).toBe(true);
  }
  const answers = CASES.map(([file, imported, expected]) => {
    const answer = told(file);
    return [file, imported, expected !== null && answer.includes(expected) ? expected : answer];
  });
  expect(answers).toEqual(
    CASES.map(([file, imported, expected]) => [file, imported, expected ?? '']),
  );
});
