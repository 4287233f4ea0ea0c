import type { Catalog } from '../../shared/contract/catalog.ts';
import type { SearchInput, SearchOutput } from '../../shared/contract/search.ts';
import { toCsvLine } from '../../shared/csv-line.ts';
import { fieldCells, fieldHeads } from '../app/field-cells.ts';

/** Our own columns, the same for every catalog; its fields come after them. */
const COLUMNS = [
  'rank',
  'key',
  'name',
  'score',
  'image_rank',
  'image_distance',
  'text_rank',
  'text_distance',
  'picture',
] as const;

/**
 * Results as CSV (RFC 4180), best first: place, score and what each side says of it, then the
 * catalog's fields. A field called like a column of ours gets ` (field)` behind its name.
 */
export function resultsCsv(output: SearchOutput, fields: Catalog['fields']): string {
  const head = [...COLUMNS, ...fieldHeads(fields, COLUMNS)];
  const lines = output.results.map(({ rank, score, image, text, item }) =>
    toCsvLine([
      rank,
      item.key,
      item.name,
      score,
      image?.rank ?? null,
      image?.distance ?? null,
      text?.rank ?? null,
      text?.distance ?? null,
      item.imagePath,
      ...fieldCells(item, fields),
    ]),
  );
  return [toCsvLine(head), ...lines].join('');
}

/** Results as JSON with the query and the models they come from, so that they can be had again. */
export function resultsJson(output: SearchOutput, input: SearchInput, catalog: string): string {
  const { picture, text, filter, top, candidates } = input;
  const { mode, engine, k, weights, models, timing, searched } = output;
  return `${JSON.stringify(
    {
      catalog,
      query: { mode, text, picture, filter, top, candidates, k, weights },
      engine,
      models,
      searched,
      timing,
      results: output.results.map(({ item, ...place }) => ({
        ...place,
        key: item.key,
        name: item.name,
        picture: item.imagePath,
        metadata: item.metadata,
      })),
    },
    null,
    2,
  )}\n`;
}
