import { Option, type Command } from 'commander';
import { withApp, type GlobalOptions } from '../../context.ts';
import { formatTable, print } from '../../output.ts';
import { parseCount } from '../catalog.ts';
import { readAllPages, readEncryption } from './options.ts';
import { addTagOptions, changeTags } from './tags.ts';

interface CreateFlags {
  readonly dimension: number;
  readonly metric: 'cosine' | 'euclidean';
  readonly notFilterable?: readonly string[];
  readonly kmsKey?: string;
}

export function addIndexCommands(cloud: Command): void {
  const indexes = cloud.command('indexes').description('the indexes of a vector bucket');

  indexes
    .command('list <bucket>')
    .description('list them')
    .action((bucket: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const all = await readAllPages(async (page) => {
          const { indexes: items, next } = await app.cloud.indexes.listIndexes(bucket, page);
          return { items, next };
        });
        print(options, {
          json: all,
          lines: all.length === 0 ? ['No indexes in it.'] : all.map(({ name }) => name),
        });
      });
    });

  indexes
    .command('create <bucket> <index>')
    .description('make one; nothing of it but its tags can be changed later')
    .requiredOption('--dimension <n>', 'numbers of a vector', parseCount)
    .addOption(
      new Option('--metric <metric>', 'how distance is measured')
        .choices(['cosine', 'euclidean'])
        .default('cosine'),
    )
    .option('--not-filterable <keys...>', 'metadata keys that filters may not name')
    .option('--kms-key <arn>', "encrypt with this KMS key (as the bucket's by default)")
    .action((bucket: string, name: string, flags: CreateFlags, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        await app.cloud.indexes.create({
          bucket,
          name,
          dimension: flags.dimension,
          metric: flags.metric,
          nonFilterableKeys: [...(flags.notFilterable ?? [])],
          ...readEncryption(flags.kmsKey),
        });
        print(options, { json: { bucket, created: name }, lines: [`Made ${bucket}/${name}.`] });
      });
    });

  indexes
    .command('show <bucket> <index>')
    .description('what it is made for')
    .action((bucket: string, name: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const index = await app.cloud.indexes.show({ bucket, name });
        print(options, {
          json: index,
          lines: formatTable([
            ['Index', `${index.bucket}/${index.name}`],
            ['Vectors', `${index.dimension} numbers, ${index.metric}`],
            ['Made', index.createdAt === null ? '' : new Date(index.createdAt).toISOString()],
            ['Not filterable', index.nonFilterableKeys.join(', ') || 'none'],
            ['Encryption', index.encryption ?? "the bucket's"],
            ...(index.mode === null ? [] : [['Mode', index.mode]]),
            ...Object.entries(index.tags).map(([key, value]) => [`Tag ${key}`, value]),
          ]),
        });
      });
    });

  addTagOptions(
    indexes
      .command('tag <bucket> <index>')
      .description('tag it: key=value …; alone, list its tags'),
  )
    .option('--change-model', 'yes to changing the tags that tell which model made its vectors')
    .action(
      (bucket: string, index: string, pairs: readonly string[], _: unknown, command: Command) =>
        changeTags({ bucket, index }, pairs, command.optsWithGlobals()),
    );

  indexes
    .command('delete <bucket> <index>')
    .description('delete one with its vectors, for good')
    .requiredOption('--confirm <index>', 'its name once more')
    .action((bucket: string, name: string, { confirm }: { confirm: string }, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        await app.cloud.indexes.delete({ bucket, name }, { confirmation: confirm });
        print(options, { json: { deleted: name }, lines: [`Deleted ${bucket}/${name}.`] });
      });
    });
}
