import type { Filter, Metadata } from '../../../shared/contract/filter.ts';

/** The metadata every case is asked of. `h` has none. For tests. */
export const CASE_ITEMS: Readonly<Record<string, Metadata>> = {
  a: { colour: 'Red', year: 2012, sale: true, tags: ['x', 'y'] },
  b: { colour: 'Blue', year: 2011.5, sale: false, tags: ['y', 'z'] },
  c: { colour: 'red', tags: ['z'] },
  d: { year: '2012', sale: 'true' },
  e: { colour: 'Redish', sizes: [1, 5, 10] },
  f: { colour: 'Ré_d%', year: -3, sizes: [7] },
  g: { colour: ['Red', 'Blue'], year: 1 },
  h: {},
};

export interface FilterCase {
  readonly filter: Filter;
  /** Keys of the items that match, in order, as one word. */
  readonly matches: string;
  /** What S3Mock 5.2.0 answers where it differs from us, and why we do not follow it. */
  readonly mock?: { readonly matches: string; readonly why: string };
}

const ORDER_OF_OTHER_TYPES =
  'compares values of other types as if they were equal; the user guide allows numbers only';
const NO_STARTS_WITH = 'does not know $startsWith (of 2026-09-30) and lets everything through';
const ORDER_OF_LISTS = 'takes a list as a whole for incomparable';

export const FILTER_CASES: readonly FilterCase[] = [
  { filter: {}, matches: 'abcdefgh' },
  { filter: { colour: 'Red' }, matches: 'ag' },
  { filter: { colour: { $eq: 'Red' } }, matches: 'ag' },
  { filter: { colour: { $ne: 'Red' } }, matches: 'bcdefh' },
  { filter: { colour: { $in: ['Red', 'red'] } }, matches: 'acg' },
  { filter: { colour: { $nin: ['Red', 'red'] } }, matches: 'bdefh' },
  { filter: { colour: { $in: ['Blue', 2012] } }, matches: 'bg' },
  { filter: { colour: { $exists: true } }, matches: 'abcefg' },
  { filter: { colour: { $exists: false } }, matches: 'dh' },
  { filter: { colour: 'Ré_d%' }, matches: 'f' },
  { filter: { year: 2012 }, matches: 'a' },
  { filter: { year: '2012' }, matches: 'd' },
  { filter: { year: { $ne: 2012 } }, matches: 'bcdefgh' },
  { filter: { year: { $in: [2012, '2012', 1] } }, matches: 'adg' },
  { filter: { year: { $gt: 1000 } }, matches: 'ab' },
  {
    filter: { year: { $lt: 5 } },
    matches: 'fg',
    mock: { matches: 'cefgh', why: ORDER_OF_OTHER_TYPES },
  },
  { filter: { year: { $gt: 2011, $lt: 2012 } }, matches: 'b' },
  {
    filter: { year: { $gte: 2012 } },
    matches: 'a',
    mock: { matches: 'ad', why: ORDER_OF_OTHER_TYPES },
  },
  {
    filter: { year: { $lte: 1 } },
    matches: 'fg',
    mock: { matches: 'cdefgh', why: ORDER_OF_OTHER_TYPES },
  },
  { filter: { colour: { $gt: 0 } }, matches: '' },
  { filter: { sale: true }, matches: 'a' },
  { filter: { sale: false }, matches: 'b' },
  { filter: { sale: 'true' }, matches: 'd' },
  { filter: { sale: { $ne: true } }, matches: 'bcdefgh' },
  { filter: { sale: { $in: [true, false] } }, matches: 'ab' },
  { filter: { tags: 'y' }, matches: 'ab' },
  { filter: { tags: { $ne: 'y' } }, matches: 'cdefgh' },
  { filter: { tags: { $in: ['x', 'z'] } }, matches: 'abc' },
  { filter: { tags: { $nin: ['x'] } }, matches: 'bcdefgh' },
  { filter: { sizes: 5 }, matches: 'e' },
  { filter: { sizes: { $gt: 7 } }, matches: 'e', mock: { matches: '', why: ORDER_OF_LISTS } },
  { filter: { sizes: { $exists: true } }, matches: 'ef' },
  { filter: { colour: 'Red', year: 1 }, matches: 'g' },
  { filter: { $and: [{ colour: 'Red' }, { year: 2012 }] }, matches: 'a' },
  { filter: { $or: [{ colour: 'Blue' }, { sale: true }] }, matches: 'abg' },
  { filter: { colour: 'Red', $or: [{ year: 1 }, { sale: false }] }, matches: 'g' },
  {
    filter: { $or: [{ $and: [{ colour: 'Red' }, { sale: true }] }, { tags: 'z' }] },
    matches: 'abc',
  },
  {
    filter: { $and: [{ $or: [{ tags: 'y' }, { sizes: 7 }] }, { colour: { $ne: 'Blue' } }] },
    matches: 'af',
  },
  {
    filter: { colour: { $startsWith: 'Red' } },
    matches: 'aeg',
    mock: { matches: 'abcdefgh', why: NO_STARTS_WITH },
  },
  {
    filter: { colour: { $startsWith: 'Ré_' } },
    matches: 'f',
    mock: { matches: 'abcdefgh', why: NO_STARTS_WITH },
  },
  {
    filter: { colour: { $startsWith: '' } },
    matches: 'abcefg',
    mock: { matches: 'abcdefgh', why: NO_STARTS_WITH },
  },
  {
    filter: { year: { $startsWith: '2' } },
    matches: 'd',
    mock: { matches: 'abcdefgh', why: NO_STARTS_WITH },
  },
];
