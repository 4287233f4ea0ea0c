import type { ImageDecoder } from './decode-picture.ts';
import type { JobRun } from './job-run.ts';
import type { ThumbnailInput } from './protocol.ts';
import { PictureReader } from './read-picture.ts';

/** Made at once; libuv's pool has four threads, and more would only wait there holding their bytes. */
const MAX_AT_ONCE = 4;

/** The thumbnails waiting, first come first served. */
export class ThumbnailLane {
  readonly #decoder: ImageDecoder;
  readonly #reader = new PictureReader();
  readonly #waiting: {
    readonly job: JobRun;
    readonly index: number;
    readonly input: ThumbnailInput;
  }[] = [];
  #underWay = 0;

  constructor(decoder: ImageDecoder) {
    this.#decoder = decoder;
  }

  push(job: JobRun, inputs: readonly ThumbnailInput[]): void {
    for (const [index, input] of inputs.entries()) this.#waiting.push({ job, index, input });
    this.#startMore();
  }

  #startMore(): void {
    while (this.#underWay < MAX_AT_ONCE) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      if (!next.job.isOver) void this.#make(next.job, next.index, next.input);
    }
  }

  async #make(job: JobRun, index: number, input: ThumbnailInput): Promise<void> {
    this.#underWay++;
    job.started([index]);
    try {
      const picture = await this.#reader.read(input.source);
      const outcome =
        picture.status === 'refused'
          ? picture
          : await this.#decoder.thumbnail(picture.bytes, input);
      job.settle([[index, outcome]]);
    } catch (error) {
      job.fail(error);
    } finally {
      this.#underWay--;
      this.#startMore();
    }
  }
}
