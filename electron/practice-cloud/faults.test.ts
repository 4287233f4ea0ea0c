import {
  DeleteVectorsCommand,
  GetVectorsCommand,
  InternalServerException,
  KmsDisabledException,
  ListVectorBucketsCommand,
  ListVectorsCommand,
  PutVectorsCommand,
  S3VectorsClient,
  ServiceUnavailableException,
  TooManyRequestsException,
} from '@aws-sdk/client-s3vectors';
import { describe, expect, it } from 'vitest';
import { fan, makeIndex, startPractice } from './fixtures/practice-client.ts';

describe('faults', () => {
  it('play a script, one a request, and leave the rest alone', async () => {
    await using practice = await startPractice();
    const { client, cloud } = practice;
    const index = await makeIndex(client);
    const put = (at: number) =>
      client.send(new PutVectorsCommand({ ...index, vectors: [fan(9)[at]!] }));
    await cloud.setFaults({
      script: [
        'TooManyRequestsException',
        'ServiceUnavailableException',
        'ok',
        'InternalServerException',
        'KmsDisabledException',
        'drop-before',
        'drop-after',
      ],
      operations: ['PutVectors'],
    });
    await client.send(new ListVectorBucketsCommand({}));
    await expect(put(0)).rejects.toThrow(TooManyRequestsException);
    const unavailable = put(1);
    await expect(unavailable).rejects.toThrow(ServiceUnavailableException);
    await expect(unavailable).rejects.toThrow('Currently unable to handle the request');
    await put(2);
    await expect(put(3)).rejects.toThrow(InternalServerException);
    await expect(put(4)).rejects.toThrow(KmsDisabledException);
    await expect(put(5)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(put(6)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await put(7);
    // Only what was answered, and what was dropped afterwards, took effect.
    const { vectors = [] } = await client.send(new ListVectorsCommand(index));
    expect(vectors.map(({ key }) => key)).toEqual(['k0002', 'k0006', 'k0007']);
    const { faults, errors, requests } = await cloud.counters();
    expect(faults).toEqual({
      TooManyRequestsException: 1,
      ServiceUnavailableException: 1,
      InternalServerException: 1,
      KmsDisabledException: 1,
      'drop-before': 1,
      'drop-after': 1,
    });
    expect(errors).toMatchObject({ TooManyRequestsException: 1, KmsDisabledException: 1 });
    expect(requests['PutVectors']).toBe(8);
  });

  it('come by chance, the same for the same seed', async () => {
    const rates = { ServiceUnavailableException: 0.3, 'drop-before': 0.2 } as const;
    const outcomes = async (seed: number): Promise<string[]> => {
      await using practice = await startPractice({ faults: { rates }, seed });
      const seen: string[] = [];
      for (let call = 0; call < 120; call += 1) {
        const outcome = await practice.client
          .send(new ListVectorBucketsCommand({}))
          .then(() => 'ok')
          .catch((error: Error) => error.name);
        seen.push(outcome);
      }
      return seen;
    };
    const first = await outcomes(7);
    expect(await outcomes(7)).toEqual(first);
    expect(await outcomes(8)).not.toEqual(first);
    const count = (name: string) => first.filter((one) => one === name).length;
    expect(count('ServiceUnavailableException')).toBeGreaterThan(20);
    expect(count('ServiceUnavailableException')).toBeLessThan(55);
    expect(count('ok')).toBeGreaterThan(40);
    expect(first.length - count('ok') - count('ServiceUnavailableException')).toBeGreaterThan(10);
  });

  it('delay an answer, and refuse batches beyond a capacity', async () => {
    await using practice = await startPractice({ faults: { script: ['latency'], latencyMs: 300 } });
    const { client, cloud } = practice;
    const start = performance.now();
    await client.send(new ListVectorBucketsCommand({}));
    expect(performance.now() - start).toBeGreaterThan(290);
    const index = await makeIndex(client);
    await cloud.setFaults({ capacity: 100 });
    await client.send(new PutVectorsCommand({ ...index, vectors: fan(100) }));
    const more = client.send(new PutVectorsCommand({ ...index, vectors: fan(101) }));
    await expect(more).rejects.toThrow(ServiceUnavailableException);
    await cloud.setFaults({});
    await client.send(new PutVectorsCommand({ ...index, vectors: fan(101) }));
  });

  it('are refused when nobody knows them', async () => {
    await using practice = await startPractice();
    const unknown = { script: ['no-such-fault' as 'ok'] };
    await expect(practice.cloud.setFaults(unknown)).rejects.toThrow('Unknown fault no-such-fault');
    const tooMuch = { rates: { latency: 0.7, 'drop-after': 0.4 } };
    await expect(practice.cloud.setFaults(tooMuch)).rejects.toThrow('1 at most');
    await expect(startPractice({ faults: unknown })).rejects.toThrow('Unknown fault no-such-fault');
  });

  it('are retried by the SDK as the service has them retried', async () => {
    await using practice = await startPractice({
      faults: { script: ['InternalServerException', 'drop-before', 'ok', 'AccessDeniedException'] },
    });
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    const patient = new S3VectorsClient({
      endpoint: practice.cloud.endpoint,
      region: 'us-east-1',
      credentials,
    });
    const { $metadata } = await patient.send(new ListVectorBucketsCommand({}));
    expect($metadata.attempts).toBe(3);
    await expect(patient.send(new ListVectorBucketsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { attempts: 1 },
    });
    patient.destroy();
  });
});

describe('rates', () => {
  const WRITES = { writeRequestsPerSecond: 1000, writeVectorsPerSecond: 2500 };

  it('hold puts and deletes of an index together to 2,500 vectors a second', async () => {
    await using practice = await startPractice({ limits: WRITES });
    const { client, cloud } = practice;
    const [index, other] = [await makeIndex(client), await makeIndex(client)];
    const vectors = fan(500);
    const keys = vectors.map(({ key = '' }) => key);
    const start = performance.now();
    for (let batch = 0; batch < 4; batch += 1) {
      await client.send(new PutVectorsCommand({ ...index, vectors }));
    }
    await client.send(new DeleteVectorsCommand({ ...index, keys }));
    const burst = await Promise.allSettled(
      Array.from({ length: 20 }, () => client.send(new PutVectorsCommand({ ...index, vectors }))),
    );
    const refused = burst.filter(({ status }) => status === 'rejected');
    // Five calls at once are a second's worth; every further 200 ms earn one more.
    const earned = Math.ceil((performance.now() - start) / 200);
    expect(burst.length - refused.length).toBeLessThanOrEqual(earned);
    expect(refused.length).toBeGreaterThan(0);
    for (const one of refused) {
      expect(one).toMatchObject({ reason: { name: 'TooManyRequestsException' } });
    }
    // Reading is not held back, nor is another index.
    await client.send(new GetVectorsCommand({ ...index, keys: ['k0000'] }));
    await client.send(new PutVectorsCommand({ ...other, vectors }));
    await cloud.advanceClock(1000);
    for (let batch = 0; batch < 5; batch += 1) {
      await client.send(new PutVectorsCommand({ ...index, vectors }));
    }
    const { indexes } = await cloud.counters();
    const counters = indexes[`${index.vectorBucketName}/${index.indexName}`];
    expect(counters?.throttled).toBe(refused.length);
    expect(counters?.vectorsDeleted).toBe(500);
    expect(counters?.vectorsPut).toBe(500 * (4 + (20 - refused.length) + 5));
  });

  it('hold them to so many requests a second, and tell the most of any one second', async () => {
    await using practice = await startPractice({
      limits: { ...WRITES, writeRequestsPerSecond: 10 },
    });
    const { client, cloud } = practice;
    const index = await makeIndex(client);
    const put = () => client.send(new PutVectorsCommand({ ...index, vectors: fan(3) }));
    const start = performance.now();
    const calls = await Promise.allSettled(Array.from({ length: 40 }, put));
    const taken = calls.filter(({ status }) => status === 'fulfilled').length;
    expect(taken).toBeGreaterThanOrEqual(10);
    expect(taken).toBeLessThanOrEqual(10 + Math.ceil((performance.now() - start) / 100));
    await cloud.advanceClock(60_000);
    await put();
    await put();
    const { indexes } = await cloud.counters();
    const counters = indexes[`${index.vectorBucketName}/${index.indexName}`];
    expect(counters).toMatchObject({ writeRequests: taken + 2, throttled: 40 - taken });
    expect(counters?.peakRequestsPerSecond).toBeLessThanOrEqual(taken);
    expect(counters?.peakVectorsPerSecond).toBe(3 * (counters?.peakRequestsPerSecond ?? 0));
  });
});
