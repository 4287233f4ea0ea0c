import type { Command } from 'commander';
import type { RestoreReport } from '../../../../shared/contract/cloud/restore.ts';
import { withApp, type GlobalOptions } from '../../context.ts';
import { formatCount, formatTable, print } from '../../output.ts';
import { listWithLine } from './listing-line.ts';

interface RestoreFlags {
  readonly bucket: string;
  readonly imageIndex: string;
  readonly textIndex: string;
  readonly name?: string;
  readonly into?: string;
  readonly nameKey?: string;
  readonly assumeModel?: boolean;
}

export function addRestoreCommand(cloud: Command): void {
  cloud
    .command('restore')
    .description('make a catalog of two indexes, without embedding anything; again to go on')
    .requiredOption('--bucket <bucket>', 'the vector bucket')
    .option('--image-index <index>', 'the index of pictures', 'img-index')
    .option('--text-index <index>', 'the index of names', 'txt-index')
    .option('--name <name>', "what to call the catalog (the bucket's name by default)")
    .option('--into <catalog>', 'give the items of this catalog their vectors, by key')
    .option('--name-key <key>', 'the metadata key with the product name (found out by default)')
    .option(
      '--assume-model',
      'take vectors that do not say their model for those of the one in use',
    )
    .action((flags: RestoreFlags, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const { into, ...rest } = flags;
        const wish = {
          ...rest,
          ...(into === undefined ? {} : { into: app.catalogs.find(into).id }),
        };
        const report = await listWithLine((run) => app.cloud.restorer.restore(wish, run), {
          ...options,
          goOn: 'What has come is here; run the same command to go on.',
        });
        const catalog = app.catalogs.get(report.catalogId);
        print(options, {
          json: { catalog: catalog.name, ...report },
          lines: describe(catalog.name, report, !catalog.online),
        });
      });
    });
}

function describe(catalog: string, report: RestoreReport, isWithoutFolder: boolean): string[] {
  const byKey = report.sides.reduce((sum, side) => sum + side.byKey, 0);
  return [
    ...formatTable([
      ['Index', 'vectors', 'restored', 'outdated', 'not of the catalog', 'model'],
      ...report.sides.map(({ index, listed, restored, outdated, unknown, model }) => [
        index,
        listed,
        restored,
        outdated,
        unknown.count,
        model.id,
      ]),
    ]),
    ...(byKey === 0
      ? []
      : [
          `${formatCount(byKey, 'vector')} came without a hash of what they were made from, and were taken by key.`,
        ]),
    `${catalog} has ${formatCount(report.items, 'item')}, and can be searched.`,
    ...(isWithoutFolder ? [`Its pictures: vitrine catalog add <folder> --name "${catalog}"`] : []),
  ];
}
