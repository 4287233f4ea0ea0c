import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * When the support of each major ends: with the release of the third one after it, every eight weeks
 * (electronjs.org/docs/latest/tutorial/electron-timelines). Dates ahead are the planned ones; whoever
 * updates Electron adds its row. Written on 2026-11-22.
 */
const SUPPORTED_UNTIL: Readonly<Record<number, string>> = {
  43: '2026-12-08',
  44: '2027-02-02',
  45: '2027-03-30',
};
const WARN_DAYS = 28;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Support {
  readonly isSupported: boolean;
  readonly sentence: string;
}

/** Whether a version of Electron still gets security fixes on a day. */
export function electronSupport(version: string, today: Date): Support {
  const major = Number(version.split('.')[0]);
  const until = SUPPORTED_UNTIL[major];
  if (until === undefined) {
    return {
      isSupported: false,
      sentence: `Electron ${version}: scripts/electron-support.ts has no row for ${major}; add it.`,
    };
  }
  const left = Math.floor((Date.parse(until) - today.getTime()) / DAY_MS);
  if (left < 0) {
    return {
      isSupported: false,
      sentence: `Electron ${version} has had no security fixes since ${until}: update it.`,
    };
  }
  const hurry = left < WARN_DAYS ? ` Only ${left} days: plan the update.` : '';
  return {
    isSupported: true,
    sentence: `Electron ${version} is supported until ${until}.${hurry}`,
  };
}

if (import.meta.main) {
  const root = path.resolve(import.meta.dirname, '..');
  const file = path.join(root, 'node_modules', 'electron', 'package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  const { isSupported, sentence } = electronSupport(version, new Date());
  console.log(sentence);
  process.exitCode = isSupported ? 0 : 1;
}
