import { InvalidArgumentError, type Command } from 'commander';
import type { CloudLink } from '../../../../shared/contract/cloud/link.ts';
import type { MetadataColumn } from '../../../../shared/contract/cloud/metadata.ts';
import { CloudError } from '../../../core/aws/cloud-error.ts';
import { withApp, type GlobalOptions } from '../../context.ts';
import { formatTable, print } from '../../output.ts';
import { describeLooks } from './look-lines.ts';
import { readEncryption } from './options.ts';

interface LinkFlags {
  readonly bucket: string;
  readonly imageIndex: string;
  readonly textIndex: string;
  readonly create?: boolean;
  readonly metadata?: readonly string[];
  readonly notFilterable?: readonly string[];
  readonly uri?: string;
  readonly kmsKey?: string;
  readonly contentHash?: boolean;
  readonly assumeModel?: boolean;
  readonly look?: boolean;
}

export function addLinkCommands(cloud: Command): void {
  cloud
    .command('link <catalog>')
    .description('say where a catalog is published; nothing of it is sent yet')
    .requiredOption('--bucket <bucket>', 'the vector bucket')
    .option('--image-index <index>', 'the index of pictures', 'img-index')
    .option('--text-index <index>', 'the index of names', 'txt-index')
    .option('--create', 'make the bucket and the indexes that are not there')
    .option(
      '--metadata <columns...>',
      'fields to publish, as key=field or field (chosen from the fields by default)',
    )
    .option('--not-filterable <keys...>', 'of these, the keys that filters may not name')
    .option('--uri <template>', 'publish s3_uri, e.g. s3://my-pictures/images/{filename}')
    .option('--kms-key <arn>', 'encrypt what is made with this KMS key')
    .option(
      '--content-hash',
      'publish the hash of each picture and name: a restored copy knows them by it',
    )
    .option('--assume-model', "take vectors that do not say their model for the catalog's own")
    .option('--look', 'only say what matches in indexes that are there; links nothing')
    .action((name: string, flags: LinkFlags, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const columns = readColumns(flags);
      return withApp(options, async (app) => {
        const catalog = app.catalogs.find(name);
        const { bucket, imageIndex, textIndex } = flags;
        const place = { catalogId: catalog.id, bucket, imageIndex, textIndex };
        const look = await app.cloud.looker.look(place).catch((error: unknown) => {
          // Then it is linked as it is wished, and nothing can be said about what is there.
          if (flags.look !== true && error instanceof CloudError && error.failure === 'offline') {
            return [];
          }
          throw error;
        });
        const looked = { json: { catalog: catalog.name, look }, lines: describeLooks(look) };
        if (flags.look === true) {
          const missing = look.filter(({ state }) => state === 'missing');
          const lines = missing.map(({ index }) => `${index}: there is no such index yet`);
          print(options, { ...looked, lines: [...looked.lines, ...lines] });
          return;
        }
        const linking = app.cloud.links.link({
          ...place,
          create: flags.create ?? false,
          contentHash: flags.contentHash ?? false,
          assumeModel: flags.assumeModel ?? false,
          ...(columns === undefined ? {} : { columns }),
          ...(flags.uri === undefined ? {} : { uriTemplate: flags.uri }),
          ...readEncryption(flags.kmsKey),
        });
        const { link, unconfirmed } = await linking.catch((error: unknown) => {
          // What was found is what a yes, or another choice, is made by.
          print(options, looked);
          throw error;
        });
        print(options, {
          json: { catalog: catalog.name, ...link, look },
          lines: [
            ...looked.lines,
            ...describeLink(catalog.name, link),
            ...(unconfirmed === null
              ? []
              : [`${unconfirmed.message} The link is kept; publishing sees to the indexes.`]),
            `Nothing was sent. See what would be: vitrine cloud plan ${catalog.name}`,
          ],
        });
      });
    });

  cloud
    .command('unlink <catalog>')
    .description('forget the link; the indexes stay as they are')
    .action((name: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const catalog = app.catalogs.find(name);
        await app.cloud.links.unlink(catalog.id);
        print(options, {
          json: { unlinked: catalog.name },
          lines: [`${catalog.name} is not linked any more. Its indexes are untouched.`],
        });
      });
    });
}

function describeLink(catalog: string, link: CloudLink): string[] {
  return [
    `${catalog} is linked to the bucket ${link.bucket}:`,
    ...formatTable(
      link.indexes.map(({ modality, name, model }) => [
        `  ${modality === 'image' ? 'pictures' : 'names'}`,
        name,
        `${model.dimension} numbers by ${model.id}`,
      ]),
    ),
    `Published beside each vector: ${link.columns.map(describeColumn).join(', ') || 'nothing'}`,
  ];
}

export function describeColumn({ as, from, filterable }: MetadataColumn): string {
  const source = from.kind === 'field' && from.field !== as ? ` (${from.field})` : '';
  return `${as}${source}${filterable ? '' : ', not filterable'}`;
}

function readColumns(flags: LinkFlags): MetadataColumn[] | undefined {
  if (flags.metadata === undefined) {
    if (flags.notFilterable === undefined) return undefined;
    throw new InvalidArgumentError('--not-filterable goes with --metadata.');
  }
  const notFilterable = new Set(flags.notFilterable);
  const columns = flags.metadata
    .flatMap((words) => words.split(','))
    .map((word): MetadataColumn => {
      const [as = '', field = as] = word.trim().split('=');
      return { as, from: { kind: 'field', field }, filterable: !notFilterable.delete(as) };
    });
  const [unknown] = notFilterable;
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`--not-filterable: "${unknown}" is not among --metadata.`);
  }
  return columns;
}
