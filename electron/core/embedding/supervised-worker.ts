import { describeError, VitrineError } from '../errors.ts';
import type { ChildPort, Log } from '../ports.ts';
import { pickInputs, refusalOfKiller } from './supervised-task.ts';
import type { RunOptions, Task } from './supervised-task.ts';
import type { FromWorker, Job, Outcome, ToWorker, WorkerModel } from './worker/protocol.ts';

/** Deaths in a row before a check of the restarted worker passed. */
const MAX_FAILED_STARTS = 4;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
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

interface Check {
  resolve(): void;
  reject(error: VitrineError): void;
}

/**
 * A worker process that may die. It is started when needed and started again when it dies; what was
 * in hand is then tried one by one, so that only the input that kills it is lost.
 *
 * Before anything is blamed, the new process must pass a check (decode a built-in picture, run the
 * models in use). So a broken installation ends in INFERENCE_FAILED and never in a catalog full of
 * pictures marked as killers.
 */
export class SupervisedWorker {
  readonly #launch: () => ChildPort;
  readonly #log: Log;
  readonly #tasks = new Set<Task>();
  readonly #dispatches = new Map<number, Dispatch>();
  readonly #checks = new Map<number, Check>();
  #trials: Trial[] = [];
  #child: ChildPort | undefined;
  #announced = new Set<string>();
  /** The child may be given jobs: it is new, or passed its check. */
  #isOpen = false;
  /** While a dead child's successor is held back. */
  #pause: { readonly timer: NodeJS.Timeout; readonly over: PromiseWithResolvers<void> } | undefined;
  #lastId = 0;
  #failedStarts = 0;
  #deathsWithoutOutcome = 0;
  #isStopped = false;

  constructor(options: { readonly launch: () => ChildPort; readonly log: Log }) {
    this.#launch = options.launch;
    this.#log = options.log;
  }

