import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Engine, Mode, QueryPicture, SearchOutput } from '../../../shared/contract/search.ts';
import { overlapAt } from '../../../shared/overlap.ts';
import type { App } from '../../core/app.ts';
import { describeError, VitrineError } from '../../core/errors.ts';
import { parseFilter } from '../../core/filter/parse-filter.ts';
import { withApp, type GlobalOptions } from '../context.ts';
import { formatTable, print } from '../output.ts';
import { parseCountFromOne } from './catalog.ts';

interface SearchFlags {
  readonly image?: string;
  readonly like?: string;
  readonly text?: string;
  readonly mode?: Mode;
  readonly engine?: Engine | 'both';
  readonly top: number;
  readonly filter?: string;
  readonly k: number;
  readonly weights: { image: number; text: number };
}

export function addSearchCommand(program: Command): void {
  program
    .command('search <catalog>')
    .description('find items by picture, by words or by both')
    .option('--image <file>', 'a picture to look for')
    .option('--like <key>', 'an item of the catalog to look for')
    .option('--text <string>', 'words to look for')
    .addOption(
      new Option(
        '--mode <mode>',
        'fused when a picture and words are given, else the one given',
      ).choices(['image', 'text', 'fused']),
    )
    .addOption(
      new Option('--engine <engine>', 'where: on this computer, in the linked indexes, or in both')
        .choices(['local', 's3vectors', 'both'])
        .default('local'),
    )
    .option('--top <n>', 'how many results', parseCountFromOne, 10)
    .option(
      '--filter <json>',
      'metadata filter in the language of S3 Vectors, e.g. \'{"year": {"$gte": 2012}}\'',
    )
    .option('--k <n>', 'the k of Reciprocal Rank Fusion', parseNumber, 60)
    .option('--weights <image,text>', 'weight of each side in the fusion', parseWeights, {
      image: 1,
      text: 1,
    })
    .action((name: string, flags: SearchFlags, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const { json, lines } = await runSearch(app, name, flags);
        print(options, { json, lines });
      });
    });
}

/** Runs one query and shapes the answer for a program and for a person. */
export async function runSearch(
  app: App,
  catalogName: string,
  flags: SearchFlags,
): Promise<{ json: unknown; lines: string[] }> {
  const catalog = app.catalogs.find(catalogName);
  const picture = await readPicture(app, catalog.id, flags);
  const ask = (engine: Engine) =>
    app.search.run({
      catalogId: catalog.id,
      engine,
      mode: flags.mode ?? chooseMode(picture, flags.text),
      ...(picture === undefined ? {} : { picture }),
      ...(flags.text === undefined ? {} : { text: flags.text }),
      ...(flags.filter === undefined ? {} : { filter: parseFilter(flags.filter) }),
      top: flags.top,
      candidates: 100,
      k: flags.k,
      weights: flags.weights,
    });
  if (flags.engine !== 'both') {
    const output = await ask(flags.engine ?? 'local');
    return { json: toJson(output, catalog), lines: toLines(output) };
  }
  const [local, remote] = await Promise.allSettled([ask('local'), ask('s3vectors')]);
  if (local.status === 'rejected' && remote.status === 'rejected') throw local.reason;
  return compare(catalog, { local, s3vectors: remote });
}

/** Both engines one after the other, then how far they agree; one may have failed. */
function compare(
  catalog: { name: string; root: string },
  answers: Record<Engine, PromiseSettledResult<SearchOutput>>,
): { json: unknown; lines: string[] } {
  const entries = (['local', 's3vectors'] as const).map((engine) => {
    const answer = answers[engine];
    if (answer.status === 'fulfilled') {
      return { engine, json: toJson(answer.value, catalog), lines: toLines(answer.value) };
    }
    const message = describeError(answer.reason);
    const { code, data } = answer.reason as Partial<VitrineError>;
    const error = { code: code ?? 'INTERNAL', message, action: data?.action ?? null };
    return { engine, json: { engine, error }, lines: [message, data?.action ?? ''] };
  });
  const [local, remote] = [keysOf(answers.local), keysOf(answers.s3vectors)];
  const shown = Math.max(local?.length ?? 0, remote?.length ?? 0);
  const overlap =
    local && remote && shown > 0
      ? [...new Set([Math.min(10, shown), shown])].map((k) => ({
          k,
          common: overlapAt(k, local, remote).common,
        }))
      : null;
  return {
    json: { ...Object.fromEntries(entries.map(({ engine, json }) => [engine, json])), overlap },
    lines: [
      ...entries.flatMap(({ engine, lines }) => [`${ENGINES[engine]}:`, ...lines, '']),
      ...(overlap ?? []).map(({ k, common }) => `In both among the first ${k}: ${common}.`),
    ],
  };
}

