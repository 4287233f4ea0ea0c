import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { withApp, type GlobalOptions } from '../context.ts';
import { formatTable, print } from '../output.ts';

const MOST_LISTED = 50;

export function addProblemsCommand(program: Command): void {
  program
    .command('problems <catalog>')
    .description('what could not be used, where it stands and what to do')
    .option('--csv <file>', 'write all of them to a CSV file')
    .action((name: string, flags: { csv?: string }, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const { id } = app.catalogs.find(name);
        if (flags.csv !== undefined)
          await writeFile(flags.csv, app.problems.toCsv({ catalogId: id }));
        const limit = options.json === true ? 500 : MOST_LISTED;
        const total = app.problems.total({ catalogId: id });
        const kinds = app.problems.kinds(id);
        const problems = app.problems.list({ catalogId: id, offset: 0, limit });
        print(options, {
          json: { total, kinds, problems, ...(flags.csv === undefined ? {} : { csv: flags.csv }) },
          lines: [
            ...formatTable(kinds.map(({ kind, severity, count }) => [severity, count, kind])),
            ...(kinds.length === 0 ? ['No problems.'] : ['']),
            ...problems.map(
              (problem) =>
                `${problem.file ?? ''}${problem.line === null ? '' : `:${problem.line}`}  ${problem.reason}  ${problem.action}`,
            ),
            ...(total > problems.length
              ? [`… and ${total - problems.length} more: write them all with --csv FILE`]
              : []),
            ...(flags.csv === undefined ? [] : [`Wrote ${total} to ${flags.csv}`]),
          ],
        });
      });
    });
}
