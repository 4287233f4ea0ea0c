import { describe, expect, it } from 'vitest';
import { columnsThatFit, type ListColumn } from './list-columns.ts';

const column = (id: string): ListColumn => ({ id, title: id, by: id, read: () => id });
const columns = [
  column('name'),
  ...['key', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(column),
] as [ListColumn, ...ListColumn[]];
const fitting = (width: number) => columnsThatFit(columns, width).map(({ id }) => id);

describe('columnsThatFit', () => {
  it('keeps the name and takes what there is room for, most important first', () => {
    expect(fitting(0)).toEqual(['name']);
    expect(fitting(480)).toEqual(['name']);
    expect(fitting(620)).toEqual(['name', 'key', 'a']);
    expect(fitting(5000)).toHaveLength(8);
  });
});
