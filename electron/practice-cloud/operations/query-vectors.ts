import type { Metadata } from '../../../shared/contract/filter.ts';
import type { Limits } from '../limits.ts';
import { INDEX_MODES, type Index, type IndexMode } from '../store/resources.ts';
import { compileFilter, type CompiledFilter } from '../store/filter.ts';
import { RequestFields } from '../wire/request-fields.ts';
import { invalid } from '../wire/service-error.ts';
import type { Operation } from './context.ts';
import { indexTarget } from './targets.ts';
import { float32Of, vectorFault } from './vector-data.ts';

interface Hit {
  readonly key: string;
  readonly distance: number;
  readonly metadata: Metadata;
}

/** The hits that are still to come, and where they begin. */
interface Rest {
  readonly hits: readonly Hit[];
  readonly from: number;
}

/** Exact in both modes: a CLASSIC index of the service may find fewer with a selective filter. */
export const queryVectors: Operation = ({ account, limits, tokens }, input) => {
  const fields = new RequestFields(input);
  const target = indexTarget(fields);
  const topK = fields.integer('topK', { min: 1, max: limits.topK, required: true });
  const data = fields.object('queryVector', { required: true });
  const filter = fields.object('filter');
  const mode = fields.oneOf('queryMode', INDEX_MODES);
  const returnDistance = fields.boolean('returnDistance');
  const returnMetadata = fields.boolean('returnMetadata');
  const token = fields.string('nextToken', { min: 1, max: 4096 });
  fields.check();
  const vector = float32Of(data, 'queryVector');
  const index = target(account);
  const fault = vectorFault(vector, index);
  if (fault !== null) throw invalid('/queryVector', `Invalid query vector: ${fault}`);
  const compiled = filter === undefined ? null : compileFilter(filter);
  checkMode(index, { mode, filter: compiled, limits });

  const request = JSON.stringify([index.id, topK, [...vector], filter, mode]);
  const { hits, from } =
    token === ''
      ? { hits: index.vectors.nearest(vector, topK, compiled?.matches ?? null), from: 0 }
      : (tokens.redeem(token, request) as Rest);
  const next = from + limits.queryPage;
  return {
    vectors: hits.slice(from, next).map(({ key, distance, metadata }) => ({
      key,
      ...(returnDistance && { distance }),
      ...(returnMetadata && { metadata }),
    })),
    distanceMetric: index.settings.metric,
    ...(next < hits.length && { nextToken: tokens.issue(request, { hits, from: next }) }),
  };
};

function checkMode(
  { settings }: Index,
  {
    mode,
    filter,
    limits,
  }: { mode: IndexMode | undefined; filter: CompiledFilter | null; limits: Limits },
): void {
  if (mode === 'CLASSIC' && settings.mode === 'ENHANCED') {
    throw invalid('/queryMode', 'queryMode CLASSIC cannot be used with an ENHANCED index');
  }
  if (filter === null) return;
  const hidden = settings.nonFilterableKeys.find((key) => filter.fields.has(key));
  if (hidden !== undefined) {
    throw invalid('/filter', `Invalid query filter: metadata key '${hidden}' is not filterable`);
  }
  if (filter.usesStartsWith && (mode ?? settings.mode) === 'CLASSIC') {
    throw invalid('/filter', 'Invalid query filter: $startsWith requires the ENHANCED mode');
  }
  if (settings.mode === 'ENHANCED' && filter.constraints > limits.filterConstraints) {
    throw invalid(
      '/filter',
      `Invalid query filter: at most ${limits.filterConstraints} filter constraints are allowed`,
    );
  }
}
