import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildWindowIfStale } from './build-window.ts';

/**
 * `npm test`: unit and integration tests, then the end-to-end specs, and a last line with the sum.
 */
interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const ROOT = path.resolve(import.meta.dirname, '..');
const reports = mkdtempSync(path.join(os.tmpdir(), 'vitrine-tests-'));

buildWindowIfStale();
const unit = runVitest(path.join(reports, 'vitest.json'));
const endToEnd = runPlaywright(path.join(reports, 'playwright.json'));
rmSync(reports, { recursive: true });

const sum = (key: keyof Counts) => unit[key] + endToEnd[key];
if (sum('failed') > 0) process.exitCode = 1;
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);

function runVitest(report: string): Counts {
  const status = run('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const result = readReport(report) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
  } | null;
  if (result === null) return { passed: 0, failed: 1, skipped: 0 };
  return {
    passed: result.numPassedTests,
    // A file that does not even load has no tests to count.
    failed: Math.max(result.numFailedTests, status === 0 ? 0 : 1),
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function runPlaywright(report: string): Counts {
  const status = run(
    '@playwright/test/cli.js',
    ['test', '--project=browser', '--reporter=list,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  );
  const result = readReport(report) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  } | null;
  if (result === null) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = result.stats;
  return {
    passed: expected,
    failed: Math.max(unexpected + flaky, status === 0 ? 0 : 1),
    skipped,
  };
}

function run(
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
): number | null {
  return spawnSync(process.execPath, [path.join(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  }).status;
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
