import { assertNever } from '../../errors.ts';
import { DecodeGate } from './decode-gate.ts';
import type { ImageDecoder } from './decode-picture.ts';
import { JobRun } from './job-run.ts';
import { openModelEngine } from './model-engine.ts';
import type { ModelEngine } from './model-engine.ts';
import type { FromWorker, Job, Priority, ToWorker, WorkerModel } from './protocol.ts';
import { Scheduler } from './scheduler.ts';
import { ThumbnailLane } from './thumbnail-lane.ts';

/** A drawn picture of one grey pixel (PNG), to prove that decoding works. */
const CHECK_PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWNoaGgAAAMEAYEezv+mAAAAAElFTkSuQmCC',
  'base64',
);

/**
 * The worker's side of the protocol: returns what to call with each message of the parent.
 * `loadDecoder` is called once.
 */
export function serveWorker(
  post: (message: FromWorker) => void,
  loadDecoder: () => Promise<ImageDecoder>,
): (message: ToWorker) => void {
  const models = new Map<string, WorkerModel>();
  const engines = new Map<string, ModelEngine>();
  const jobs = new Map<number, JobRun>();
  const scheduler = new Scheduler();
  const gate = new DecodeGate();
  const decoding = loadDecoder();
  // Whoever awaits it hears of a failure; nobody may be awaiting it yet.
  decoding.catch(() => {});
  const thumbnailing = decoding.then((decoder) => new ThumbnailLane(decoder));
  thumbnailing.catch(() => {});

  async function engineOf(key: string): Promise<ModelEngine> {
    const decoder = await decoding;
    const known = engines.get(key);
    if (known !== undefined) return known;
    const model = models.get(key);
    if (model === undefined) throw new Error(`the model ${key} was not announced`);
    const engine = openModelEngine(model, { decoder, gate, scheduler });
    engines.set(key, engine);
    // The next job tries again: the file may have been mended.
    engine.opened.catch(() => engines.delete(key));
    return engine;
  }

  async function start(run: JobRun, job: Job, priority: Priority): Promise<void> {
    try {
      if (job.kind === 'thumbnails') return (await thumbnailing).push(run, job.inputs);
      const engine = await engineOf(job.modelKey);
      engine.opened.catch((error: unknown) => run.fail(error));
      switch (job.kind) {
        case 'pictures':
          return engine.pushPictures(run, job.inputs, priority);
        case 'texts':
          return engine.pushTexts(run, job.inputs, priority);
        default:
          return assertNever(job);
      }
    } catch (error) {
      run.fail(error);
    }
  }

  function begin(
    id: number,
    inputCount: number,
    postOf: (message: FromWorker) => void = post,
  ): JobRun {
    const run = new JobRun(id, { inputCount, post: postOf, onOver: () => jobs.delete(id) });
    jobs.set(id, run);
    return run;
  }

  /** An ordinary job of one built-in input; only its end is told. */
  function check(id: number, modelKey: string | null): void {
    const run = begin(id, 1, (message) => {
      if (message.type === 'failed') post(message);
      if (message.type === 'outcomes') post({ type: 'checked', id });
    });
    const source = { bytes: CHECK_PICTURE };
    if (modelKey === null) {
      void start(
        run,
        { kind: 'thumbnails', inputs: [{ source, width: 1, format: 'webp' }] },
        'query',
      );
    } else if (models.get(modelKey)?.spec.modality === 'text') {
      void start(run, { kind: 'texts', modelKey, inputs: ['a'] }, 'query');
    } else {
      void start(run, { kind: 'pictures', modelKey, inputs: [{ source }] }, 'query');
    }
  }

  return (message) => {
    switch (message.type) {
      case 'model':
        models.set(message.model.key, message.model);
        return;
      case 'job': {
        const run = begin(message.id, message.job.inputs.length);
        void start(run, message.job, message.priority);
        return;
      }
      case 'check':
        check(message.id, message.modelKey);
        return;
      case 'cancel':
        jobs.get(message.id)?.cancel();
        return;
      default:
        assertNever(message);
    }
  };
}
