import { expect, test } from 'vitest';
import { logicalBytes, queryCost, storageCost, uploadCost } from './cost.ts';

test('a bill that was paid: 614,647 vectors of 1,024 numbers, 2.501 GB, half a dollar to load', () => {
  const bytes = 2.501 * 1024 ** 3;
  expect(uploadCost(614_647, bytes)).toBeCloseTo(0.5002, 3);
  expect(storageCost(bytes)).toBeCloseTo(0.15, 3);
});

test('vectors written one by one cost what the smallest request costs, each', () => {
  const bytes = logicalBytes({ dimension: 384, metadataBytes: 150, keyBytes: 5 });
  const batched = uploadCost(10_000, 10_000 * bytes);
  const single = uploadCost(10_000, 10_000 * bytes, 1);
  expect(single / batched).toBeGreaterThan(70);
  expect(uploadCost(0, 0)).toBe(0);
});

test('a fused search of 44,000 products costs about six dollars a million', () => {
  const image = logicalBytes({ dimension: 768, metadataBytes: 60, keyBytes: 5 });
  const text = logicalBytes({ dimension: 384, metadataBytes: 60, keyBytes: 5 });
  const million = 1_000_000 * (queryCost(44_446, image) + queryCost(44_446, text));
  expect(million).toBeGreaterThan(5);
  expect(million).toBeLessThan(7);
});

test('the price of going through an index falls with its size', () => {
  const perVector = (vectors: number) => (queryCost(vectors, 3200) - 2.5e-6) / vectors;
  expect(perVector(10_000_000)).toBeLessThan(perVector(100_000));
  expect(perVector(100_000_000)).toBeLessThan(perVector(10_000_000));
});
