import type { Metadata } from '../../../shared/contract/filter.ts';
import type { Limits } from '../limits.ts';
import type { Index } from '../store/resources.ts';
import { metadataFault } from '../store/metadata-rules.ts';
import type { VectorRecord } from '../store/vector-index.ts';
import { isObject, RequestFields, wrongType } from '../wire/request-fields.ts';
import { invalid, ServiceError } from '../wire/service-error.ts';
import type { Operation, OperationContext } from './context.ts';
import { indexTarget, nameOf } from './targets.ts';
import { float32Of, vectorFault } from './vector-data.ts';

export const putVectors: Operation = (context, input) => {
  const { account, limits, clock, counters } = context;
  const fields = new RequestFields(input);
  const target = indexTarget(fields);
  const entries = fields.list('vectors', { min: 1, max: limits.vectorsPerPut, required: true });
  const keys = entries.map((entry, at) => keyOf(entry, at));
  for (const [at, key] of keys.entries()) {
    fields.checkLength(`vectors/${at}/key`, key, { min: 1, max: limits.vectorKeyLength });
  }
  fields.check();
  const index = target(account);
  takeFromRate(context, index, entries.length);
  const records = recordsOf(entries, index, limits);
  const added = records.filter(({ key }) => !index.vectors.has(key)).length;
  if (index.vectors.size + added > limits.vectorsPerIndex) {
    throw new ServiceError(
      'ServiceQuotaExceededException',
      `An index may have at most ${limits.vectorsPerIndex} vectors`,
    );
  }
  account.putVectors(index, records);
  counters.notePut(nameOf(index), keys, clock.now());
  return {};
};

export const deleteVectors: Operation = (context, input) => {
  const { account, limits, clock, counters } = context;
  const fields = new RequestFields(input);
  const target = indexTarget(fields);
  const keys = fields.strings(
    'keys',
    { min: 1, max: limits.keysPerDelete, required: true },
    { min: 1, max: limits.vectorKeyLength },
  );
  fields.check();
  const index = target(account);
  takeFromRate(context, index, keys.length);
  account.deleteVectors(index, keys);
  counters.noteDeleted(nameOf(index), keys.length, clock.now());
  return {};
};

function takeFromRate(context: OperationContext, index: Index, vectors: number): void {
  try {
    context.limiterOf(index).take(vectors, context.clock.now());
  } catch (error) {
    context.counters.noteThrottled(nameOf(index));
    throw error;
  }
}

function keyOf(entry: unknown, at: number): string {
  const key = isObject(entry) ? entry['key'] : undefined;
  if (typeof key !== 'string') throw wrongType(`vectors/${at}/key`, 'a string');
  return key;
}

/** The records of a call; one bad one refuses all of them. */
function recordsOf(entries: readonly unknown[], index: Index, limits: Limits): VectorRecord[] {
  const nonFilterable = new Set(index.settings.nonFilterableKeys);
  const seen = new Set<string>();
  return entries.map((entry, at) => {
    const { key, data, metadata } = entry as Record<string, unknown> & { key: string };
    const vector = float32Of(data, `vectors/${at}/data`);
    const fault =
      (seen.has(key) ? 'the key appears more than once in the request' : null) ??
      (key.isWellFormed() ? null : 'the key must be valid UTF-8') ??
      vectorFault(vector, index) ??
      metadataFault(metadata ?? {}, nonFilterable, limits);
    if (fault !== null)
      throw invalid(`/vectors/${at}`, `Invalid record for key '${key}': ${fault}`);
    seen.add(key);
    return { key, data: vector, metadata: (metadata ?? {}) as Metadata };
  });
}
