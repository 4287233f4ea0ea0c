import { CONTROL_PREFIX } from './control.ts';
import type { CounterSnapshot } from './counters.ts';
import type { Faults } from './faults.ts';

/** Watches and disturbs a practice cloud over HTTP, in whatever process it runs. */
export class PracticeControl {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** What happened since the start. */
  async counters(): Promise<CounterSnapshot> {
    return (await this.#call('GET', 'counters')) as CounterSnapshot;
  }

  /** How often each key of an index was put since the start. */
  async putsByKey(bucket: string, index: string): Promise<Readonly<Record<string, number>>> {
    const query = new URLSearchParams({ index: `${bucket}/${index}` });
    return (await this.#call('GET', `puts?${query.toString()}`)) as Record<string, number>;
  }

  /** Replaces all faults; `{}` ends them. */
  async setFaults(faults: Faults): Promise<void> {
    await this.#call('PUT', 'faults', faults);
  }

  /** Puts the clock forward, for page tokens and rates. */
  async advanceClock(ms: number): Promise<void> {
    await this.#call('POST', 'clock', { advanceMs: ms });
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#endpoint}${CONTROL_PREFIX}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { message?: string };
    if (!response.ok) throw new Error(answer.message ?? `${method} ${path}: ${response.status}`);
    return answer;
  }
}