const ENGINES: Readonly<Record<Engine, string>> = {
  local: 'On this computer',
  s3vectors: 'S3 Vectors',
};

function keysOf(answer: PromiseSettledResult<SearchOutput>): string[] | null {
  return answer.status === 'rejected' ? null : answer.value.results.map(({ item }) => item.key);
}

async function readPicture(
  app: App,
  catalogId: number,
  flags: SearchFlags,
): Promise<QueryPicture | undefined> {
  if (flags.image !== undefined && flags.like !== undefined) {
    throw new InvalidArgumentError('Give --image or --like, not both.');
  }
  if (flags.like !== undefined) {
    // An index may know keys that this computer does not.
    if (flags.engine !== undefined && flags.engine !== 'local') {
      return { kind: 'key', key: flags.like };
    }
    return { kind: 'item', itemId: app.catalogs.findItem(catalogId, flags.like) };
  }
  if (flags.image === undefined) return undefined;
  const bytes = await readFile(flags.image).catch((error: unknown) => {
    throw new VitrineError(
      'PICTURE_UNREADABLE',
      `${flags.image} cannot be read: ${describeError(error)}.`,
      {
        action: 'Check the path.',
        subject: flags.image ?? '',
      },
    );
  });
  const { pictureId } = await app.queryPictures.add(bytes);
  return { kind: 'picture', pictureId };
}

function chooseMode(picture: QueryPicture | undefined, text: string | undefined): Mode {
  if (picture !== undefined && text !== undefined) return 'fused';
  if (picture !== undefined) return 'image';
  if (text !== undefined) return 'text';
  throw new InvalidArgumentError(
    'Say what to look for: --image FILE, --like KEY, --text STRING, or a picture and words.',
  );
}

function toJson(output: SearchOutput, catalog: { name: string; root: string }) {
  const { mode, engine, k, weights, models, candidates } = output;
  const { embedMs, searchMs, totalMs } = output.timing;
  return {
    mode,
    engine,
    catalog: catalog.name,
    k,
    weights,
    models,
    timing: { embedMs, searchMs, totalMs },
    candidates,
    ...(engine === 'local' ? {} : { sides: output.sides }),
    results: output.results.map(({ rank, score, image, text, item }) => ({
      rank,
      key: item.key,
      score,
      image,
      text,
      name: item.name,
      imagePath: item.imagePath === null ? null : path.join(catalog.root, item.imagePath),
      metadata: item.metadata,
    })),
  };
}

function toLines(output: SearchOutput): string[] {
  const { timing, results, searched } = output;
  const failures = Object.entries(output.sides).flatMap(([side, report]) =>
    report?.state === 'failed'
      ? [`The ${side} side failed: ${report.message} ${report.action}`]
      : [],
  );
  if (results.length === 0) return ['Nothing found.', ...failures];
  const place = (side: { rank: number; distance: number } | null) =>
    side === null ? '-' : `${side.rank} (${side.distance.toFixed(3)})`;
  return [
    ...formatTable([
      ['', 'score', 'picture', 'words', 'key', 'name'],
      ...results.map(({ rank, score, image, text, item }) => [
        rank,
        score.toFixed(4),
        place(image),
        place(text),
        item.key,
        item.name,
      ]),
    ]),
    `${results.length}${searched === null ? '' : ` of ${searched}`} in ${Math.round(timing.totalMs)} ms: embedding ${Math.round(timing.embedMs)}, search ${Math.round(timing.searchMs)}`,
    ...failures,
  ];
}

function parseNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('expected a number above 0.');
  return value;
}

function parseWeights(text: string): { image: number; text: number } {
  const [image, words] = text.split(',').map(Number);
  if (
    image === undefined ||
    words === undefined ||
    !(image >= 0) ||
    !(words >= 0) ||
    image + words === 0
  ) {
    throw new InvalidArgumentError('expected two numbers, picture and words, such as 1,0.5.');
  }
  return { image, text: words };
}
