import { randomUUID } from 'node:crypto';
import { invalid } from '../wire/service-error.ts';

interface Page {
  readonly request: string;
  readonly expiresAt: number;
  readonly state: unknown;
}

/** More than anyone pages through at once; beyond it the oldest is forgotten. */
const MAX_PAGES = 5000;

/** Tokens of pages to come. One is good for the request it was given for, until it expires. */
export class PageTokens {
  readonly #pages = new Map<string, Page>();
  readonly #now: () => number;
  readonly #lifetimeMs: number;

  constructor(now: () => number, lifetimeMs: number) {
    this.#now = now;
    this.#lifetimeMs = lifetimeMs;
  }

  /** @param request Everything of the request that must stay the same, as one string. */
  issue(request: string, state: unknown): string {
    const token = randomUUID();
    this.#pages.set(token, { request, state, expiresAt: this.#now() + this.#lifetimeMs });
    for (const [oldest, { expiresAt }] of this.#pages) {
      if (this.#pages.size <= MAX_PAGES && expiresAt > this.#now()) break;
      this.#pages.delete(oldest);
    }
    return token;
  }

  /** @throws ServiceError ValidationException when it is unknown, expired or of another request. */
  redeem(token: string, request: string): unknown {
    const page = this.#pages.get(token);
    if (page === undefined || page.expiresAt <= this.#now()) {
      throw invalid('/nextToken', 'The pagination token is not valid or has expired');
    }
    if (page.request !== request) {
      throw invalid(
        '/nextToken',
        'The pagination token belongs to a request with other parameters',
      );
    }
    return page.state;
  }
}
