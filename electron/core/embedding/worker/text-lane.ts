import { createHash } from 'node:crypto';
import type { TextModelSpec } from '../../models/manifest.ts';
import type { EmbedOutcome } from '../embedder.ts';
import type { JobRun } from './job-run.ts';
import { poolOutput } from './pool-output.ts';
import type { Priority } from './protocol.ts';
import type { RunSource, Scheduler } from './scheduler.ts';
import type { GraphInput, Session } from './session.ts';
import type { TextTokenizer } from './tokenize.ts';

/** A full batch of product names, which have 24 tokens at most, stays under it. */
const TOKENS_A_TEXT = 32;
const PADDING_ALLOWED = 8;

interface Text {
  readonly text: string;
  /** Where it stands in the job: equal texts are embedded once. */
  readonly indexes: readonly number[];
  readonly ids: readonly number[];
}

interface Batch {
  readonly job: JobRun;
  readonly texts: readonly Text[];
}

export interface TextEngine {
  readonly session: Session;
  readonly tokenizer: TextTokenizer;
}

/** The texts waiting for one model at one priority, in batches of like length. */
export class TextLane implements RunSource {
  readonly priority: Priority;
  readonly #spec: TextModelSpec;
  readonly #scheduler: Scheduler;
  #engine: TextEngine | undefined;
  #waiting: { readonly job: JobRun; readonly texts: readonly string[] }[] = [];
  #batches: Batch[] = [];

  constructor(
    spec: TextModelSpec,
    options: { readonly priority: Priority; readonly scheduler: Scheduler },
  ) {
    this.#spec = spec;
    this.priority = options.priority;
    this.#scheduler = options.scheduler;
  }

  open(engine: TextEngine): void {
    this.#engine = engine;
    this.#scheduler.wake();
  }

  push(job: JobRun, texts: readonly string[]): void {
    this.#waiting.push({ job, texts });
    this.#scheduler.wake();
  }

  take(): (() => Promise<void>) | undefined {
    const engine = this.#engine;
    if (engine === undefined) return undefined;
    for (;;) {
      const batch = this.#batches.shift();
      if (batch !== undefined) {
        if (batch.job.isOver) continue;
        return () => this.#run(engine.session, batch, engine.tokenizer.padId);
      }
      const next = this.#waiting.shift();
      if (next === undefined) return undefined;
      if (!next.job.isOver) this.#split(next.job, next.texts, engine.tokenizer);
    }
  }

  isPreparing(): boolean {
    return false;
  }

  /** Sorted by length, so that a batch pads little: 1.3 to 2 times the speed. */
  #split(job: JobRun, texts: readonly string[], tokenizer: TextTokenizer): void {
    try {
      const places = Map.groupBy(texts.keys(), (index) => texts[index]!);
      const tokenized = [...places]
        .map(([text, indexes]) => ({ text, indexes, ids: tokenizer.encode(text) }))
        .toSorted((a, b) => a.ids.length - b.ids.length);
      for (const group of groupByLength(tokenized, this.#spec.batch)) {
        this.#batches.push({ job, texts: group });
      }
    } catch (error) {
      job.fail(error);
    }
  }

  async #run(session: Session, { job, texts }: Batch, padId: number): Promise<void> {
    job.started(texts.flatMap((one) => one.indexes));
    try {
      const output = await session.run(this.#tensors(texts, padId));
      const vectors = poolOutput(output, {
        ...this.#spec,
        lengths: texts.map((one) => one.ids.length),
      });
      job.settle(
        texts.flatMap(({ text, indexes }, row) => {
          const outcome = outcomeOf(text, vectors[row]);
          return indexes.map((index) => [index, outcome] as const);
        }),
      );
    } catch (error) {
      job.fail(error);
    }
  }

  #tensors(texts: readonly Text[], padId: number): Record<string, GraphInput> {
    const length = Math.max(...texts.map((one) => one.ids.length));
    const dims = [texts.length, length];
    const ids = new BigInt64Array(texts.length * length).fill(BigInt(padId));
    const mask = new BigInt64Array(texts.length * length);
    for (const [row, text] of texts.entries()) {
      for (const [column, id] of text.ids.entries()) ids[row * length + column] = BigInt(id);
      mask.fill(1n, row * length, row * length + text.ids.length);
    }
    const { inputs } = this.#spec;
    return {
      [inputs.ids]: { data: ids, dims },
      [inputs.mask]: { data: mask, dims },
      ...(inputs.types === undefined
        ? {}
        : { [inputs.types]: { data: new BigInt64Array(ids.length), dims } }),
    };
  }
}

/**
 * Cuts texts sorted by length into batches of at most `size`. A batch also ends where the next text
 * would make it mostly padding, or too long a run for a query to wait behind.
 */
function groupByLength(texts: readonly Text[], size: number): Text[][] {
  const groups: Text[][] = [];
  let group: Text[] = [];
  for (const text of texts) {
    const length = text.ids.length;
    const shortest = group[0]?.ids.length ?? length;
    const isFull =
      group.length >= size ||
      (group.length + 1) * length > size * TOKENS_A_TEXT ||
      length > shortest * 2 + PADDING_ALLOWED;
    if (isFull && group.length > 0) {
      groups.push(group);
      group = [];
    }
    group.push(text);
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

function outcomeOf(text: string, vector: Float32Array | undefined): EmbedOutcome {
  if (vector === undefined) {
    return {
      status: 'refused',
      kind: 'name-unreadable',
      reason: 'The model gives no direction for this text.',
      action: 'Change the name.',
    };
  }
  const contentHash = createHash('sha256').update(text, 'utf8').digest('hex');
  return { status: 'embedded', contentHash, vector };
}
