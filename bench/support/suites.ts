import { benchCsv } from '../csv.ts';
import { benchEmbedding } from '../embedding.ts';
import { benchPublish } from '../publish.ts';
import { benchQuery } from '../query.ts';
import { benchResponsiveness } from '../responsiveness.ts';
import { benchScale } from '../scale.ts';
import { benchSearch } from '../search.ts';
import { benchVerify } from '../verify.ts';
import { benchWindow } from '../window.ts';
import type { Effort } from './effort.ts';
import type { Report } from './report.ts';

/** Every suite by the name that selects it, in the order they run. */
export const SUITES: ReadonlyMap<string, (effort: Effort) => Promise<Report>> = new Map([
  ['embedding', benchEmbedding],
  ['search', benchSearch],
  ['query', benchQuery],
  ['responsiveness', benchResponsiveness],
  ['scale', benchScale],
  ['csv', benchCsv],
  ['publish', benchPublish],
  ['verify', benchVerify],
  ['window', benchWindow],
]);
