import { InvalidArgumentError, type Command } from 'commander';
import { scanOptionsSchema, type ScanOptions } from '../../../shared/contract/catalog.ts';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type { App } from '../../core/app.ts';
import { VitrineError } from '../../core/errors.ts';
import { withApp, type GlobalOptions } from '../context.ts';
import { formatCount, formatTable, print } from '../output.ts';
import { showProgress } from '../progress-line.ts';

interface AddFlags {
  readonly name?: string;
  readonly preset?: string;
  readonly csv?: readonly string[] | false;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly header?: boolean;
  readonly keyColumn?: string;
  readonly imageColumn?: string;
  readonly nameColumn?: string;
  readonly sample?: number;
  readonly seed?: number;
}

export function addCatalogCommands(program: Command): void {
  const catalog = program.command('catalog').description('add, list, show and remove catalogs');

  catalog
    .command('add <folder>')
    .description('scan a folder of pictures, joining its CSV files; again to scan again')
    .option('--name <name>', "what to call it (the folder's name by default)")
    .option('--preset <preset>', 'auto, kaggle-fashion, csv or pictures', 'auto')
    .option('--csv <files...>', 'CSV files in the folder (detected by default)')
    .option('--no-csv', 'read no CSV: names come from the file names')
    .option(
      '--delimiter <character>',
      'what separates fields (detected by default; "tab" for a tab)',
    )
    .option(
      '--encoding <encoding>',
      'utf-8, utf-16le, utf-16be or windows-1252 (detected by default)',
    )
    .option('--header', 'the first line of the CSV holds column names')
    .option('--no-header', 'it does not')
    .option('--key-column <column>', 'the column whose value is the file name without its ending')
    .option('--image-column <column>', "the column with the picture's path or file name")
    .option('--name-column <column>', 'the column with the product name')
    .option('--sample <n>', 'take this many items, chosen by --seed', parseCountFromOne)
    .option('--seed <s>', 'the same seed takes the same items', parseCount, 0)
    .action(async (folder: string, flags: AddFlags, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const scan = readScanOptions(flags, command.getOptionValueSource('header') === 'cli');
      await withApp(
        options,
        async (app) => {
          const catalogId = await app.catalogs.add(folder, { name: flags.name, scan });
          const summary = await runScan(app, catalogId, options);
          print(options, summary);
        },
        { jobs: ['scan'] },
      );
    });

  catalog
    .command('list')
    .description('list the catalogs')
    .action((_flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const catalogs = app.catalogs.list();
        print(options, {
          json: catalogs.map(({ name, root, items }) => ({ name, root, items })),
          lines:
            catalogs.length === 0
              ? ['No catalogs yet. Add one: vitrine catalog add <folder>, or try: vitrine sample']
              : formatTable(catalogs.map(({ name, root, items }) => [name, items, root])),
        });
      });
    });

  catalog
    .command('show <catalog>')
    .description('everything known about one catalog')
    .action((name: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const found = app.catalogs.find(name);
        print(options, {
          json: found,
          lines: formatTable([
            ['Name', found.name],
            ['Folder', found.online ? found.root : `${found.root} (cannot be reached now)`],
            ['Layout', found.preset ?? 'not scanned yet'],
            ['CSV files', found.csvFiles.join(', ') || 'none'],
            ['Items', `${found.items} of ${found.images} pictures and ${found.rows} rows`],
            ['Embedded', `${found.embedded.image} pictures, ${found.embedded.text} names`],
            ['Problems', `${found.problems}, and ${found.notices} notices`],
            [
              'Fields',
              found.fields.map((field) => `${field.name} (${field.type})`).join(', ') || 'none',
            ],
          ]),
        });
      });
    });

  catalog
    .command('remove <catalog>')
    .description('forget a catalog and its vectors; the folder is never touched')
    .action((name: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const found = app.catalogs.find(name);
        await app.catalogs.remove(found.id);
        print(options, {
          json: { removed: found.name },
          lines: [`Removed ${found.name}. Its folder is untouched.`],
        });
      });
    });
}

/** Runs the queued scan and waits for it, here or in a window that was quicker. */
export async function runScan(
  app: App,
  catalogId: number,
  options: GlobalOptions,
): Promise<{ json: unknown; lines: string[] }> {
  const stopProgress = showProgress(app, options);
  app.start();
  await app.runner.whenIdle({ kinds: ['scan'], catalogId });
  stopProgress();
  const failure = app.progress().find((progress) => progress.catalogId === catalogId)?.obstacle;
  if (failure !== null && failure !== undefined) {
    throw new VitrineError(failure.code as ErrorCode, failure.message, { action: failure.action });
  }
  const { name, items, images, rows } = app.catalogs.get(catalogId);
  const kinds = app.problems.kinds(catalogId);
  return {
    json: {
      catalog: name,
      items,
      images,
      rows,
      problems: Object.fromEntries(kinds.map(({ kind, count }) => [kind, count])),
    },
    lines: [
      `${name}: ${formatCount(items, 'item')} of ${formatCount(images, 'picture')} and ${formatCount(rows, 'row')}`,
      ...formatTable(kinds.map(({ kind, severity, count }) => [`  ${severity}`, count, kind])),
      ...(kinds.length === 0 ? [] : [`See them with: vitrine problems ${JSON.stringify(name)}`]),
    ],
  };
}

function readScanOptions(flags: AddFlags, isHeaderGiven: boolean): ScanOptions | undefined {
  const csv = {
    ...(flags.csv === false
      ? { files: [] }
      : flags.csv === undefined
        ? {}
        : { files: [...flags.csv] }),
    ...(flags.delimiter === undefined
      ? {}
      : { delimiter: flags.delimiter.replace(/^tab$|^\\t$/, '\t') }),
    ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
    ...(isHeaderGiven ? { header: flags.header } : {}),
    ...(flags.keyColumn === undefined ? {} : { keyColumn: flags.keyColumn }),
    ...(flags.imageColumn === undefined ? {} : { imageColumn: flags.imageColumn }),
    ...(flags.nameColumn === undefined ? {} : { nameColumn: flags.nameColumn }),
  };
  const parsed = scanOptionsSchema.safeParse({
    preset: flags.preset,
    csv,
    ...(flags.sample === undefined
      ? {}
      : { sample: { size: flags.sample, seed: flags.seed ?? 0 } }),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InvalidArgumentError(
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`,
    );
  }
  return parsed.data;
}

export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a whole number.');
  return Number(text);
}

/** A count of what is wanted: none would be an answer that looks like "nothing found". */
export function parseCountFromOne(text: string): number {
  if (!/^0*[1-9]\d{0,8}$/.test(text)) {
    throw new InvalidArgumentError('expected a whole number from 1.');
  }
  return Number(text);
}
