import { VitrineError } from '../../errors.ts';
import type { PictureInput } from '../embedder.ts';
import type { DecodeGate } from './decode-gate.ts';
import type { ImageDecoder } from './decode-picture.ts';
import type { JobRun } from './job-run.ts';
import { PictureLane } from './picture-lane.ts';
import type { Priority, WorkerModel } from './protocol.ts';
import type { RunSource, Scheduler } from './scheduler.ts';
import { openSession } from './session.ts';
import { TextLane } from './text-lane.ts';
import { loadTokenizer } from './tokenize.ts';

/** One model in the worker: its graph, loaded once, and the lanes that feed it. */
export interface ModelEngine {
  pushPictures(job: JobRun, inputs: readonly PictureInput[], priority: Priority): void;
  pushTexts(job: JobRun, texts: readonly string[], priority: Priority): void;
  /** Resolves when the graph is loaded; rejects with VitrineError MODEL_DAMAGED. */
  readonly opened: Promise<void>;
}

/** What all models of a worker share. */
export interface WorkerParts {
  readonly decoder: ImageDecoder;
  readonly gate: DecodeGate;
  readonly scheduler: Scheduler;
}

/** Starts loading `model`; what is pushed meanwhile waits for it. */
export function openModelEngine(model: WorkerModel, parts: WorkerParts): ModelEngine {
  return model.spec.modality === 'image' ? openImage(model, parts) : openText(model, parts);
}

function openImage(model: WorkerModel, { decoder, gate, scheduler }: WorkerParts): ModelEngine {
  const { spec } = model;
  if (spec.modality !== 'image') throw new TypeError(`${spec.id} is no image model`);
  const lanes = {
    query: new PictureLane(spec, { priority: 'query', decoder, gate, scheduler }),
    ingest: new PictureLane(spec, { priority: 'ingest', decoder, gate, scheduler }),
  };
  return {
    opened: feeding(scheduler, Object.values(lanes), async () => {
      const session = await openSession(model);
      lanes.query.open(session);
      lanes.ingest.open(session);
    }),
    pushPictures: (job, inputs, priority) => lanes[priority].push(job, inputs),
    pushTexts: (job) => job.fail(wrongModality(spec.id, 'pictures')),
  };
}

function openText(model: WorkerModel, { scheduler }: WorkerParts): ModelEngine {
  const { spec, tokenizerPath } = model;
  if (spec.modality !== 'text') throw new TypeError(`${spec.id} is no text model`);
  const lanes = {
    query: new TextLane(spec, { priority: 'query', scheduler }),
    ingest: new TextLane(spec, { priority: 'ingest', scheduler }),
  };
  if (tokenizerPath === undefined) throw new TypeError(`${spec.id} came without a tokenizer`);
  return {
    opened: feeding(scheduler, Object.values(lanes), async () => {
      const tokenizer = await loadTokenizer(tokenizerPath, spec.maxTokens);
      // The words of a question are too few for threads, and those of one graph, which spin for a
      // while after its run, slow down the picture's that follows: 15 ms for both instead of 10.
      lanes.query.open({ session: await openSession(model, 1), tokenizer });
      lanes.ingest.open({ session: await openSession(model), tokenizer });
    }),
    pushPictures: (job) => job.fail(wrongModality(spec.id, 'texts')),
    pushTexts: (job, texts, priority) => lanes[priority].push(job, texts),
  };
}

/** The lanes take part in the scheduling from now on, unless the model turns out not to load. */
async function feeding(
  scheduler: Scheduler,
  lanes: readonly RunSource[],
  open: () => Promise<void>,
): Promise<void> {
  for (const lane of lanes) scheduler.add(lane);
  try {
    await open();
  } catch (error) {
    for (const lane of lanes) scheduler.remove(lane);
    throw error;
  }
}

function wrongModality(id: string, what: string): VitrineError {
  return new VitrineError('INVALID_INPUT', `The model ${id} embeds ${what} only.`);
}
