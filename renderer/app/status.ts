import type { Catalog } from '../../shared/contract/catalog.ts';
import type { Listing } from '../../shared/contract/cloud/listing.ts';
import type { PublishProgress } from '../../shared/contract/cloud/publish.ts';
import type { CatalogProgress, Stage, StageName } from '../../shared/contract/ingest.ts';
import type { ConnectionState } from '../api/connection.ts';

/** What the status pill says, before it is put into words. */
export type Status =
  | { readonly kind: 'reconnecting' | 'empty' | 'ready' | 'publish-held' }
  | { readonly kind: 'problems'; readonly count: number }
  | { readonly kind: 'obstacle'; readonly code: string; readonly message: string }
  | { readonly kind: 'offline'; readonly name: string }
  | { readonly kind: 'scanning'; readonly done: number }
  | {
      readonly kind: 'embedding';
      readonly stage: StageName;
      readonly done: number;
      readonly total: number;
      readonly ratePerSecond: number | null;
      readonly etaSeconds: number | null;
    }
  | {
      readonly kind: 'publishing';
      readonly done: number;
      readonly total: number;
      readonly ratePerSecond: number | null;
      readonly etaSeconds: number | null;
    }
  | {
      readonly kind: 'restoring';
      readonly done: number;
      /** Null while nobody knows how many there are. */
      readonly total: number | null;
      readonly ratePerSecond: number | null;
      readonly etaSeconds: number | null;
    }
  | { readonly kind: 'paused'; readonly done: number; readonly total: number };

/**
 * The one truth about all catalogs: a lost connection outranks an obstacle, an obstacle outranks
 * work, work outranks a pause, and only when nothing is going on do a folder out of reach and
 * problems show. What is done on this computer goes before what is published.
 */
export function readStatus(
  progress: readonly CatalogProgress[],
  connection: ConnectionState,
  {
    catalogs = [],
    publishing = [],
    listings = [],
  }: {
    readonly catalogs?: readonly Pick<Catalog, 'name' | 'online'>[];
    readonly publishing?: readonly PublishProgress[];
    readonly listings?: readonly Listing[];
  } = {},
): Status {
  if (connection !== 'open') return { kind: 'reconnecting' };
  if (progress.length === 0) return { kind: 'empty' };
  const obstacle = progress.find((entry) => entry.obstacle !== null)?.obstacle;
  if (obstacle) return { kind: 'obstacle', code: obstacle.code, message: obstacle.message };

  const stages = progress.flatMap((entry) => entry.stages);
  const running = stages.filter((stage) => stage.state === 'running');
  for (const name of ['image', 'text'] as const) {
    const ofName = running.filter((stage) => stage.stage === name);
    if (ofName.length > 0) return embedding(name, ofName);
  }
  if (running.length > 0) return { kind: 'scanning', done: sum(running, (stage) => stage.done) };

  const restoring = listings.filter(({ kind, state }) => kind === 'restore' && state === 'running');
  if (restoring.length > 0) return restoringOf(restoring);
  const sending = publishing.filter(({ state }) => state === 'running');
  if (sending.length > 0) return publishingOf(sending);
  if (publishing.some((entry) => entry.obstacle !== null)) return { kind: 'publish-held' };

  const paused = stages.filter((stage) => stage.state === 'paused' && stage.stage !== 'scan');
  if (paused.length > 0 || progress.some((entry) => entry.state === 'paused')) {
    const side = paused.filter((stage) => stage.stage === (paused[0]?.stage ?? 'image'));
    return {
      kind: 'paused',
      done: sum(side, (stage) => stage.done),
      total: sum(side, (stage) => stage.total ?? stage.done),
    };
  }
  const offline = catalogs.find((catalog) => !catalog.online);
  if (offline) return { kind: 'offline', name: offline.name };
  const problems = sum(progress, (entry) => entry.problems);
  return problems > 0 ? { kind: 'problems', count: problems } : { kind: 'ready' };
}

function embedding(stage: StageName, stages: readonly Stage[]): Status {
  const etas = stages.map((entry) => entry.etaSeconds).filter((eta) => eta !== null);
  const rate = sum(stages, (entry) => entry.ratePerSecond ?? 0);
  return {
    kind: 'embedding',
    stage,
    done: sum(stages, (entry) => entry.done),
    total: sum(stages, (entry) => entry.total ?? entry.done),
    ratePerSecond: rate > 0 ? rate : null,
    etaSeconds: etas.length > 0 ? Math.max(...etas) : null,
  };
}

function publishingOf(sending: readonly PublishProgress[]): Status {
  const sides = sending.flatMap((entry) => entry.sides);
  const rate = sum(sides, (side) => side.ratePerSecond ?? 0);
  const etas = sending.flatMap(({ etaSeconds }) => etaSeconds ?? []);
  return {
    kind: 'publishing',
    done: sum(sides, (side) => side.done),
    total: sum(sides, (side) => side.total),
    ratePerSecond: rate > 0 ? rate : null,
    etaSeconds: etas.length > 0 ? Math.max(...etas) : null,
  };
}

function restoringOf(listings: readonly Listing[]): Status {
  const sides = listings.flatMap((entry) => entry.sides);
  const rate = sum(sides, (side) => side.ratePerSecond ?? 0);
  const etas = listings.flatMap(({ etaSeconds }) => etaSeconds ?? []);
  const isCounted = sides.every(({ about }) => about !== null);
  return {
    kind: 'restoring',
    done: sum(sides, (side) => side.listed),
    total: isCounted ? sum(sides, (side) => side.about ?? 0) : null,
    ratePerSecond: rate > 0 ? rate : null,
    etaSeconds: etas.length > 0 ? Math.max(...etas) : null,
  };
}

function sum<T>(entries: readonly T[], read: (entry: T) => number): number {
  return entries.reduce((total, entry) => total + read(entry), 0);
}
