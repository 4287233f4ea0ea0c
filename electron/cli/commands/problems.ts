import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { App } from '../../core/app.ts';
import { withApp, type GlobalOptions } from '../context.ts';
import { formatTable, print, printPieces } from '../output.ts';

/** People get the first of them; programs get all. */
const MOST_LISTED = 50;

export function addProblemsCommand(program: Command): void {
  program
    .command('problems <catalog>')
    .description('what could not be used, where it stands and what to do')
    .option('--csv <file>', 'write all of them to a CSV file')
    .action((name: string, flags: { csv?: string }, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const catalogId = app.catalogs.find(name).id;
        if (flags.csv !== undefined) await writeFile(flags.csv, app.problems.toCsv({ catalogId }));
        if (options.json === true) await printPieces(toJson(app, catalogId, flags));
        else print(options, { json: null, lines: toLines(app, catalogId, flags) });
      });
    });
}

/** One JSON object, a problem a line: a catalog may have hundreds of thousands. */
function* toJson(app: App, catalogId: number, flags: { csv?: string }): Generator<string> {
  const total = app.problems.total({ catalogId });
  const kinds = app.problems.kinds(catalogId);
  const head = JSON.stringify({ total, kinds, ...flags });
  yield `${head.slice(0, -1)},"problems":[`;
  let separator = '\n';
  for (const page of app.problems.pages({ catalogId })) {
    yield separator + page.map((problem) => JSON.stringify(problem)).join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}

function toLines(app: App, catalogId: number, { csv }: { csv?: string }): string[] {
  const total = app.problems.total({ catalogId });
  const kinds = app.problems.kinds(catalogId);
  const problems = app.problems.list({ catalogId, offset: 0, limit: MOST_LISTED });
  return [
    ...formatTable(kinds.map(({ kind, severity, count }) => [severity, count, kind])),
    ...(kinds.length === 0 ? ['No problems.'] : ['']),
    ...problems.map(
      ({ file, line, reason, action }) =>
        `${file ?? ''}${line === null ? '' : `:${line}`}  ${reason}  ${action}`,
    ),
    ...(total > problems.length
      ? [`… and ${total - problems.length} more: write them all with --csv FILE`]
      : []),
    ...(csv === undefined ? [] : [`Wrote ${total} to ${csv}`]),
  ];
}
