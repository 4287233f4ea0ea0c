import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { CatalogProgress } from '../../shared/contract/ingest.ts';
import { useLive } from './live.ts';

interface CatalogChoice {
  readonly catalogId: number | null;
}

/** Which catalog this window looks at; kept over restarts. */
export const useCatalogChoice = create<CatalogChoice>()(
  persist((): CatalogChoice => ({ catalogId: null }), { name: 'vitrine.catalog' }),
);

export function chooseCatalog(catalogId: number): void {
  useCatalogChoice.setState({ catalogId });
}

/** A catalog that comes in from elsewhere must not take the place of the one in view. */
useLive.subscribe(({ catalogs }) => {
  const { catalogId } = useCatalogChoice.getState();
  const [first] = catalogs ?? [];
  if (first !== undefined && catalogs?.some(({ id }) => id === catalogId) !== true) {
    chooseCatalog(first.id);
  }
});

/** The chosen catalog, or the first one when the chosen one is gone; null when there is none. */
export function useCatalog(): Catalog | null {
  const catalogId = useCatalogChoice((state) => state.catalogId);
  return useLive(
    (state) =>
      state.catalogs?.find((catalog) => catalog.id === catalogId) ?? state.catalogs?.[0] ?? null,
  );
}

/** What the core is doing for a catalog; null when it has said nothing yet. */
export function useProgress(catalogId: number): CatalogProgress | null {
  return useLive((state) => state.progress.find((entry) => entry.catalogId === catalogId) ?? null);
}
