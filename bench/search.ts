import { selectItems } from '../electron/core/filter/filter-sql.ts';
import { LocalEngine } from '../electron/core/vectors/local-engine.ts';
import type { Effort } from './support/effort.ts';
import { temporaryFolder } from './support/bench-app.ts';
import { plainLoop, sqliteVec } from './support/exact-searchers.ts';
import type { Searcher } from './support/exact-searchers.ts';
import type { Report } from './support/report.ts';
import { percentile, show, showMebibytes, showRatio, timeEach } from './support/statistics.ts';
import { BUCKETS, makeVectors, saveVectorCatalog } from './support/vector-catalog.ts';

const SIZES = [
  { count: 5_000, dimension: 384, queries: 200 },
  { count: 44_000, dimension: 384, queries: 60 },
  { count: 44_000, dimension: 768, queries: 40 },
  { count: 200_000, dimension: 384, queries: 25 },
];
const QUICK_SIZES = [{ count: 5_000, dimension: 384, queries: 20 }];
/** What a side of a fused query asks for. */
const TOP_K = 100;
/** Buckets let through by each filter. */
const FILTERS = [
  { name: 'all', below: BUCKETS },
  { name: '50 %', below: BUCKETS / 2 },
  { name: '5 %', below: BUCKETS / 20 },
  { name: '0.5 %', below: BUCKETS / 200 },
];

type Query = (vector: Float32Array, below: number) => Promise<readonly number[]>;

/** The local engine against a plain loop and sqlite-vec: same vectors, same machine, exact all three. */
export async function benchSearch({ isQuick }: Effort): Promise<Report> {
  const tables: Report['tables'][number][] = [];
  let worstRecall = 1;
  for (const size of isQuick ? QUICK_SIZES : SIZES) {
    const { table, recall } = await measureSize(size);
    tables.push(table);
    worstRecall = Math.min(worstRecall, recall);
  }
  return {
    title: 'Searching vectors',
    method: [
      `The nearest ${TOP_K} by cosine, exact, one query at a time, new query vectors each time; synthetic unit vectors around 300 centres. Each cell: p50 / p95 in milliseconds (p50 as a multiple of the engine's).`,
      'The engine as the application calls it, over vectors in SQLite and with the check for changes; a filter is compiled to SQL and selects the items first. The plain loop has the filter as an array in memory; sqlite-vec 0.1.9 has it as a metadata column.',
    ],
    goals: [
      {
        what: 'The engine finds what the plain loop finds',
        bar: 'recall 1',
        measured: `recall ${worstRecall.toFixed(4)}`,
        isReached: worstRecall === 1,
      },
    ],
    tables,
  };
}

async function measureSize({ count, dimension, queries }: (typeof SIZES)[number]) {
  await using folder = await temporaryFolder();
  const matrix = makeVectors(count, dimension, 7);
  const { db, catalogId, ref } = saveVectorCatalog(folder.path, matrix, dimension);
  const engine = new LocalEngine({ db, log: () => undefined });
  const [loadMs = 0] = await timeEach(1, () => engine.warm(catalogId, ref));
  using other = sqliteVec(folder.path, matrix, dimension);
  const searchers: { readonly name: string; readonly query: Query }[] = [
    {
      name: 'local engine',
      async query(vector, below) {
        const filter = { bucket: { $lt: below } };
        const within = below === BUCKETS ? undefined : selectItems(db, catalogId, filter);
        const answer = await engine.query({ catalogId, ref, vector, topK: TOP_K, within });
        return answer.candidates.map(({ itemId }) => itemId - 1);
      },
    },
    { name: 'plain loop', query: asQuery(plainLoop(matrix, dimension)) },
    { name: 'sqlite-vec', query: asQuery(other.search) },
  ];
  const asked = makeVectors(queries, dimension, 8);
  const vectorOf = (at: number) => asked.slice(at * dimension, (at + 1) * dimension);

  const cells = new Map(searchers.map(({ name }) => [name, [] as string[]]));
  let recall = 1;
  for (const { below } of FILTERS) {
    const found = searchers.map(() => [] as (readonly number[])[]);
    const times = searchers.map(() => [] as number[]);
    // Query by query in turn, so that what else the machine does touches all alike; the first is not
    // counted.
    for (let at = 0; at < queries; at += 1) {
      for (const [which, { query }] of searchers.entries()) {
        const work = async () => found[which]!.push(await query(vectorOf(at), below));
        const [ms = 0] = await timeEach(1, work);
        if (at > 0) times[which]!.push(ms);
      }
    }
    recall = Math.min(recall, recallOf(found[0]!, found[1]!));
    const fastest = percentile(times[0]!, 0.5);
    for (const [which, { name }] of searchers.entries()) {
      const p50 = percentile(times[which]!, 0.5);
      const p95 = percentile(times[which]!, 0.95);
      const ratio = which === 0 ? '' : ` (${showRatio(p50 / fastest)} x)`;
      cells.get(name)!.push(`${show(p50)} / ${show(p95)}${ratio}`);
    }
  }
  db.close();
  const size = `${count.toLocaleString('en-US')} x ${dimension}`;
  return {
    recall,
    table: {
      title: `${size}: loaded from SQLite in ${show(loadMs)} ms, ${showMebibytes(matrix.byteLength)}`,
      columns: [size, ...FILTERS.map(({ name }) => name)],
      rows: [...cells].map(([name, row]) => [name, ...row]),
    },
  };
}

function asQuery(search: Searcher): Query {
  return async (vector, below) => search(vector, TOP_K, below);
}

/** How much of the expected answers was found. */
function recallOf(
  found: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): number {
  let hits = 0;
  let all = 0;
  for (const [at, rows] of expected.entries()) {
    const here = new Set(found[at]);
    hits += rows.filter((row) => here.has(row)).length;
    all += rows.length;
  }
  return hits / all;
}
