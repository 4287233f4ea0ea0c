import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { createSharpDecoder } from '../../electron/core/embedding/worker/decode-picture.ts';
import { inferenceThreads } from '../../electron/core/embedding/worker/inference-threads.ts';
import { poolOutput } from '../../electron/core/embedding/worker/pool-output.ts';
import {
  createPixelWriter,
  pixelCount,
  tensorShape,
} from '../../electron/core/embedding/worker/preprocess.ts';
import { openSession } from '../../electron/core/embedding/worker/session.ts';
import type { ResolvedModel } from '../../electron/core/models/model-registry.ts';

/** Decodes in flight: enough to keep four libuv threads busy. */
const IN_FLIGHT = 8;

/** Cores that inference uses: those of the ceiling. */
export const CORES = inferenceThreads() ?? availableParallelism();

/** What a picture costs at least, measured without any of the application around it. */
export interface ImageCeiling {
  /** Milliseconds of one core to read and decode a picture, by processor time. */
  decodeCoreMs(pictures: readonly string[]): Promise<number>;
  /** Milliseconds of one core to run the model on a picture, in its batches, nothing else running. */
  modelCoreMs(batches: number): Promise<number>;
  /** The loop one writes first: read, decode, run one picture, then the next. Pictures a second. */
  naiveRate(pictures: readonly string[]): Promise<number>;
}

/** Loads the model into this process, as the application's worker loads it. */
export async function openImageCeiling({ spec, ...model }: ResolvedModel): Promise<ImageCeiling> {
  if (spec.modality !== 'image') throw new TypeError(`${spec.id} is no image model`);
  const { preprocessing, input } = spec;
  const decoder = await createSharpDecoder();
  const session = await openSession({ key: spec.id, spec, ...model });
  const writePixels = createPixelWriter(preprocessing);
  const size = pixelCount(preprocessing);
  const tensor = new Float32Array(spec.batch * size);

  async function decode(picture: string): Promise<Uint8Array> {
    const pixels = await decoder.decode(await readFile(picture), preprocessing);
    if (pixels.status === 'refused') throw new Error(`${picture}: ${pixels.reason}`);
    return pixels.rgb;
  }

  async function run(batch: number): Promise<void> {
    const dims = tensorShape(preprocessing, batch);
    const data = tensor.subarray(0, batch * size);
    const output = await session.run({ [input]: { data, dims } });
    if (poolOutput(output, spec).length !== batch) throw new Error('The model left pictures out');
  }

  return {
    async decodeCoreMs(pictures) {
      const waiting = [...pictures];
      const before = process.cpuUsage();
      await Promise.all(
        Array.from({ length: IN_FLIGHT }, async () => {
          for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
            await decode(next);
          }
        }),
      );
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000 / pictures.length;
    },
    async modelCoreMs(batches) {
      await run(spec.batch);
      const began = performance.now();
      for (let done = 0; done < batches; done += 1) await run(spec.batch);
      return ((performance.now() - began) * CORES) / (batches * spec.batch);
    },
    async naiveRate(pictures) {
      const began = performance.now();
      for (const picture of pictures) {
        writePixels(await decode(picture), tensor, 0);
        await run(1);
      }
      return (pictures.length * 1000) / (performance.now() - began);
    },
  };
}
