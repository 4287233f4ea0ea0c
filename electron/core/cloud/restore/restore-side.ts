import type { Modality } from '../../../../shared/contract/models.ts';
import type { IndexDetail } from '../../../../shared/contract/cloud/indexes.ts';
import { VitrineError } from '../../errors.ts';
import type { EmbeddingRepository, ModelRef } from '../../vectors/embedding-repository.ts';
import { modelTold } from '../index-tags.ts';

/** One of the two indexes a catalog is restored from. */
export interface Side {
  readonly modality: Modality;
  readonly detail: IndexDetail;
  readonly model: ModelRef;
}

export interface ResolveModelOptions {
  readonly embeddings: EmbeddingRepository;
  /** The model of this computer, for indexes that do not tell theirs. */
  readonly active: (modality: Modality) => Promise<ModelRef>;
  readonly isModelAssumed: boolean;
}

/**
 * The model whose vectors an index holds: by its tags, or the one in use here after a yes.
 *
 * @throws VitrineError INDEX_MISMATCH
 */
export async function resolveModel(
  { modality, detail }: Omit<Side, 'model'>,
  { embeddings, active, isModelAssumed }: ResolveModelOptions,
): Promise<ModelRef> {
  const { name, dimension, metric } = detail;
  if (metric !== 'cosine') {
    throw new VitrineError(
      'INDEX_MISMATCH',
      `The index ${name} measures ${metric} distance; Vitrine searches by cosine distance only.`,
      { action: 'Restore from an index made with the metric cosine.', subject: name },
    );
  }
  const told = modelTold(detail);
  if (told !== null) {
    const known = embeddings.find(told);
    const ref = known ?? embeddings.refOf({ ...told, modality, dimension });
    if (ref.dimension === dimension && ref.modality === modality) return ref;
    throw new VitrineError(
      'INDEX_MISMATCH',
      `The index ${name} holds ${dimension} numbers a vector and says they are by ${told.id}, which makes ${ref.dimension} of ${ref.modality === 'image' ? 'pictures' : 'names'}.`,
      { action: 'Name the other index, or correct its tags.', subject: name },
    );
  }
  if (!isModelAssumed) {
    throw new VitrineError(
      'INDEX_MISMATCH',
      `The index ${name} does not say which model made its vectors.`,
      {
        action: `If they are by the model in use here, restore with --assume-model; words and pictures of another model would find nothing sensible.`,
        subject: name,
        consent: 'assume-model',
      },
    );
  }
  const ref = await active(modality);
  if (ref.dimension === dimension) return ref;
  throw new VitrineError(
    'INDEX_MISMATCH',
    `The index ${name} holds ${dimension} numbers a vector; ${ref.id}, the model in use here, makes ${ref.dimension}.`,
    { action: 'Choose the model that made them in Settings, then restore again.', subject: name },
  );
}
