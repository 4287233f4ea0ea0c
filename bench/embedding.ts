import path from 'node:path';
import { scanOptionsSchema } from '../shared/contract/catalog.ts';
import { openDatabase } from '../electron/core/db/database.ts';
import { startBenchApp, temporaryFolder, until } from './support/bench-app.ts';
import type { BenchApp } from './support/bench-app.ts';
import { CORES, openImageCeiling } from './support/image-ceiling.ts';
import { openNameCeiling } from './support/name-ceiling.ts';
import { copyPictures, findSource } from './support/pictures.ts';
import type { Effort } from './support/effort.ts';
import type { Source } from './support/pictures.ts';
import type { Report, Table } from './support/report.ts';
import { median, show, showRatio } from './support/statistics.ts';

/** Rounds of everything in turn, so that what else the machine does touches all alike. */
const FULL = { rounds: 3, nameRounds: 3, pictures: 2_400, decodes: 400, batches: 25, naive: 150 };
const QUICK = { rounds: 1, nameRounds: 1, pictures: 150, decodes: 100, batches: 8, naive: 40 };
const RATIO_GOAL = 0.95;

/** From a folder to vectors in SQLite, against what the models alone allow. */
export async function benchEmbedding({ isQuick }: Effort): Promise<Report> {
  const size = isQuick ? QUICK : FULL;
  const source = await findSource();
  const pictures = await measurePictures(source, size);
  const names = await measureNames(source, size);
  return {
    title: 'Embedding',
    method: [
      `Input: ${source.description}.`,
      `Ceiling: ${CORES} cores / (model + decode), in milliseconds of one core, by the same model session and decoder with nothing around them. Reading is part of decoding; hashing, filling tensors, messages, queue and SQLite are not in it.`,
      `End to end: a new folder of ${pictures.count} pictures is added to a running application, until its last vector is in SQLite: scan, queue, inference process. Median of ${size.rounds} rounds; all rows of a round are measured in turn.`,
      `Names: distinct texts a second through the queue between the first batch and the last, and by the model alone in the same batches, sorted by length. Median of ${size.nameRounds} rounds.`,
    ],
    goals: [
      {
        what: 'Pictures end to end against the ceiling',
        bar: `>= ${RATIO_GOAL}`,
        measured: showRatio(pictures.ratio),
        isReached: pictures.ratio >= RATIO_GOAL,
      },
    ],
    tables: [pictures.table, names],
  };
}

interface Round {
  readonly decodeCoreMs: number;
  readonly modelCoreMs: number;
  readonly naive: number;
  readonly endToEnd: number;
}

async function measurePictures({ pictures }: Source, size: typeof FULL) {
  await using folder = await temporaryFolder();
  await using bench = await startBenchApp({ jobs: ['scan', 'plan', 'embed-image'] });
  const ceiling = await openImageCeiling(await bench.app.models.active('image'));
  const chosen = pictures.slice(0, size.pictures);
  const cold = await ingest(bench, chosen, path.join(folder.path, 'first'));
  const rounds: Round[] = [];
  for (let round = 0; round < size.rounds; round += 1) {
    rounds.push({
      modelCoreMs: await ceiling.modelCoreMs(size.batches),
      decodeCoreMs: await ceiling.decodeCoreMs(pictures.slice(0, size.decodes)),
      endToEnd: await ingest(bench, chosen, path.join(folder.path, `round ${round}`)),
      naive: await ceiling.naiveRate(pictures.slice(0, size.naive)),
    });
  }
  const limitOf = (one: Round) => (CORES * 1000) / (one.modelCoreMs + one.decodeCoreMs);
  const middle = (read: (round: Round) => number) => median(rounds.map(read));
  const ratio = middle((one) => one.endToEnd / limitOf(one));
  const row = (name: string, read: (round: Round) => number) => [
    name,
    show(middle(read)),
    showRatio(middle((one) => read(one) / limitOf(one))),
  ];
  const table: Table = {
    title: 'Pictures',
    columns: ['', 'pictures/s', 'of the ceiling'],
    rows: [
      row(
        `ceiling: ${CORES} cores / (${show(middle((one) => one.modelCoreMs))} ms model + ${show(middle((one) => one.decodeCoreMs))} ms decode)`,
        limitOf,
      ),
      row('end to end', (one) => one.endToEnd),
      ['the same, starting the process and loading the model', show(cold), '-'],
      row('the model alone, pixels ready', (one) => (CORES * 1000) / one.modelCoreMs),
      row('naive loop: read, decode, run one', (one) => one.naive),
      [
        'end to end against the naive loop',
        '-',
        `${showRatio(middle((one) => one.endToEnd / one.naive))} x`,
      ],
    ],
  };
  return { ratio, table, count: chosen.length };
}

/** Pictures a second from adding the folder until all its vectors are saved. */
async function ingest(
  { app }: BenchApp,
  pictures: readonly string[],
  folder: string,
): Promise<number> {
  await copyPictures(pictures, folder);
  const wanted = app.totals.embedded.image + pictures.length;
  const began = performance.now();
  await app.catalogs.add(folder, {
    scan: scanOptionsSchema.parse({ preset: 'pictures', csv: { files: [] } }),
  });
  await until(() => app.totals.embedded.image + app.totals.failed >= wanted);
  if (app.totals.failed > 0) throw new Error('Pictures were refused: the figures would be wrong');
  return (pictures.length * 1000) / (performance.now() - began);
}

async function measureNames(source: Source, size: typeof FULL): Promise<Table> {
  const rounds: { alone: number; queue: number; distinct: number; all: number }[] = [];
  for (let round = 0; round < size.nameRounds; round += 1) {
    // A new database each time: a text that has been embedded once is never embedded again.
    await using bench = await startBenchApp({ jobs: ['scan', 'plan', 'embed-text'] });
    const { app } = bench;
    const catalogId = await app.catalogs.add(source.root);
    await until(() => app.totals.embedded.text > 0);
    const first = { at: performance.now(), count: app.totals.embedded.text };
    await app.runner.whenIdle({ catalogId });
    const seconds = (performance.now() - first.at) / 1000;
    const all = app.totals.embedded.text;
    const distinct = readNames(bench.dataDir);
    const share = distinct.length / all;
    const runAlone = await openNameCeiling(await app.models.active('text'));
    await runAlone(distinct.slice(0, 320));
    rounds.push({
      all,
      distinct: distinct.length,
      queue: ((all - first.count) * share) / seconds,
      alone: await runAlone(distinct),
    });
  }
  const queue = median(rounds.map((one) => one.queue));
  const ratio = median(rounds.map((one) => one.queue / one.alone));
  const { all, distinct } = rounds[0]!;
  return {
    title: `Names (${distinct.toLocaleString('en-US')} texts of ${all.toLocaleString('en-US')} items)`,
    columns: ['', 'texts/s', 'of the model alone'],
    rows: [
      ['the model alone', show(median(rounds.map((one) => one.alone))), '1.00'],
      ['through the queue', show(queue), showRatio(ratio)],
      ['items named a second through the queue', show((queue * all) / distinct), '-'],
    ],
  };
}

function readNames(dataDir: string): string[] {
  const db = openDatabase(dataDir);
  try {
    return db
      .prepare<[], string>('SELECT DISTINCT name FROM item WHERE name_hash IS NOT NULL')
      .pluck()
      .all();
  } finally {
    db.close();
  }
}