  /** The process id of the child, while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
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
    if (this.#isStopped || options.signal?.aborted === true) task.finish(cancelled());
    else if (task.missing === 0) task.finish();
    else {
      options.signal?.addEventListener('abort', cancel, { once: true });
      this.#proceed();
    }
    return promise;
  }

  /** Proves that the worker works, with `model` loaded and run once; without one, that it decodes. */
  async check(model: WorkerModel | null): Promise<void> {
    await this.#pause?.over.promise;
    if (this.#isStopped) throw cancelled();
    this.#ensureChild();
    if (this.#child === undefined) throw this.#failure('it cannot be started');
    await this.#postCheck(model);
  }

  /** Ends the child at once, and with CANCELLED what is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#endPause();
    for (const task of this.#tasks) task.finish(cancelled());
    const child = this.#child;
    if (child === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    child.onExit(() => resolve());
    child.kill();
    await promise;
  }

  #proceed(): void {
    if (this.#isStopped || this.#pause !== undefined || this.#tasks.size === 0) return;
    this.#ensureChild();
    if (!this.#isOpen) return;
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
    const id = ++this.#lastId;
    this.#dispatches.set(id, { task, indexes, started: new Set(), isTrial });
    this.#announce(task.model);
    this.#post({ type: 'job', id, priority: task.priority, job: pickInputs(task.job, indexes) });
  }

  #announce(model: WorkerModel | null): void {
    if (model === null || this.#announced.has(model.key)) return;
    this.#announced.add(model.key);
    this.#post({ type: 'model', model });
  }

  #postCheck(model: WorkerModel | null): Promise<void> {
    const id = ++this.#lastId;
    this.#announce(model);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#checks.set(id, { resolve, reject });
    this.#post({ type: 'check', id, modelKey: model?.key ?? null });
    return promise;
  }

  #post(message: ToWorker): void {
    this.#child?.post(message);
  }

  #forget(task: Task): void {
    this.#tasks.delete(task);
    this.#trials = this.#trials.filter((trial) => trial.task !== task);
    for (const [id, dispatch] of this.#dispatches) {
      if (dispatch.task !== task) continue;
      this.#dispatches.delete(id);
      this.#post({ type: 'cancel', id });
    }
    // Not at once: several tasks may be ending in one go.
    queueMicrotask(() => this.#proceed());
  }

  #ensureChild(): void {
    if (this.#child !== undefined) return;
    let child: ChildPort;
    try {
      child = this.#launch();
    } catch (error) {
      this.#bury(`cannot be started: ${describeError(error)}`);
      return;
    }
    this.#child = child;
    this.#announced = new Set();
    child.onMessage((message) => {
      if (this.#child === child) this.#receive(message as FromWorker);
    });
    child.onExit((reason) => {
      if (this.#child === child) this.#bury(reason);
    });
    if (this.#deathsWithoutOutcome === 0) this.#isOpen = true;
    else void this.#checkRestarted();
  }

  async #checkRestarted(): Promise<void> {
    const child = this.#child;
    const models = new Map<string, WorkerModel | null>();
    for (const { model } of this.#tasks) models.set(model?.key ?? '', model);
    for (const model of models.values()) {
      // A model that does not load is no death: its own jobs will say so.
      await this.#postCheck(model).catch(() => {});
    }
    if (this.#child !== child) return;
    this.#failedStarts = 0;
    this.#isOpen = true;
    this.#proceed();
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'checked':
        this.#checks.get(message.id)?.resolve();
        this.#checks.delete(message.id);
        return;
      case 'started': {
        const dispatch = this.#dispatches.get(message.id);
        for (const index of message.indexes) dispatch?.started.add(index);
        return;
      }
      case 'outcomes':
        this.#settle(message.id, message.outcomes);
        return;
      case 'failed': {
        const error = new VitrineError(message.code, message.message, actionData(message.action));
        this.#checks.get(message.id)?.reject(error);
        this.#checks.delete(message.id);
        this.#dispatches.get(message.id)?.task.finish(error);
        this.#proceed();
      }
    }
  }

  #settle(id: number, outcomes: readonly (readonly [number, Outcome])[]): void {
    const dispatch = this.#dispatches.get(id);
    if (dispatch === undefined) return;
    this.#deathsWithoutOutcome = 0;
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
    this.#child = undefined;
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    if (this.#isStopped) return;
    this.#log('warn', `A worker ended (${reason})`, { inHand: this.#dispatches.size });
    const dispatches = [...this.#dispatches.values()];
    this.#dispatches.clear();
    for (const dispatch of dispatches) this.#suspect(dispatch, reason);
    const checks = [...this.#checks.values()];
    this.#checks.clear();
    for (const check of checks) check.reject(this.#failure(reason));

    this.#deathsWithoutOutcome++;
    if (!wasOpen && ++this.#failedStarts >= MAX_FAILED_STARTS) {
      this.#failedStarts = 0;
      this.#deathsWithoutOutcome = 0;
      for (const task of this.#tasks) task.finish(this.#failure(reason));
      return;
    }
    const pauseMs = Math.min(
      LONGEST_PAUSE_MS,
      FIRST_PAUSE_MS * 2 ** (this.#deathsWithoutOutcome - 1),
    );
    const timer = setTimeout(() => {
      this.#endPause();
      this.#proceed();
    }, pauseMs);
    this.#pause = { timer, over: Promise.withResolvers() };
  }

  #endPause(): void {
    clearTimeout(this.#pause?.timer);
    this.#pause?.over.resolve();
    this.#pause = undefined;
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

  #failure(reason: string): VitrineError {
    return new VitrineError(
      'INFERENCE_FAILED',
      `The worker process does not stay up (${reason}).`,
      {
        action: 'Start Vitrine again; if it stays like this, the log says more.',
      },
    );
  }
}

function cancelled(): VitrineError {
  return new VitrineError('CANCELLED', 'Cancelled.');
}

function actionData(action: string | undefined): { action?: string } {
  return action === undefined ? {} : { action };
}
