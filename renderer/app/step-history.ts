/** Changes of one kind that follow each other faster than this are one step, as in a text field. */
const PAUSE_MS = 900;
const MOST_STEPS = 100;

interface StepHistoryOptions<S> {
  /** Fields that change bit by bit: letters typed, a slider moved. */
  readonly gradual: readonly (keyof S)[];
  /** Milliseconds; the clock of the system where left out. */
  readonly now?: () => number;
}

/** What a state was before each of its changes, to go back to and forward again. */
export class StepHistory<S extends object> {
  readonly #gradual: readonly (keyof S)[];
  readonly #now: () => number;
  #past: S[] = [];
  #current: S;
  #future: S[] = [];
  /** The field that changed last and when, while it may still be going on. */
  #going: { readonly field: keyof S; readonly at: number } | null = null;

  constructor(start: S, { gradual, now = Date.now }: StepHistoryOptions<S>) {
    this.#current = start;
    this.#gradual = gradual;
    this.#now = now;
  }

  /** Takes down the state after a change. */
  note(next: S): void {
    const changed = this.#gradual.filter((field) => !Object.is(next[field], this.#current[field]));
    const others = fieldsOf(next).filter(
      (field) => !this.#gradual.includes(field) && !Object.is(next[field], this.#current[field]),
    );
    if (changed.length + others.length === 0) return;
    const field = others.length === 0 && changed.length === 1 ? changed[0] : undefined;
    const at = this.#now();
    const goesOn =
      field !== undefined && this.#going?.field === field && at - this.#going.at < PAUSE_MS;
    if (!goesOn) this.#past = [...this.#past, this.#current].slice(-MOST_STEPS);
    this.#future = [];
    this.#current = next;
    this.#going = field === undefined ? null : { field, at };
  }

  /** The state one step back; null at the first. */
  undo(): S | null {
    const before = this.#past.pop();
    if (before === undefined) return null;
    this.#future.push(this.#current);
    return this.#turnTo(before);
  }

  /** The state one step forward; null at the last. */
  redo(): S | null {
    const after = this.#future.pop();
    if (after === undefined) return null;
    this.#past.push(this.#current);
    return this.#turnTo(after);
  }

  /** Forgets all steps: what comes before `start` cannot be gone back to. */
  restart(start: S): void {
    this.#past = [];
    this.#future = [];
    this.#turnTo(start);
  }

  #turnTo(state: S): S {
    this.#current = state;
    this.#going = null;
    return state;
  }
}

function fieldsOf<S extends object>(state: S): (keyof S)[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a plain object's own keys
  return Object.keys(state) as (keyof S)[];
}
