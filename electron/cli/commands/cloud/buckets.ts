import type { Command } from 'commander';
import { withApp, type GlobalOptions } from '../../context.ts';
import { formatTable, print } from '../../output.ts';
import { readAllPages, readEncryption } from './options.ts';
import { addTagOptions, changeTags, describeTags } from './tags.ts';

export function addBucketCommands(cloud: Command): void {
  const buckets = cloud.command('buckets').description('vector buckets of the account and region');

  buckets
    .command('list')
    .description('list them')
    .option('--prefix <prefix>', 'only names that begin so')
    .action(({ prefix }: { prefix?: string }, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const all = await readAllPages(async (page) => {
          const { buckets: items, next } = await app.cloud.indexes.listBuckets({
            ...page,
            ...(prefix === undefined ? {} : { prefix }),
          });
          return { items, next };
        });
        print(options, {
          json: all,
          lines: all.length === 0 ? ['No vector buckets here.'] : all.map(({ name }) => name),
        });
      });
    });

  buckets
    .command('create <bucket>')
    .description('make one')
    .option('--kms-key <arn>', 'encrypt with this KMS key (SSE-S3 by default); cannot change later')
    .action((bucket: string, flags: { kmsKey?: string }, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        await app.cloud.indexes.createBucket(bucket, readEncryption(flags.kmsKey));
        print(options, { json: { created: bucket }, lines: [`Made ${bucket}.`] });
      });
    });

  buckets
    .command('show <bucket>')
    .description('when it was made, its encryption, its tags')
    .action((bucket: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const { createdAt, encryption } = await app.cloud.indexes.showBucket(bucket);
        const tags = await app.cloud.tags.list({ bucket });
        print(options, {
          json: { bucket, createdAt, encryption, tags },
          lines: [
            ...formatTable([
              ['Bucket', bucket],
              ['Made', createdAt === null ? '' : new Date(createdAt).toISOString()],
              ['Encryption', encryption ?? ''],
            ]),
            ...describeTags(tags),
          ],
        });
      });
    });

  addTagOptions(
    buckets.command('tag <bucket>').description('tag it: key=value …; alone, list its tags'),
  ).action((bucket: string, pairs: readonly string[], _: unknown, command: Command) =>
    changeTags({ bucket }, pairs, command.optsWithGlobals()),
  );

  buckets
    .command('delete <bucket>')
    .description('delete an empty one')
    .requiredOption('--confirm <bucket>', 'its name once more')
    .action((bucket: string, { confirm }: { confirm: string }, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        await app.cloud.indexes.deleteBucket(bucket, { confirmation: confirm });
        print(options, {
          json: { deleted: bucket },
          lines: [`Deleted ${bucket}.`],
        });
      });
    });
}
