import { create } from 'zustand';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { Listing } from '../../shared/contract/cloud/listing.ts';
import type { PublishProgress } from '../../shared/contract/cloud/publish.ts';
import type { Collection } from '../../shared/contract/collections.ts';
import type { CatalogProgress } from '../../shared/contract/ingest.ts';
import type { ModelsLive } from '../../shared/contract/models.ts';
import { backoffMs } from '../api/backoff.ts';
import { client, connection } from '../api/client.ts';
import type { ConnectionState } from '../api/connection.ts';

interface LiveState {
  readonly connection: ConnectionState;
  /** Null until the core has answered for the first time. */
  readonly catalogs: readonly Catalog[] | null;
  /** Of every catalog, by name. */
  readonly collections: readonly Collection[];
  readonly progress: readonly CatalogProgress[];
  readonly models: ModelsLive;
  /** Of every catalog that is linked to indexes. */
  readonly publishing: readonly PublishProgress[];
  /** Indexes being compared or restored, and what came of it. */
  readonly listings: readonly Listing[];
}

/** What the core says is going on, kept up to date by its streams. */
export const useLive = create<LiveState>(() => ({
  connection: connection.state,
  catalogs: null,
  collections: [],
  progress: [],
  models: { revision: 0, downloads: [] },
  publishing: [],
  listings: [],
}));

/** Follows the core's streams for as long as the window lives; they are opened again when cut. */
export function startLive(): void {
  connection.subscribe(() => useLive.setState({ connection: connection.state }));
  void follow(
    () => client.catalogs.changes(),
    (catalogs) => useLive.setState({ catalogs }),
  );
  void follow(
    () => client.collections.changes(),
    (collections) => useLive.setState({ collections }),
  );
  void follow(
    () => client.ingest.live(),
    (progress) => useLive.setState({ progress }),
  );
  void follow(
    () => client.models.live(),
    (models) => useLive.setState({ models }),
  );
  void follow(
    () => client.cloud.live(),
    (publishing) => useLive.setState({ publishing }),
  );
  void follow(
    () => client.cloud.listings(),
    (listings) => useLive.setState({ listings }),
  );
}

async function follow<T>(
  open: () => Promise<AsyncIterable<T>>,
  take: (value: T) => void,
): Promise<never> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      for await (const value of await open()) {
        attempt = 0;
        take(value);
      }
    } catch {
      // The connection shows its own state; here it only matters to open the stream again.
    }
    await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
  }
}

/** Asks for the catalogs at once, for a caller that has just changed them. */
export async function refreshCatalogs(): Promise<readonly Catalog[]> {
  const catalogs = await client.catalogs.list();
  useLive.setState({ catalogs });
  return catalogs;
}
