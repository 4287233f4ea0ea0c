import path from 'node:path';
import type { Catalog, ScanOptions } from '../../../../shared/contract/catalog.ts';
import { describeError, VitrineError } from '../../errors.ts';
import type { ColumnMatches, ColumnRoles } from './choose-columns.ts';
import { chooseColumns, folderOf, isRowAfterAll, matchColumns } from './choose-columns.ts';
import { systemErrorCode } from './error-code.ts';
import type { PictureFinder } from './find-picture.ts';
import type { CsvFormat, Inspection } from './inspect-csv.ts';
import { inspectCsv } from './inspect-csv.ts';
import type { Pacer } from '../../pacer.ts';
import type { Scratch } from './scratch.ts';

/** A CSV file that is joined to the pictures. */
export interface Table {
  readonly no: number;
  /** Relative to the root. */
  readonly file: string;
  readonly absolute: string;
  readonly format: CsvFormat;
  readonly roles: ColumnRoles;
  /** The column whose value `undefined` says that the picture was never fetched. */
  readonly link: number | null;
  /**
   * Tables with the same columns are parts of one: a key may occur once in all of them. Part 0 holds
   * the products; the others add columns.
   */
  readonly part: number;
}

export interface Plan {
  readonly preset: NonNullable<Catalog['preset']>;
  readonly tables: readonly Table[];
}

export interface PlanOptions {
  readonly root: string;
  readonly scan: ScanOptions;
  readonly scratch: Scratch;
  readonly finder: PictureFinder;
  readonly pacer: Pacer;
}

interface Candidate {
  readonly file: string;
  readonly absolute: string;
  readonly format: CsvFormat;
  readonly matches: ColumnMatches;
  /** Rows of the sample that name a picture. */
  readonly score: number;
}

// A folder of hundreds of CSV files is something else than a catalog's table.
const MAX_CANDIDATES = 20;
const KAGGLE_KEY = 'id';
const KAGGLE_NAME = 'productDisplayName';

/**
 * Decides which CSV files are joined, and how.
 *
 * @throws VitrineError CSV_INVALID when the user's options do not fit the files.
 */
export async function planTables(options: PlanOptions): Promise<Plan> {
  const { scan } = options;
  if (scan.preset === 'pictures' || scan.csv.files?.length === 0) {
    return { preset: 'pictures', tables: [] };
  }
  const candidates = await readCandidates(options);
  if (scan.preset !== 'csv') {
    const kaggle = planKaggle(candidates);
    if (kaggle !== undefined) return finish('kaggle-fashion', kaggle, options);
    if (scan.preset === 'kaggle-fashion') {
      throw new VitrineError(
        'CSV_INVALID',
        `No styles.csv with the columns ${KAGGLE_KEY} and ${KAGGLE_NAME} in ${options.root}`,
        { action: 'Choose the folder that holds styles.csv and images/, or another preset.' },
      );
    }
  }
  const tables = planPlain(candidates, options);
  return finish(tables.length === 0 ? 'pictures' : 'csv', tables, options);
}

type TableDraft = Omit<Table, 'no' | 'part'>;

function finish(
  preset: Plan['preset'],
  drafts: readonly TableDraft[],
  { scratch }: PlanOptions,
): Plan {
  const parts: string[] = [];
  const tables = drafts.map((draft, no) => {
    const columns = JSON.stringify(draft.format.columns);
    if (!parts.includes(columns)) parts.push(columns);
    for (const { name, to } of draft.format.renamed) {
      scratch.report({
        kind: 'duplicate-column',
        severity: 'notice',
        file: draft.file,
        line: draft.format.headerLine,
        field: name,
        reason: `The column ${name} occurs twice: the second is called ${to}`,
        action: `Give the second ${name} a name of its own`,
      });
    }
    return { ...draft, no, part: parts.indexOf(columns) };
  });
  return { preset, tables };
}

async function readCandidates(options: PlanOptions): Promise<Candidate[]> {
  const { scratch } = options;
  const candidates: Candidate[] = [];
  for (const file of listFiles(options)) {
    const inspection = await inspect(file, options);
    if (inspection.state === 'empty') {
      scratch.report({
        kind: 'csv-empty',
        severity: 'problem',
        file,
        reason: 'The file is empty',
        action: 'Export the table again; the first line must hold the column names',
      });
    } else if (inspection.state === 'unreadable') {
      const { reason, action } = inspection;
      scratch.report({ kind: 'csv-unreadable', severity: 'problem', file, reason, action });
    } else {
      const candidate = await matchCandidate(file, inspection.format, options);
      const { format } = candidate;
      if (format.isHeaderOnly) {
        scratch.report({
          kind: 'csv-empty',
          severity: 'problem',
          file,
          line: format.headerLine,
          reason: 'The file has column names but no rows',
          action: 'Export the table again with its rows',
        });
      }
      candidates.push(candidate);
    }
  }
  return candidates;
}

