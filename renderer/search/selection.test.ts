import { describe, expect, it } from 'vitest';
import { filterSchema } from '../../shared/contract/filter.ts';
import { type Selection, toFilter, toggleValue, withoutField } from './selection.ts';

describe('selection', () => {
  it('adds and takes out values, and forgets a field without any', () => {
    let selection: Selection = {};
    selection = toggleValue(selection, 'colour', 'Red');
    selection = toggleValue(selection, 'colour', 'Blue');
    selection = toggleValue(selection, 'year', 2012);
    expect(selection).toEqual({ colour: ['Red', 'Blue'], year: [2012] });
    selection = toggleValue(selection, 'colour', 'Red');
    selection = toggleValue(selection, 'colour', 'Blue');
    expect(selection).toEqual({ year: [2012] });
    expect(withoutField(selection, 'year')).toEqual({});
  });

  it('becomes a filter the contract accepts', () => {
    expect(toFilter({})).toBeUndefined();
    expect(toFilter({ colour: ['Red'] })).toEqual({ colour: 'Red' });
    const both = toFilter({ colour: ['Red', 'Blue'], year: [2012] });
    expect(both).toEqual({ $and: [{ colour: { $in: ['Red', 'Blue'] } }, { year: 2012 }] });
    expect(filterSchema.parse(both)).toEqual(both);
  });
});
