import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { describeError, VitrineError } from '../core/errors.ts';
import { addCatalogCommands } from './commands/catalog.ts';
import { addCloudCommands } from './commands/cloud/cloud.ts';
import { addCollectionsCommands } from './commands/collections.ts';
import { addIngestCommands } from './commands/ingest.ts';
import { addModelsCommands } from './commands/models.ts';
import { addProblemsCommand } from './commands/problems.ts';
import { addSampleCommand } from './commands/sample.ts';
import { addSearchCommand } from './commands/search.ts';
import { addServeCommand } from './commands/serve.ts';
import { installation } from './context.ts';

const FAILED = 1;
const WRONG_USAGE = 2;

const program = new Command('vitrine')
  .description('Find products in a catalog by looking.')
  .version(installation().version)
  .option('--data-dir <folder>', 'where catalogs and vectors are kept (or VITRINE_DATA_DIR)')
  .option('--json', 'print JSON')
  .option('--verbose', 'log what happens to standard error')
  .configureHelp({ showGlobalOptions: true })
  .exitOverride();

addCatalogCommands(program);
addIngestCommands(program);
addProblemsCommand(program);
addSearchCommand(program);
addCollectionsCommands(program);
addModelsCommands(program);
addCloudCommands(program);
addSampleCommand(program);
addServeCommand(program);
for (const command of withSubcommands(program)) command.exitOverride();

// Whoever reads the answer may have enough of it (`vitrine … | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong and gives the exit code. */
function report(error: unknown): number {
  if (error instanceof InvalidArgumentError) {
    process.stderr.write(`error: ${error.message}\n`);
    return WRONG_USAGE;
  }
  // Commander has printed its own message; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  if (error instanceof VitrineError) {
    const isUsage =
      error.code === 'INVALID_INPUT' ||
      error.code === 'FILTER_INVALID' ||
      error.code === 'QUERY_INCOMPLETE';
    const { json } = program.opts<{ json?: boolean }>();
    process.stderr.write(
      json === true
        ? `${JSON.stringify({ error: { code: error.code, message: error.message, ...error.data } })}\n`
        : `${error.message}${error.data.action === undefined ? '' : ` ${error.data.action}`}\n`,
    );
    return isUsage ? WRONG_USAGE : FAILED;
  }
  const { verbose } = program.opts<{ verbose?: boolean }>();
  const details = verbose === true && error instanceof Error ? error.stack : undefined;
  process.stderr.write(`${details ?? `${describeError(error)} (--verbose tells more)`}\n`);
  return FAILED;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap((each) => withSubcommands(each))];
}
