import type { Modality } from '../../../shared/contract/models.ts';
import type { Place, SearchResult, Weights } from '../../../shared/contract/search.ts';
import { fuse } from '../../../shared/rrf.ts';

/** A result before its item is read. */
export type Ranked = Pick<SearchResult, 'score' | 'image' | 'text'> & { readonly key: string };

/** What one side found, nearest first. */
type Found = readonly { readonly key: string; readonly distance: number }[];

/** What the sides of a query found; null for a side not asked. */
export type Answers = Readonly<Record<Modality, Found | null>>;

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
    return (image ?? text ?? []).map(({ key, distance }) => ({
      key,
      score: 1 - distance,
      image: imagePlaces.get(key) ?? null,
      text: textPlaces.get(key) ?? null,
    }));
  }
  const lists = [
    { keys: [...imagePlaces.keys()], weight: weights.image },
    { keys: [...textPlaces.keys()], weight: weights.text },
  ];
  return fuse(lists, k).map(({ key, score }) => ({
    key,
    score,
    image: imagePlaces.get(key) ?? null,
    text: textPlaces.get(key) ?? null,
  }));
}

/** Where a side placed each key, in order of rank. */
function placesOf(found: Found | null): Map<string, Place> {
  return new Map((found ?? []).map(({ key, distance }, at) => [key, { rank: at + 1, distance }]));
}
