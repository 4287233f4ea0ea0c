import { describe, expect, it } from 'vitest';
import type { Listing } from '../../shared/contract/cloud/listing.ts';
import type { PublishProgress } from '../../shared/contract/cloud/publish.ts';
import type { CatalogProgress, Stage } from '../../shared/contract/ingest.ts';
import { readStatus } from './status.ts';

const stage = (change: Partial<Stage> & Pick<Stage, 'stage' | 'state'>): Stage => ({
  done: 0,
  total: null,
  failed: 0,
  ratePerSecond: null,
  etaSeconds: null,
  seconds: null,
  ...change,
});

const entry = (change: Partial<CatalogProgress>): CatalogProgress => ({
  catalogId: 1,
  state: 'idle',
  stages: [],
  problems: 0,
  notices: 0,
  obstacle: null,
  ...change,
});

const pictures = stage({
  stage: 'image',
  state: 'running',
  done: 1240,
  total: 4983,
  ratePerSecond: 131,
  etaSeconds: 28.6,
});

describe('readStatus', () => {
  it('tells of a folder out of reach when nothing is going on, before problems', () => {
    const catalogs = [
      { name: 'Spring', online: true },
      { name: 'Autumn', online: false },
    ];
    const idle = [entry({ problems: 3 })];
    expect(readStatus(idle, 'open', { catalogs })).toEqual({ kind: 'offline', name: 'Autumn' });
    const busy = [entry({ stages: [pictures] })];
    expect(readStatus(busy, 'open', { catalogs })).toMatchObject({ kind: 'embedding' });
  });

  it('says so when the connection is lost, whatever else is going on', () => {
    expect(readStatus([entry({ stages: [pictures] })], 'reconnecting')).toEqual({
      kind: 'reconnecting',
    });
  });

  it('adds up what is embedded over all catalogs', () => {
    const other = { ...pictures, done: 10, total: 20, ratePerSecond: null, etaSeconds: 40 };
    const status = readStatus([entry({ stages: [pictures] }), entry({ stages: [other] })], 'open');
    expect(status).toEqual({
      kind: 'embedding',
      stage: 'image',
      done: 1250,
      total: 5003,
      ratePerSecond: 131,
      etaSeconds: 40,
    });
  });

  it('names pictures before names, and a scan when nothing is embedded', () => {
    const names = stage({ stage: 'text', state: 'running', done: 1, total: 2 });
    const scan = stage({ stage: 'scan', state: 'running', done: 300 });
    expect(readStatus([entry({ stages: [names, pictures] })], 'open')).toMatchObject({
      stage: 'image',
    });
    expect(readStatus([entry({ stages: [scan] })], 'open')).toEqual({
      kind: 'scanning',
      done: 300,
    });
  });

  it('puts an obstacle before the work it holds up', () => {
    const obstacle = { code: 'MODEL_MISSING', message: 'The model is missing', action: 'Add it' };
    expect(readStatus([entry({ obstacle, stages: [pictures] })], 'open')).toEqual({
      kind: 'obstacle',
      code: 'MODEL_MISSING',
      message: 'The model is missing',
    });
  });

  it('shows how far it came when paused', () => {
    const paused: Stage = { ...pictures, state: 'paused' };
    expect(readStatus([entry({ state: 'paused', stages: [paused] })], 'open')).toEqual({
      kind: 'paused',
      done: 1240,
      total: 4983,
    });
  });

  it('tells of publishing when nothing is done on this computer, and of what holds it up', () => {
    const sending: PublishProgress = {
      catalogId: 1,
      state: 'running',
      sides: [
        { modality: 'image', done: 500, total: 4_983, ratePerSecond: 900 },
        { modality: 'text', done: 1_000, total: 4_983, ratePerSecond: null },
      ],
      etaSeconds: 5,
      sent: { image: 500, text: 1_000 },
      deleted: { image: 0, text: 0 },
      quarantined: 0,
      obstacle: null,
    };
    const idle = [entry({ problems: 3 })];
    expect(readStatus(idle, 'open', { publishing: [sending] })).toEqual({
      kind: 'publishing',
      done: 1_500,
      total: 9_966,
      ratePerSecond: 900,
      etaSeconds: 5,
    });
    const embedding = [entry({ stages: [pictures] })];
    expect(readStatus(embedding, 'open', { publishing: [sending] })).toMatchObject({
      kind: 'embedding',
    });
    const obstacle = { code: 'CLOUD_OFFLINE', message: 'Offline', action: '', command: null };
    const held: PublishProgress = { ...sending, state: 'failed', obstacle };
    expect(readStatus(idle, 'open', { publishing: [held] })).toEqual({ kind: 'publish-held' });
  });

  it('shows problems only when idle', () => {
    expect(readStatus([entry({ problems: 23 })], 'open')).toEqual({ kind: 'problems', count: 23 });
    expect(readStatus([entry({})], 'open')).toEqual({ kind: 'ready' });
    expect(readStatus([], 'open')).toEqual({ kind: 'empty' });
  });

  it('tells how far restoring is, and how many there are once that is known', () => {
    const side = { modality: 'image', restored: 40, isDone: false } as const;
    const listing = (about: number | null): Listing => ({
      kind: 'restore',
      catalogId: 1,
      state: 'running',
      sides: [
        { ...side, listed: 50, about, ratePerSecond: 25 },
        { ...side, modality: 'text', listed: 60, about: 100, ratePerSecond: 25 },
      ],
      etaSeconds: about === null ? null : 2,
      failure: null,
      report: null,
    });
    const status = (about: number | null) =>
      readStatus([entry({ problems: 3 })], 'open', { listings: [listing(about)] });
    expect(status(null)).toEqual({
      kind: 'restoring',
      done: 110,
      total: null,
      ratePerSecond: 50,
      etaSeconds: null,
    });
    expect(status(100)).toMatchObject({ total: 200, etaSeconds: 2 });
    const verifying: Listing = { ...listing(100), kind: 'verify', report: null };
    expect(readStatus([entry({})], 'open', { listings: [verifying] })).toEqual({ kind: 'ready' });
  });
});
