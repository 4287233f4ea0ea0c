import type { Filter, Primitive } from '../../shared/contract/filter.ts';

/** Chosen values by field: any of a field's values, all of the fields. */
export type Selection = Readonly<Record<string, readonly Primitive[]>>;

/** Adds a value that is not chosen, takes out one that is. */
export function toggleValue(selection: Selection, field: string, value: Primitive): Selection {
  const values = selection[field] ?? [];
  const next = values.includes(value)
    ? values.filter((entry) => entry !== value)
    : [...values, value];
  return withValues(selection, field, next);
}

/** The selection without a field. */
export function withoutField(selection: Selection, field: string): Selection {
  return withValues(selection, field, []);
}

function withValues(selection: Selection, field: string, values: readonly Primitive[]): Selection {
  const rest = Object.entries(selection).filter(([name]) => name !== field);
  return Object.fromEntries(values.length > 0 ? [...rest, [field, values]] : rest);
}

/** The selection as a filter; undefined when nothing is chosen. */
export function toFilter(selection: Selection): Filter | undefined {
  const conditions = Object.entries(selection).map(([field, values]): Filter => {
    const [only] = values;
    return { [field]: values.length === 1 && only !== undefined ? only : { $in: [...values] } };
  });
  if (conditions.length === 0) return undefined;
  return conditions.length === 1 ? conditions[0] : { $and: conditions };
}
