import { describeError, VitrineError } from '../errors.ts';
import type { ChildPort } from '../ports.ts';
import type { FromWorker, ToWorker, WorkerModel } from './worker/protocol.ts';

/** Deaths in a row before a check of the restarted worker passed. */
const MAX_FAILED_STARTS = 4;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** What the child says about jobs. */
export type JobMessage = Exclude<FromWorker, { readonly type: 'checked' }>;

/** Whoever gives the child its jobs. */
export interface ChildOwner {
  receive(message: JobMessage): void;
  /** The child died, and with it what it had in hand. */
  bury(reason: string): void;
  /** It does not stay up. The next job starts it afresh. */
  giveUp(error: VitrineError): void;
  /** It may be given jobs, or be started again. */
  proceed(): void;
  /** What a restarted child must be able to run before it is given jobs. */
  modelsInUse(): Iterable<WorkerModel | null>;
}

/**
 * A child process that is started when needed and started again when it dies, with longer and longer
 * pauses.
 *
 * Before a restarted child is given jobs it must pass a check (decode a built-in picture, run the
 * models in use): a broken installation is no fault of the jobs.
 */
export class RestartingChild {
  readonly #launch: () => ChildPort;
  readonly #owner: ChildOwner;
  readonly #checks = new Map<number, PromiseWithResolvers<void>>();
  #child: ChildPort | undefined;
  #announced = new Set<string>();
  #isOpen = false;
  /** While a dead child's successor is held back. */
  #pause: { readonly timer: NodeJS.Timeout; readonly over: PromiseWithResolvers<void> } | undefined;
  #lastId = 0;
  #failedStarts = 0;
  #deathsWithoutOutcome = 0;
  #isStopped = false;

  constructor(options: { readonly launch: () => ChildPort; readonly owner: ChildOwner }) {
    this.#launch = options.launch;
    this.#owner = options.owner;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Whether it takes jobs now: it is new, or passed its check. Starts it unless that must wait. */
  open(): boolean {
    if (this.#isStopped || this.#pause !== undefined) return false;
    this.#ensureChild();
    return this.#isOpen;
  }

  /** A number for a message that will be answered. */
  nextId(): number {
    return ++this.#lastId;
  }

  /** Tells the child of a model before the first message that names it. */
  announce(model: WorkerModel | null): void {
    if (model === null || this.#announced.has(model.key)) return;
    this.#announced.add(model.key);
    this.post({ type: 'model', model });
  }

  post(message: ToWorker): void {
    this.#child?.post(message);
  }

  /** It did something useful: the next death is the first one again. */
  noteOutcome(): void {
    this.#deathsWithoutOutcome = 0;
  }

  /** Proves that it works, with `model` loaded and run once; without one, that it decodes. */
  async check(model: WorkerModel | null): Promise<void> {
    await this.#pause?.over.promise;
    if (this.#isStopped) throw cancelled();
    this.#ensureChild();
    if (this.#child === undefined) throw failure('it cannot be started');
    await this.#postCheck(model);
  }

  /** Ends it at once. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#endPause();
    const child = this.#child;
    if (child === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    child.onExit(() => resolve());
    child.kill();
    await promise;
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
    for (const model of this.#owner.modelsInUse()) {
      // A model that does not load is no death: its own jobs will say so.
      await this.#postCheck(model).catch(() => {});
    }
    if (this.#child !== child) return;
    this.#failedStarts = 0;
    this.#isOpen = true;
    this.#owner.proceed();
  }

  #postCheck(model: WorkerModel | null): Promise<void> {
    const id = this.nextId();
    this.announce(model);
    const check = Promise.withResolvers<void>();
    this.#checks.set(id, check);
    this.post({ type: 'check', id, modelKey: model?.key ?? null });
    return check.promise;
  }

  #receive(message: FromWorker): void {
    const check = this.#checks.get(message.id);
    if (check === undefined) {
      if (message.type !== 'checked') this.#owner.receive(message);
      return;
    }
    this.#checks.delete(message.id);
    if (message.type === 'failed') check.reject(failed(message));
    else check.resolve();
  }

  #bury(reason: string): void {
    this.#child = undefined;
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    if (this.#isStopped) return;
    this.#owner.bury(reason);
    const checks = [...this.#checks.values()];
    this.#checks.clear();
    for (const check of checks) check.reject(failure(reason));

    this.#deathsWithoutOutcome++;
    if (!wasOpen && ++this.#failedStarts >= MAX_FAILED_STARTS) {
      this.#failedStarts = 0;
      this.#deathsWithoutOutcome = 0;
      this.#owner.giveUp(failure(reason));
      return;
    }
    const pauseMs = Math.min(
      LONGEST_PAUSE_MS,
      FIRST_PAUSE_MS * 2 ** (this.#deathsWithoutOutcome - 1),
    );
    const timer = setTimeout(() => {
      this.#endPause();
      this.#owner.proceed();
    }, pauseMs);
    this.#pause = { timer, over: Promise.withResolvers() };
  }

  #endPause(): void {
    clearTimeout(this.#pause?.timer);
    this.#pause?.over.resolve();
    this.#pause = undefined;
  }
}

/** What the child itself failed with. */
export function failed(message: Extract<FromWorker, { readonly type: 'failed' }>): VitrineError {
  const { code, message: sentence, action } = message;
  return new VitrineError(code, sentence, action === undefined ? {} : { action });
}

export function cancelled(): VitrineError {
  return new VitrineError('CANCELLED', 'Cancelled.');
}

function failure(reason: string): VitrineError {
  const action = 'Start Vitrine again; if it stays like this, the log says more.';
  const message = `The worker process does not stay up (${reason}).`;
  return new VitrineError('INFERENCE_FAILED', message, { action });
}
