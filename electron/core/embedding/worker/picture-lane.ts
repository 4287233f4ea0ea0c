import type { ImageModelSpec } from '../../models/manifest.ts';
import type { EmbedOutcome, PictureInput } from '../embedder.ts';
import { unreadablePicture } from '../refusals.ts';
import type { DecodeGate } from './decode-gate.ts';
import type { ImageDecoder } from './decode-picture.ts';
import { settleByJob } from './job-run.ts';
import type { JobRun } from './job-run.ts';
import { poolOutput } from './pool-output.ts';
import { createPixelWriter, pixelCount, tensorShape } from './preprocess.ts';
import type { WritePixels } from './preprocess.ts';
import type { Priority } from './protocol.ts';
import { PictureReader } from './read-picture.ts';
import type { RunSource, Scheduler } from './scheduler.ts';
import type { Session } from './session.ts';

/**
 * Batches in hand (being read, decoded, or ready) beside the one that runs. A picture needs several
 * turns of the event loop to become ready and a run leaves it one, so they must be far ahead.
 */
const BATCHES_AHEAD = 6;
/** Few large files fill it: then fewer are ahead, which is enough because decoding them is what takes time. */
const MAX_BYTES_AHEAD = 128 * 1024 * 1024;

interface Place {
  readonly job: JobRun;
  readonly index: number;
}
interface Waiting extends Place {
  readonly input: PictureInput;
}
interface Ready extends Place {
  readonly contentHash: string;
  readonly rgb: Uint8Array;
}

/** The pictures waiting for one model at one priority: reads and decodes ahead, runs in batches. */
export class PictureLane implements RunSource {
  readonly priority: Priority;
  readonly #spec: ImageModelSpec;
  readonly #decoder: ImageDecoder;
  readonly #gate: DecodeGate;
  readonly #scheduler: Scheduler;
  readonly #writePixels: WritePixels;
  readonly #tensor: Float32Array;
  readonly #reader = new PictureReader();
  #session: Session | undefined;
  #waiting: Waiting[] = [];
  #ready: Ready[] = [];
  #inPreparation = 0;
  #bytesAhead = 0;

  constructor(
    spec: ImageModelSpec,
    options: {
      readonly priority: Priority;
      readonly decoder: ImageDecoder;
      readonly gate: DecodeGate;
      readonly scheduler: Scheduler;
    },
  ) {
    this.#spec = spec;
    this.priority = options.priority;
    this.#decoder = options.decoder;
    this.#gate = options.gate;
    this.#scheduler = options.scheduler;
    this.#writePixels = createPixelWriter(spec.preprocessing);
    this.#tensor = new Float32Array(spec.batch * pixelCount(spec.preprocessing));
  }

  /** From now on there is something to run on; until then pictures are only decoded ahead. */
  open(session: Session): void {
    this.#session = session;
    this.#scheduler.wake();
  }

  push(job: JobRun, inputs: readonly PictureInput[]): void {
    for (const [index, input] of inputs.entries()) this.#waiting.push({ job, index, input });
    this.#prepareMore();
  }

  take(): (() => Promise<void>) | undefined {
    const session = this.#session;
    if (session === undefined) return undefined;
    this.#ready = this.#ready.filter((one) => !one.job.isOver);
    const isLast = this.#inPreparation === 0 && this.#waiting.length === 0;
    const isEnough =
      this.#ready.length >= this.#spec.batch ||
      (this.#ready.length > 0 && (isLast || this.priority === 'query'));
    if (!isEnough) return undefined;
    const batch = this.#ready.splice(0, this.#spec.batch);
    // Before the run holds the thread, so that the decoders have work meanwhile.
    this.#prepareMore();
    return () => this.#run(session, batch);
  }

  isPreparing(): boolean {
    return this.#inPreparation > 0;
  }

  async #run(session: Session, batch: readonly Ready[]): Promise<void> {
    try {
      const { preprocessing } = this.#spec;
      for (const [slot, one] of batch.entries()) this.#writePixels(one.rgb, this.#tensor, slot);
      const output = await session.run({
        [this.#spec.input]: {
          data: this.#tensor.subarray(0, batch.length * pixelCount(preprocessing)),
          dims: tensorShape(preprocessing, batch.length),
        },
      });
      const vectors = poolOutput(output, this.#spec);
      settleByJob(
        batch.map(({ job, index, contentHash }, slot) => {
          const vector = vectors[slot];
          const outcome: EmbedOutcome =
            vector === undefined
              ? unreadablePicture('the model gives no direction for it')
              : { status: 'embedded', contentHash, vector };
          return { job, index, outcome };
        }),
      );
    } catch (error) {
      for (const { job } of batch) job.fail(error);
    }
  }

  #prepareMore(): void {
    const started = new Map<JobRun, number[]>();
    const limit = this.#spec.batch * BATCHES_AHEAD;
    const next: Waiting[] = [];
    while (
      this.#inPreparation + next.length + this.#ready.length < limit &&
      (this.#bytesAhead < MAX_BYTES_AHEAD || this.#inPreparation + this.#ready.length === 0)
    ) {
      const one = this.#waiting.shift();
      if (one === undefined) break;
      if (one.job.isOver) continue;
      next.push(one);
      const indexes = started.get(one.job);
      if (indexes === undefined) started.set(one.job, [one.index]);
      else indexes.push(one.index);
    }
    for (const [job, indexes] of started) job.started(indexes);
    for (const one of next) void this.#prepare(one);
  }

  async #prepare({ job, index, input }: Waiting): Promise<void> {
    this.#inPreparation++;
    let sizeBytes = 0;
    try {
      const picture = await this.#reader.read(input.source);
      if (picture.status === 'refused') return job.settle([[index, picture]]);
      const { bytes, contentHash } = picture;
      sizeBytes = bytes.byteLength;
      this.#bytesAhead += sizeBytes;
      if (contentHash === input.knownHash) {
        return job.settle([[index, { status: 'unchanged', contentHash }]]);
      }
      if (job.isOver) return;
      const options = { ...this.#spec.preprocessing, crop: input.crop };
      const pixels = await this.#gate.run(this.priority, () =>
        this.#decoder.decode(bytes, options),
      );
      if (pixels.status === 'refused') return job.settle([[index, pixels]]);
      this.#ready.push({ job, index, contentHash, rgb: pixels.rgb });
    } catch (error) {
      job.fail(error);
    } finally {
      this.#inPreparation--;
      this.#bytesAhead -= sizeBytes;
      this.#prepareMore();
      this.#scheduler.wake();
    }
  }
}
