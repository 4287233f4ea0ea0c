import { spawnSync } from 'node:child_process';

/** `npm run check`: everything that can be told without running the program; all of it, then a verdict. */
const CHECKS = ['check:types', 'check:lint', 'check:format', 'check:unused'];

const failed = CHECKS.filter((name) => {
  console.log(`\n— ${name}`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return (
    spawnSync(npm, ['run', '--silent', name], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    }).status !== 0
  );
});
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
