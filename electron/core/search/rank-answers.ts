import type { Modality } from '../../../shared/contract/models.ts';
import type { Place, SearchResult, Weights } from '../../../shared/contract/search.ts';
import { fuse } from '../../../shared/rrf.ts';
import type { Candidate, VectorAnswer } from '../vectors/engine.ts';

/** A result before its item is read. */
export type Ranked = Pick<SearchResult, 'score' | 'image' | 'text'> & { readonly itemId: number };

/** What the sides of a query found; null for a side not asked. */
export type Answers = Readonly<Record<Modality, VectorAnswer | null>>;

/**
 * Orders what the sides found, best first: one side alone by cosine similarity, both by Reciprocal
 * Rank Fusion. Each result keeps the rank and the distance it had on both sides.
 */
export function rankAnswers(
  { image, text }: Answers,
  { k, weights }: { readonly k: number; readonly weights: Weights },
): Ranked[] {
  const imagePlaces = placesOf(image);
  const textPlaces = placesOf(text);
  if (image === null || text === null) {
    const candidates = (image ?? text)?.candidates ?? [];
    return candidates.map(({ itemId, key, distance }) => ({
      itemId,
      score: 1 - distance,
      image: imagePlaces.get(key)?.place ?? null,
      text: textPlaces.get(key)?.place ?? null,
    }));
  }
  const lists = [
    { keys: [...imagePlaces.keys()], weight: weights.image },
    { keys: [...textPlaces.keys()], weight: weights.text },
  ];
  return fuse(lists, k).flatMap(({ key, score }) => {
    const onImage = imagePlaces.get(key);
    const onText = textPlaces.get(key);
    const itemId = onImage?.itemId ?? onText?.itemId;
    if (itemId === undefined) return [];
    return [{ itemId, score, image: onImage?.place ?? null, text: onText?.place ?? null }];
  });
}

/** Where a side placed each key, in order of rank. */
function placesOf(answer: VectorAnswer | null): Map<string, { itemId: number; place: Place }> {
  const candidates: readonly Candidate[] = answer?.candidates ?? [];
  return new Map(
    candidates.map(({ itemId, key, distance }, at) => [
      key,
      { itemId, place: { rank: at + 1, distance } },
    ]),
  );
}
