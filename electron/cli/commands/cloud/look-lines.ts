import type { IndexLook, MetadataLook } from '../../../../shared/contract/cloud/look.ts';
import { formatCount, formatTable } from '../../output.ts';

const VERDICTS = {
  same: 'made by the same model',
  near: 'near, not the same: another precision or preprocessing of the same model, or pictures that changed',
  other: 'made by another model: searching there would find nothing sensible',
} as const;

/** What matches, index by index; nothing of those that are not there yet. */
export function describeLooks(looks: readonly IndexLook[]): string[] {
  const columns = looks.map(toColumns).find((text) => text !== null);
  return [
    ...looks.flatMap((look) => (look.state === 'missing' ? [] : describeLook(look))),
    ...(columns === undefined ? [] : [`To publish the same columns: ${columns}`]),
  ];
}

function describeLook(look: IndexLook): string[] {
  const { index, state, dimension, metric, model, toldModel, denied } = look;
  const made =
    state === 'hidden'
      ? 'what it is made for may not be read'
      : `${dimension} numbers, ${metric}; ${toldModel === null ? 'it does not say which model made them' : `made by ${toldModel}`}`;
  return [
    `${index}: ${made} (the catalog: ${model.dimension} numbers by ${model.id})`,
    ...(look.misfit === null ? [] : [`  ${look.misfit}`]),
    ...describeKeys(look),
    ...describeVectors(look),
    ...describeMetadata(look),
    ...(denied.length === 0
      ? []
      : [`  Not known, because the policy does not allow it: ${denied.join(', ')}`]),
  ];
}

function describeKeys({ keys, asked }: IndexLook): string[] {
  if (keys === null) return [];
  if (keys.sampled === 0) return ['  keys: it is empty'];
  const { sampled, matching, byStem, stemExample, others } = keys;
  return [
    `  keys: ${matching} of ${sampled} sampled are keys of the catalog`,
    ...(stemExample === null
      ? []
      : [
          `    ${byStem} more would be without folder and ending: ${stemExample.there} is ${stemExample.here} here`,
        ]),
    ...(others.length === 0 ? [] : [`    not of the catalog: ${others.join(' ')}`]),
    ...(asked === null
      ? []
      : [`    of ${formatCount(asked.count, 'key')} of the catalog, ${asked.found} are there`]),
  ];
}

function describeVectors({ vectors }: IndexLook): string[] {
  if (vectors === null) return [];
  const { compared, median, lowest, verdict } = vectors;
  return [
    `  vectors: cosine ${median.toFixed(3)} to the catalog's own (${compared} compared, the lowest ${lowest.toFixed(3)}): ${VERDICTS[verdict]}`,
  ];
}

function describeMetadata({ metadata }: IndexLook): string[] {
  if (metadata === null || metadata.length === 0) return [];
  const rows = metadata.map((one) => [
    `    ${one.key}`,
    describeSource(one),
    one.filterable ? '' : 'not filterable',
    one.example,
  ]);
  return ['  metadata:', ...formatTable(rows)];
}

function describeSource({ from, by, agreeing, compared }: MetadataLook): string {
  if (from === null) return 'nothing of the catalog';
  const name =
    from.kind === 'field' ? from.field : from.kind === 'template' ? from.template : from.kind;
  return by === 'values' ? `${name} (${agreeing} of ${compared} equal)` : `${name} (by its name)`;
}

/** As options of `cloud link`; null without any that it knows. */
function toColumns({ metadata }: IndexLook): string | null {
  const fields = (metadata ?? []).flatMap(({ key, from, filterable }) =>
    from?.kind === 'field' ? [{ key, field: from.field, filterable }] : [],
  );
  if (fields.length === 0) return null;
  const template = metadata?.find(({ from }) => from?.kind === 'template')?.from;
  const fixed = fields.filter(({ filterable }) => !filterable).map(({ key }) => key);
  return [
    `--metadata ${fields.map(({ key, field }) => (key === field ? key : `${key}=${field}`)).join(',')}`,
    ...(fixed.length === 0 ? [] : [`--not-filterable ${fixed.join(' ')}`]),
    ...(template?.kind === 'template' ? [`--uri '${template.template}'`] : []),
  ].join(' ');
}
