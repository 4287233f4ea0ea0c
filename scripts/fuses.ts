import { findWrongFuses, flipReleaseFuses } from './release-fuses.ts';

/**
 * `node scripts/fuses.ts flip|check <binary>`: sets the fuses of a packaged Electron for release, or
 * fails when one is not as a release wants it.
 */
const [action, binary] = process.argv.slice(2);
if ((action !== 'flip' && action !== 'check') || binary === undefined) {
  console.error('Usage: node scripts/fuses.ts flip|check <Electron binary or .app>');
  process.exitCode = 2;
} else {
  if (action === 'flip') await flipReleaseFuses(binary);
  const wrong = await findWrongFuses(binary);
  for (const line of wrong) console.error(line);
  console.log(wrong.length === 0 ? 'Every fuse is as a release wants it.' : 'Not for release.');
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
