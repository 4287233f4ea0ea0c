import type { CatalogRepository } from './catalog/catalog-repository.ts';
import type { Embedder } from './embedding/embedder.ts';
import type { ModelRegistry } from './models/model-registry.ts';
import type { EmbeddingRepository } from './vectors/embedding-repository.ts';
import type { LocalEngine } from './vectors/local-engine.ts';

/** More than this is loaded only when it is searched: memory is the user's. */
const MOST_WARMED_VECTORS = 200_000;

/** Loads the models in use, then vectors, the catalog scanned last first. */
export async function warmUp(parts: {
  readonly models: ModelRegistry;
  readonly embedder: Embedder;
  readonly embeddings: EmbeddingRepository;
  readonly engine: LocalEngine;
  readonly catalogs: CatalogRepository;
}): Promise<void> {
  for (const modality of ['text', 'image'] as const) {
    // A model that is missing is reported where it is needed.
    const active = await parts.models.active(modality).catch(() => null);
    if (active !== null) await parts.embedder.warmUp(active.spec.id);
  }
  let warmed = 0;
  const latestFirst = parts.catalogs
    .list()
    .toSorted((a, b) => (b.scannedAt ?? 0) - (a.scannedAt ?? 0));
  for (const { id } of latestFirst) {
    for (const { ref, count } of parts.embeddings.coverage(id)) {
      warmed += count;
      if (warmed > MOST_WARMED_VECTORS) return;
      await parts.engine.warm(id, ref);
    }
  }
}
