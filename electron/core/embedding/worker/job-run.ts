import { describeError, VitrineError } from '../../errors.ts';
import type { FromWorker, Outcome } from './protocol.ts';

/** One job under way in the worker: passes on what becomes of its inputs, until it is over. */
export class JobRun {
  readonly id: number;
  readonly #post: (message: FromWorker) => void;
  readonly #onOver: () => void;
  #missing: number;
  #isOver = false;

  constructor(
    id: number,
    options: {
      readonly inputCount: number;
      readonly post: (message: FromWorker) => void;
      readonly onOver: () => void;
    },
  ) {
    this.id = id;
    this.#missing = options.inputCount;
    this.#post = options.post;
    this.#onOver = options.onOver;
  }

  /** Done, failed or cancelled: nothing more is to be done for it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  started(indexes: readonly number[]): void {
    if (!this.#isOver) this.#post({ type: 'started', id: this.id, indexes });
  }

  settle(outcomes: readonly (readonly [index: number, outcome: Outcome])[]): void {
    if (this.#isOver || outcomes.length === 0) return;
    this.#missing -= outcomes.length;
    this.#post({ type: 'outcomes', id: this.id, outcomes });
    if (this.#missing <= 0) this.#end();
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    const known = error instanceof VitrineError ? error : undefined;
    this.#post({
      type: 'failed',
      id: this.id,
      code: known?.code ?? 'INFERENCE_FAILED',
      message: known?.message ?? `Embedding failed: ${describeError(error)}`,
      action: known?.data.action,
    });
    this.#end();
  }

  cancel(): void {
    if (!this.#isOver) this.#end();
  }

  #end(): void {
    this.#isOver = true;
    this.#onOver();
  }
}

/** Settles the inputs of a run that covered several jobs: one message a job. */
export function settleByJob(
  outcomes: readonly { readonly job: JobRun; readonly index: number; readonly outcome: Outcome }[],
): void {
  const byJob = Map.groupBy(outcomes, (one) => one.job);
  for (const [job, ones] of byJob) job.settle(ones.map((one) => [one.index, one.outcome] as const));
}
