import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, measureOthers } from './support/machine.ts';
import { replaceSection, toMarkdown, toText } from './support/report.ts';
import type { Report } from './support/report.ts';

const SUITE_NAMES = [
  'embedding',
  'search',
  'query',
  'responsiveness',
  'scale',
  'csv',
  'publish',
  'verify',
  'window',
];
const USAGE = `Usage: npm run bench -- [SUITE...] [--quick] [--hours N] [--markdown FILE]

Suites: ${SUITE_NAMES.join(', ')} (all by default).
--quick           a fraction of the work, to see that it runs
--hours N         how long the suite window watches memory, in hours of use (0.25, ten times as quick)
--markdown FILE   also write the tables into FILE, each suite in place of its last one`;
/** Above this share of the processor in others' hands figures are theirs as much as ours. */
const QUIET_SHARE = 0.1;

const { names, isQuick, hours, markdownFile } = readArguments();
const machine = describeMachine();
console.log(`${machine}\n`);
const missed: string[] = [];
for (const name of names) {
  const { result: report, othersShare } = await measureOthers(() => runSuite(name));
  const noise = `other programs used ${Math.round(othersShare * 100)} % of the processor meanwhile`;
  const warning =
    othersShare > QUIET_SHARE ? ' **Not a quiet machine: these figures prove nothing.**' : '';
  console.log(`${toText(report)}\n\n  ${noise}.${warning}\n`);
  missed.push(...report.goals.filter((goal) => !goal.isReached).map((goal) => goal.what));
  if (markdownFile !== undefined) {
    const date = new Date().toISOString().slice(0, 10);
    const preface = `Measured ${date} on ${machine}; ${noise}.${warning}`;
    const page = existsSync(markdownFile) ? readFileSync(markdownFile, 'utf8') : '# Benchmarks\n';
    writeFileSync(markdownFile, replaceSection(page, name, toMarkdown(report, preface)));
  }
}
console.log(missed.length === 0 ? 'Every goal reached.' : `Missed: ${missed.join('; ')}.`);

async function runSuite(name: string): Promise<Report> {
  const entry = path.join(import.meta.dirname, 'support', 'run-suite.ts');
  const child = fork(entry, [name, isQuick ? 'quick' : 'full', String(hours)]);
  let report: Report | undefined;
  child.on('message', (message) => {
    report = message as Report;
  });
  await once(child, 'close');
  if (report === undefined) throw new Error(`The suite ${name} ended without a report`);
  return report;
}

function readArguments(): {
  names: readonly string[];
  isQuick: boolean;
  hours: number;
  markdownFile: string | undefined;
} {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        markdown: { type: 'string' },
        quick: { type: 'boolean', default: false },
        hours: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const unknown = positionals.filter((name) => !SUITE_NAMES.includes(name));
    if (unknown.length > 0) throw new Error(`There is no suite ${unknown.join(', ')}.`);
    const hoursOfUse = Number(values.hours ?? (values.quick ? 0.02 : 0.25));
    if (!(hoursOfUse > 0)) throw new Error('--hours takes a number above 0.');
    if (values.help === true) {
      console.log(USAGE);
      process.exit(0);
    }
    return {
      names: positionals.length === 0 ? SUITE_NAMES : positionals,
      isQuick: values.quick,
      hours: hoursOfUse,
      markdownFile: values.markdown,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}
