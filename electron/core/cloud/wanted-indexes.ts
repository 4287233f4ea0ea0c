import type { LinkInput } from '../../../shared/contract/cloud/link.ts';
import { VitrineError } from '../errors.ts';
import type { Serving } from '../vectors/serving-models.ts';
import type { WantedIndex } from './prepare-indexes.ts';

/**
 * The indexes that a catalog needs: one for each side that has vectors.
 *
 * @throws VitrineError NOT_EMBEDDED, or INVALID_INPUT when both have the same name
 */
export function wantedIndexes(
  wish: Pick<LinkInput, 'bucket'> & { readonly imageIndex: string; readonly textIndex: string },
  { catalog, models }: { readonly catalog: string; readonly models: Serving },
): WantedIndex[] {
  const { bucket, imageIndex, textIndex } = wish;
  const sides = [
    { modality: 'image' as const, name: imageIndex, model: models.image },
    { modality: 'text' as const, name: textIndex, model: models.text },
  ].flatMap(({ model, ...side }) => (model === null ? [] : [{ ...side, model, bucket }]));
  if (sides.length === 0) {
    throw new VitrineError(
      'NOT_EMBEDDED',
      `"${catalog}" has no vectors yet, so nothing to publish.`,
      { action: 'Embed it first: vitrine ingest' },
    );
  }
  if (imageIndex === textIndex) {
    throw new VitrineError('INVALID_INPUT', 'Pictures and names need an index each.', {
      action: 'Give --image-index and --text-index different names.',
      subject: imageIndex,
    });
  }
  return sides;
}
