import { assertNever } from '../errors.ts';
import type { VitrineError } from '../errors.ts';
import type { Refused } from './embedder.ts';
import { crashingPicture, crashingText } from './refusals.ts';
import type { Job, Outcome, Priority, WorkerModel } from './worker/protocol.ts';

export interface RunOptions {
  readonly priority: Priority;
  /** The model the job names. */
  readonly model: WorkerModel | null;
  readonly signal?: AbortSignal | undefined;
}

/** A job and what became of its inputs so far, across the deaths of its worker. */
export interface Task extends RunOptions {
  readonly job: Job;
  readonly outcomes: (Outcome | undefined)[];
  readonly deaths: number[];
  /** Inputs that wait to be given to the child. */
  pending: number[];
  missing: number;
  isOver: boolean;
  finish(error?: VitrineError): void;
}

/** The same job with only some of its inputs. */
export function pickInputs(job: Job, indexes: readonly number[]): Job {
  if (indexes.length === job.inputs.length) return job;
  switch (job.kind) {
    case 'pictures':
      return { ...job, inputs: pick(job.inputs, indexes) };
    case 'texts':
      return { ...job, inputs: pick(job.inputs, indexes) };
    case 'thumbnails':
      return { ...job, inputs: pick(job.inputs, indexes) };
    default:
      return assertNever(job);
  }
}

function pick<Item>(items: readonly Item[], indexes: readonly number[]): Item[] {
  return indexes.map((index) => items[index]!);
}

export function refusalOfKiller(job: Job, reason: string): Refused {
  return job.kind === 'texts' ? crashingText(reason) : crashingPicture(reason);
}
