import type { Clock } from '../clock.ts';
import type { Counters } from '../counters.ts';
import type { Limits } from '../limits.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import type { Account } from '../store/account.ts';
import type { Index } from '../store/resources.ts';
import type { PageTokens } from '../store/page-tokens.ts';

/** What every operation works on. */
export interface OperationContext {
  readonly account: Account;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly tokens: PageTokens;
  readonly limiterOf: (index: Index) => RateLimiter;
}

/** Answers a request by its members. @throws ServiceError for an answer that is an error. */
export type Operation = (
  context: OperationContext,
  input: Readonly<Record<string, unknown>>,
) => object;
