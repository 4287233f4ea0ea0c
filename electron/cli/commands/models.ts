import type { Command } from 'commander';
import { withApp, type GlobalOptions } from '../context.ts';
import { formatTable, print } from '../output.ts';

export function addModelsCommands(program: Command): void {
  const models = program.command('models').description('the models that make embeddings');

  models
    .command('list')
    .description('which models there are, which are in place, which is in use')
    .action((_flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const list = await app.models.list();
        print(options, {
          json: list,
          lines: formatTable(
            list.map((model) => [
              model.active ? '*' : '',
              model.id,
              model.modality,
              model.dimension,
              model.state,
              model.reason ?? model.licence,
            ]),
          ),
        });
      });
    });

  models
    .command('verify [id]')
    .description('read the files again and compare size and SHA-256')
    .action((id: string | undefined, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const list = await app.models.list();
        const ids =
          id === undefined
            ? list.filter((model) => model.state !== 'missing').map((model) => model.id)
            : [id];
        const verified = [];
        for (const each of ids) verified.push(await app.models.verify(each));
        if (verified.some((model) => model.state !== 'ready')) process.exitCode = 1;
        print(options, {
          json: verified,
          lines: formatTable(
            verified.map((model) => [model.id, model.state, model.reason ?? model.file]),
          ),
        });
      });
    });
}
