import { SUITES } from './suites.ts';

/**
 * Runs one suite in a process of its own, so that no suite sees the memory or the compiled code of
 * another, and sends its report to the parent.
 */
const [, , name = '', effort, hours] = process.argv;
const suite = SUITES.get(name);
if (suite === undefined || process.send === undefined) {
  throw new Error(`"${name}" is no suite: start benchmarks with npm run bench`);
}
const report = await suite({ isQuick: effort === 'quick', hours: Number(hours) });
process.send(report);
