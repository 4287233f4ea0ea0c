import type { VitrineError } from '../errors.ts';
import type { ChildPort, Log } from '../ports.ts';
import { cancelled, failed, RestartingChild, type JobMessage } from './restarting-child.ts';
import { pickInputs, refusalOfKiller } from './supervised-task.ts';
import type { RunOptions, Task } from './supervised-task.ts';
import type { Job, Outcome, WorkerModel } from './worker/protocol.ts';

/** An input that was in hand at so many deaths is tried alone, even if it was not seen to be started. */
const DEATHS_UNTIL_TRIAL = 2;

/** Inputs of a task that the child has. */
interface Dispatch {
  readonly task: Task;
  readonly indexes: readonly number[];
  readonly started: Set<number>;
  /** The only input the child has: if it dies now, this is why. */
  readonly isTrial: boolean;
}

interface Trial {
  readonly task: Task;
  readonly index: number;
}

/**
 * A worker process that may die. What it had in hand is then tried one by one, so that only the input
 * that kills it is lost.
 */
export class SupervisedWorker {
  readonly #log: Log;
  readonly #child: RestartingChild;
  readonly #tasks = new Set<Task>();
  readonly #dispatches = new Map<number, Dispatch>();
  #trials: Trial[] = [];

  constructor({ launch, log }: { readonly launch: () => ChildPort; readonly log: Log }) {
    this.#log = log;
    this.#child = new RestartingChild({
      launch,
      owner: {
        receive: (message) => this.#receive(message),
        bury: (reason) => this.#bury(reason),
        giveUp: (error) => this.#finishAll(error),
        proceed: () => this.#proceed(),
        modelsInUse: () => this.#modelsInUse(),
      },
    });
  }

  /** The process id of the child, while it runs. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * One outcome an input, in order.
   *
   * @throws VitrineError CANCELLED, INFERENCE_FAILED, or what the worker failed with.
   */
  run(job: Job, options: RunOptions): Promise<Outcome[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome[]>();
    const outcomes: (Outcome | undefined)[] = Array.from({ length: job.inputs.length });
    const cancel = (): void => task.finish(cancelled());
    const task: Task = {
      ...options,
      job,
      outcomes,
      deaths: Array.from({ length: job.inputs.length }, () => 0),
      pending: [...job.inputs.keys()],
      missing: job.inputs.length,
      isOver: false,
      finish: (error) => {
        if (task.isOver) return;
        task.isOver = true;
        options.signal?.removeEventListener('abort', cancel);
        this.#forget(task);
        if (error === undefined) resolve(outcomes as Outcome[]);
        else reject(error);
      },
    };
    this.#tasks.add(task);
    if (this.#child.isStopped || options.signal?.aborted === true) task.finish(cancelled());
    else if (task.missing === 0) task.finish();
    else {
      options.signal?.addEventListener('abort', cancel, { once: true });
      this.#proceed();
    }
    return promise;
  }

  /** Proves that the worker works, with `model` loaded and run once; without one, that it decodes. */
  check(model: WorkerModel | null): Promise<void> {
    return this.#child.check(model);
  }

  /** Ends the child at once, and with CANCELLED what is under way. */
  async stop(): Promise<void> {
    const stopped = this.#child.stop();
    this.#finishAll(cancelled());
    await stopped;
  }

  #proceed(): void {
    if (this.#tasks.size === 0 || !this.#child.open()) return;
    if (this.#trials.length === 0) {
      for (const task of this.#tasks) this.#dispatchPending(task);
      return;
    }
    // While there are suspects the child gets one thing at a time, so that a death names its cause.
    if (this.#dispatches.size > 0) return;
    for (const task of this.#tasks) {
      if (task.priority === 'query' && task.pending.length > 0) return this.#dispatchPending(task);
    }
    const trial = this.#trials.shift();
    if (trial !== undefined) this.#dispatch(trial.task, [trial.index], true);
  }

  #dispatchPending(task: Task): void {
    const indexes = task.pending;
    task.pending = [];
    if (indexes.length > 0) this.#dispatch(task, indexes, false);
  }

  #dispatch(task: Task, indexes: readonly number[], isTrial: boolean): void {
    const id = this.#child.nextId();
    this.#dispatches.set(id, { task, indexes, started: new Set(), isTrial });
    this.#child.announce(task.model);
    const job = pickInputs(task.job, indexes);
    this.#child.post({ type: 'job', id, priority: task.priority, job });
  }

  #finishAll(error: VitrineError): void {
    for (const task of this.#tasks) task.finish(error);
  }

  #forget(task: Task): void {
    this.#tasks.delete(task);
    this.#trials = this.#trials.filter((trial) => trial.task !== task);
    for (const [id, dispatch] of this.#dispatches) {
      if (dispatch.task !== task) continue;
      this.#dispatches.delete(id);
      this.#child.post({ type: 'cancel', id });
    }
    // Not at once: several tasks may be ending in one go.
    queueMicrotask(() => this.#proceed());
  }

  #modelsInUse(): Iterable<WorkerModel | null> {
    return new Map([...this.#tasks].map(({ model }) => [model?.key ?? '', model])).values();
  }

  #receive(message: JobMessage): void {
    const dispatch = this.#dispatches.get(message.id);
    switch (message.type) {
      case 'started':
        for (const index of message.indexes) dispatch?.started.add(index);
        return;
      case 'outcomes':
        this.#settle(message.id, message.outcomes);
        return;
      case 'failed':
        dispatch?.task.finish(failed(message));
        this.#proceed();
    }
  }

  #settle(id: number, outcomes: readonly (readonly [number, Outcome])[]): void {
    const dispatch = this.#dispatches.get(id);
    if (dispatch === undefined) return;
    this.#child.noteOutcome();
    const { task, indexes } = dispatch;
    for (const [position, outcome] of outcomes) {
      const index = indexes[position];
      if (index === undefined || task.outcomes[index] !== undefined) continue;
      task.outcomes[index] = outcome;
      task.missing--;
    }
    if (indexes.every((index) => task.outcomes[index] !== undefined)) this.#dispatches.delete(id);
    if (task.missing === 0) task.finish();
    this.#proceed();
  }

  #bury(reason: string): void {
    this.#log('warn', `A worker ended (${reason})`, { inHand: this.#dispatches.size });
    const dispatches = [...this.#dispatches.values()];
    this.#dispatches.clear();
    for (const dispatch of dispatches) this.#suspect(dispatch, reason);
  }

  /** Which inputs may have killed the child: alone in hand, surely; otherwise those it had touched. */
  #suspect({ task, indexes, started, isTrial }: Dispatch, reason: string): void {
    for (const [position, index] of indexes.entries()) {
      if (task.outcomes[index] !== undefined) continue;
      const deaths = (task.deaths[index] ?? 0) + 1;
      task.deaths[index] = deaths;
      if (isTrial) {
        task.outcomes[index] = refusalOfKiller(task.job, reason);
        task.missing--;
      } else if (started.has(position) || deaths >= DEATHS_UNTIL_TRIAL) {
        this.#trials.push({ task, index });
      } else {
        task.pending.push(index);
      }
    }
    if (task.missing === 0) task.finish();
  }
}
