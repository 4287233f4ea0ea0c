import { jsonBytes } from '../store/metadata-rules.ts';
import type { VectorRecord } from '../store/vector-index.ts';
import { RequestFields } from '../wire/request-fields.ts';
import { invalid } from '../wire/service-error.ts';
import type { Operation } from './context.ts';
import { indexTarget } from './targets.ts';
import { jsonNumbers } from './vector-data.ts';

interface Wanted {
  readonly data: boolean;
  readonly metadata: boolean;
}

/** Keys that are not there are left out of the answer. */
export const getVectors: Operation = ({ account, limits }, input) => {
  const fields = new RequestFields(input);
  const target = indexTarget(fields);
  const wanted = wantedOf(fields);
  const keys = fields.strings(
    'keys',
    { min: 1, max: limits.keysPerGet, required: true },
    { min: 1, max: limits.vectorKeyLength },
  );
  fields.check();
  const { vectors } = target(account);
  const found = [...new Set(keys)].map((key) => vectors.get(key));
  return {
    vectors: found.filter((record) => record !== undefined).map((one) => shown(one, wanted)),
  };
};

export const listVectors: Operation = ({ account, limits, tokens }, input) => {
  const fields = new RequestFields(input);
  const target = indexTarget(fields);
  const wanted = wantedOf(fields);
  const size =
    fields.integer('maxResults', { min: 1, max: limits.listVectorsPage }) ??
    limits.listVectorsDefaultPage;
  const token = fields.string('nextToken', { min: 1, max: 2048 });
  const count = fields.integer('segmentCount', { min: 1, max: limits.segments });
  const segment = fields.integer('segmentIndex', { min: 0, max: limits.segments - 1 });
  fields.check();
  if ((count === undefined) !== (segment === undefined)) {
    throw invalid('/segmentIndex', 'segmentCount and segmentIndex must be specified together');
  }
  if (count !== undefined && segment !== undefined && segment >= count) {
    throw invalid('/segmentIndex', 'segmentIndex must be less than segmentCount');
  }
  const index = target(account);
  const part = { index: segment ?? 0, count: count ?? 1 };
  const request = JSON.stringify(['ListVectors', index.id, part, wanted]);
  const from = token === '' ? 0 : (tokens.redeem(token, request) as number);

  const page: VectorRecord[] = [];
  let bytes = 0;
  let next = from;
  for (const step of index.vectors.segment(from, part)) {
    if (page.length === size || bytes > limits.listVectorsPageBytes) {
      return {
        vectors: page.map((one) => shown(one, wanted)),
        nextToken: tokens.issue(request, next),
      };
    }
    page.push(step.record);
    bytes += logicalBytes(step.record, wanted);
    next = step.next;
  }
  return { vectors: page.map((one) => shown(one, wanted)) };
};

function wantedOf(fields: RequestFields): Wanted {
  return { data: fields.boolean('returnData'), metadata: fields.boolean('returnMetadata') };
}

/** What is read for a vector: its key, and of data and metadata what is asked for. */
function logicalBytes({ key, data, metadata }: VectorRecord, wanted: Wanted): number {
  return (
    Buffer.byteLength(key) +
    (wanted.data ? data.byteLength : 0) +
    (wanted.metadata ? jsonBytes(metadata) : 0)
  );
}

function shown({ key, data, metadata }: VectorRecord, wanted: Wanted): object {
  return {
    key,
    ...(wanted.data && { data: { float32: jsonNumbers(data) } }),
    ...(wanted.metadata && { metadata }),
  };
}