async function inspect(file: string, { root, scan, pacer }: PlanOptions): Promise<Inspection> {
  try {
    return await inspectCsv(path.join(root, ...file.split('/')), scan.csv, pacer);
  } catch (error) {
    if (error instanceof VitrineError) throw error;
    const code = systemErrorCode(error);
    if (code === 'ENOENT' && scan.csv.files !== undefined) throw notInFolder(file, root);
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    return {
      state: 'unreadable',
      reason: isForbidden
        ? 'The file may not be read'
        : `It cannot be read: ${describeError(error)}`,
      action: 'Allow reading the file, then scan again',
    };
  }
}

async function matchCandidate(
  file: string,
  format: CsvFormat,
  options: PlanOptions,
): Promise<Candidate> {
  const { root, scan, finder, pacer } = options;
  const absolute = path.join(root, ...file.split('/'));
  const matches = await matchColumns({ absolute, relative: file, format }, finder, pacer);
  const isGuessed = scan.csv.header === undefined && format.headerLine > 0;
  if (isGuessed && isRowAfterAll(format.columns, matches, finder)) {
    const again = await inspectCsv(absolute, { ...scan.csv, header: false }, pacer);
    if (again.state === 'ready') return matchCandidate(file, again.format, options);
  }
  const score = Math.max(0, ...matches.byPath, ...matches.byStem);
  return { file, absolute, format, matches, score };
}

function listFiles({ root, scan, scratch }: PlanOptions): string[] {
  if (scan.csv.files !== undefined) {
    return scan.csv.files.map((file) => {
      const relative = file.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
      if (path.isAbsolute(file) || relative.split('/').includes('..'))
        throw notInFolder(file, root);
      return relative;
    });
  }
  return scratch.db
    .prepare<[number], string>(`SELECT path FROM csv ORDER BY depth, path LIMIT ?`)
    .pluck()
    .all(MAX_CANDIDATES);
}

function notInFolder(file: string, root: string): VitrineError {
  return new VitrineError('CSV_INVALID', `The CSV file ${file} is not in ${root}`, {
    action: 'Give its path relative to the folder.',
    subject: file,
  });
}

/** The layout of Kaggle's "Fashion Product Images": styles.csv, images.csv and the folder images/. */
function planKaggle(candidates: readonly Candidate[]): TableDraft[] | undefined {
  const styles = candidates.find(
    ({ file, format }) =>
      path.posix.basename(file).toLowerCase() === 'styles.csv' &&
      format.columns.includes(KAGGLE_KEY) &&
      format.columns.includes(KAGGLE_NAME),
  );
  if (styles === undefined) return undefined;
  const key = styles.format.columns.indexOf(KAGGLE_KEY);
  const name = styles.format.columns.indexOf(KAGGLE_NAME);
  const drafts: TableDraft[] = [toDraft(styles, { key, image: null, name }, null)];
  const images = candidates.find(
    ({ file, format }) =>
      path.posix.basename(file).toLowerCase() === 'images.csv' &&
      folderOf(file) === folderOf(styles.file) &&
      format.columns.includes('filename'),
  );
  if (images !== undefined) {
    const image = images.format.columns.indexOf('filename');
    const link = images.format.columns.indexOf('link');
    drafts.push(toDraft(images, { key: null, image, name: null }, link === -1 ? null : link));
  }
  return drafts;
}

/**
 * Tables whose rows name pictures. Without a wish of the user's: those in the folder of the table
 * that names most.
 */
function planPlain(candidates: readonly Candidate[], options: PlanOptions): TableDraft[] {
  const { csv } = options.scan;
  const isChosen = csv.files !== undefined;
  const main = candidates.toSorted((a, b) => b.score - a.score)[0];
  if (main === undefined) return [];
  const near = isChosen
    ? candidates
    : candidates
        .filter((candidate) => folderOf(candidate.file) === folderOf(main.file))
        .toSorted((a, b) => b.score - a.score);
  const drafts: TableDraft[] = [];
  for (const candidate of near) {
    // Only the main table must have the columns that the user mapped.
    const mapped = candidate === main || isChosen ? csv : {};
    const roles = chooseColumns(candidate.format.columns, candidate.matches, {
      ...mapped,
      file: candidate.file,
    });
    const hasKey = roles.key !== null || roles.image !== null;
    if (hasKey && (roles.matches > 0 || drafts.length === 0 || isChosen)) {
      drafts.push(toDraft(candidate, roles, null));
      continue;
    }
    options.scratch.report({
      kind: 'csv-without-key',
      severity: drafts.length === 0 ? 'problem' : 'notice',
      file: candidate.file,
      line: candidate.format.headerLine,
      reason: 'No column names the pictures',
      action:
        'Add a column with file names (with or without extension), or say which column is the key. ' +
        `Columns: ${candidate.format.columns.slice(0, 20).join(', ')}`,
    });
  }
  return drafts;
}

function toDraft(
  { file, absolute, format }: Candidate,
  { key, image, name }: ColumnRoles,
  link: number | null,
): TableDraft {
  return { file, absolute, format, roles: { key, image, name }, link };
}
