import { PutVectorsCommand, QueryVectorsCommand } from '@aws-sdk/client-s3vectors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASE_ITEMS, FILTER_CASES } from '../../electron/core/filter/fixtures/filter-cases.ts';
import {
  makeIndex,
  startPractice,
  type IndexNames,
  type Practice,
} from '../../electron/practice-cloud/fixtures/practice-client.ts';
import { compareKeys } from '../../shared/rrf.ts';

const DATA = { float32: [1, 1] };

describe('the filter cases on the practice cloud', () => {
  let practice: Practice;
  let index: IndexNames;

  beforeAll(async () => {
    practice = await startPractice();
    index = await makeIndex(practice.client);
    const items = Object.entries(CASE_ITEMS);
    const vectors = items.map(([key, metadata]) => ({ key, data: DATA, metadata }));
    await practice.client.send(new PutVectorsCommand({ ...index, vectors }));
  });

  afterAll(() => practice[Symbol.asyncDispose]());

  it.each(FILTER_CASES.map((one) => [JSON.stringify(one.filter), one] as const))(
    '%s',
    async (_json, { filter, matches }) => {
      // A filter has no undefined in it, which the type of a document does not allow.
      const document = JSON.parse(JSON.stringify(filter));
      const query = { ...index, topK: 100, queryVector: DATA, filter: document };
      const { vectors = [] } = await practice.client.send(new QueryVectorsCommand(query));
      const found = vectors.map(({ key }) => key ?? '').toSorted(compareKeys);
      expect(found.join('')).toBe(matches);
    },
  );
});
