import { EXCEPTIONS, ServiceError, type ExceptionName } from './wire/service-error.ts';

/**
 * What may go wrong on demand: an exception in place of the answer (before anything took effect), a
 * delay, or a connection that breaks before or after the request took effect.
 */
export type FaultName = ExceptionName | 'latency' | 'drop-before' | 'drop-after';

export interface Faults {
  /** How likely each is, 0 to 1 a request; together at most 1. */
  readonly rates?: Readonly<Partial<Record<FaultName, number>>>;
  /** Played one a request, in order, before any by chance; `ok` leaves a request alone. */
  readonly script?: readonly (FaultName | 'ok')[];
  /** Only these operations; all when left out. */
  readonly operations?: readonly string[];
  /** How long `latency` takes; 250 when left out. */
  readonly latencyMs?: number;
  /** PutVectors with more vectors than this is answered ServiceUnavailableException, every time. */
  readonly capacity?: number;
}

const MESSAGES: Partial<Record<ExceptionName, string>> = {
  AccessDeniedException: 'User is not authorized to perform this operation',
  InternalServerException: 'An internal error occurred',
  ServiceUnavailableException: 'Currently unable to handle the request',
  TooManyRequestsException: 'Please reduce your request rate',
};

const OTHERS: readonly string[] = ['latency', 'drop-before', 'drop-after', 'ok'];

/** Chooses the fault of each request; the same seed and the same requests make the same faults. */
export class FaultPlayer {
  #faults: Faults = {};
  #script: (FaultName | 'ok')[] = [];
  readonly #random: () => number;

  constructor(faults: Faults, seed: number) {
    this.#random = seededRandom(seed);
    this.set(faults);
  }

  get latencyMs(): number {
    return this.#faults.latencyMs ?? 250;
  }

  get capacity(): number {
    return this.#faults.capacity ?? Infinity;
  }

  /** Replaces all of them. @throws Error naming a fault nobody knows, or rates that exceed 1. */
  set(faults: Faults): void {
    const names = [...Object.keys(faults.rates ?? {}), ...(faults.script ?? [])];
    const unknown = names.find(
      (name) => !Object.hasOwn(EXCEPTIONS, name) && !OTHERS.includes(name),
    );
    if (unknown !== undefined) {
      throw new Error(
        `Unknown fault ${unknown}: name an exception of the service or one of ${OTHERS.join(', ')}`,
      );
    }
    const rates = Object.values(faults.rates ?? {});
    if (rates.some((rate) => !(rate >= 0)) || rates.reduce((sum, rate) => sum + rate, 0) > 1) {
      throw new Error('Fault rates must be 0 or more, and 1 at most when added up');
    }
    this.#faults = faults;
    this.#script = [...(faults.script ?? [])];
  }

  /** The fault of the next request, or null. */
  next(operation: string): FaultName | null {
    const { operations, rates = {} } = this.#faults;
    if (operations?.includes(operation) === false) return null;
    const scripted = this.#script.shift();
    if (scripted !== undefined) return scripted === 'ok' ? null : scripted;
    let chance = this.#random();
    for (const [name, rate] of Object.entries(rates)) {
      chance -= rate;
      if (chance < 0) return name as FaultName;
    }
    return null;
  }
}

/** The exception a fault stands for, or null when it is of another kind. */
export function exceptionOf(fault: FaultName): ServiceError | null {
  if (!Object.hasOwn(EXCEPTIONS, fault)) return null;
  const name = fault as ExceptionName;
  return new ServiceError(name, MESSAGES[name] ?? `Asked for by the faults: ${name}`);
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
