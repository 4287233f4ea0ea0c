import path from 'node:path';
import type { Command } from 'commander';
import type { ModelDownload, ModelInfo } from '../../../shared/contract/models.ts';
import { withApp, type GlobalOptions } from '../context.ts';
import { interruption } from '../interruption.ts';
import { formatBytes, formatCount, formatDuration, formatTable, print } from '../output.ts';
import { showDownload } from '../download-line.ts';

export function addModelsCommands(program: Command): void {
  const models = program.command('models').description('the models that make embeddings');

  models
    .command('list')
    .description('which models there are, which are in place, which is in use, how quick they are')
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
              describeSpeed(model),
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

  models
    .command('download <id>')
    .description('fetch a model, going on where an earlier try ended (Ctrl-C keeps what arrived)')
    .action((id: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const signal = interruption();
        const line = showDownload(options);
        let last: ModelDownload | undefined;
        const onProgress = (state: ModelDownload) => {
          last = state;
          line.show(state);
        };
        try {
          const model = await app.models.downloadNow(id, { signal, onProgress });
          line.end();
          print(options, { json: model, lines: [`${model.title} is in place. ${hintOf(model)}`] });
        } catch (error) {
          line.end();
          if (!signal.aborted) throw error;
          process.exitCode = 1;
          const kept = formatBytes(last?.doneBytes ?? 0);
          process.stderr.write(`Stopped; ${kept} are kept. The same command goes on.\n`);
        }
      });
    });

  models
    .command('import <path>')
    .description('put a model file, or those of a folder, in place after checking them')
    .option('--as <id>', 'which model the file is, where its SHA-256 is not published')
    .action((file: string, flags: { as?: string }, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const imported = await app.models.import({ path: path.resolve(file), id: flags.as });
        print(options, {
          json: imported,
          lines: imported.map((model) =>
            model.state === 'ready'
              ? `${model.title} is in place. ${hintOf(model)}`
              : `${model.title} got a file, and lacks another: ${model.reason}`,
          ),
        });
      });
    });

  models
    .command('use <id>')
    .description('make new embeddings with this model; queries turn to it when they are complete')
    .action((id: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const model = await app.models.use(id);
        print(options, { json: model, lines: [`${model.title} is in use. ${costOf(model)}`] });
      });
    });

  models
    .command('measure [id]')
    .description(
      'embed samples for two seconds and remember how quick it was (all that are in place)',
    )
    .action((id: string | undefined, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const ready = (await app.models.list()).filter((model) => model.state === 'ready');
        const measured: ModelInfo[] = [];
        for (const each of id === undefined ? ready.map((model) => model.id) : [id]) {
          measured.push(await app.models.measure(each));
        }
        print(options, {
          json: measured,
          lines: formatTable(measured.map((model) => [model.id, describeSpeed(model)])),
        });
      });
    });
}

function describeSpeed({ modality, speed }: ModelInfo): string {
  if (speed === null) return '';
  const rate = speed.perSecond.toFixed(speed.perSecond < 10 ? 1 : 0);
  return `${rate} ${modality === 'image' ? 'pictures' : 'names'} a second`;
}

function hintOf(model: ModelInfo): string {
  return model.active ? costOf(model) : `To use it: vitrine models use ${model.id}`;
}

/** What using the model leaves to be done. */
function costOf({ modality, toEmbed, toEmbedSeconds }: ModelInfo): string {
  if (toEmbed === 0) return 'There is nothing to embed.';
  const time = toEmbedSeconds === null ? '' : `, about ${formatDuration(toEmbedSeconds)}`;
  return (
    `It embeds ${formatCount(toEmbed, modality === 'image' ? 'picture' : 'name')}${time}: ` +
    'run vitrine ingest. Until that is done the model before answers queries.'
  );
}
