/** A figure with the bar it is measured against. */
export interface Goal {
  readonly what: string;
  readonly bar: string;
  readonly measured: string;
  readonly isReached: boolean;
}

export interface Table {
  readonly title: string;
  /** Headings; the first column names the row. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one suite found. */
export interface Report {
  readonly title: string;
  /** What was measured, on what input, and how. */
  readonly method: readonly string[];
  readonly goals: readonly Goal[];
  readonly tables: readonly Table[];
}

/** The report as aligned lines for a terminal. */
export function toText({ title, method, goals, tables }: Report): string {
  const parts = [title, ...method.map((line) => `  ${line}`)];
  for (const table of [goalTable(goals), ...tables]) {
    if (table.rows.length > 0) parts.push('', ...alignedTable(table));
  }
  return parts.join('\n');
}

/** The report as a section of a Markdown page. */
export function toMarkdown({ title, method, goals, tables }: Report, preface: string): string {
  const parts = [`## ${title}`, '', preface, '', ...method.map((line) => `- ${line}`)];
  for (const table of [goalTable(goals), ...tables]) {
    if (table.rows.length === 0) continue;
    parts.push('', `**${table.title}**`, '', markdownRow(table.columns));
    parts.push(markdownRow(table.columns.map((_, at) => (at === 0 ? ':--' : '--:'))));
    parts.push(...table.rows.map(markdownRow));
  }
  return parts.join('\n');
}

/**
 * Puts a section into a page between its two markers, in place of the one before; at the end where
 * there was none. What is written by hand around it stays.
 */
export function replaceSection(page: string, name: string, section: string): string {
  const begin = `<!-- bench:${name} -->`;
  const end = `<!-- /bench:${name} -->`;
  const block = `${begin}\n\n${section}\n\n${end}`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) return `${page.trimEnd()}\n\n${block}\n`;
  return page.slice(0, from) + block + page.slice(to + end.length);
}

function goalTable(goals: readonly Goal[]): Table {
  return {
    title: 'Goals',
    columns: ['Goal', 'Bar', 'Measured', ''],
    rows: goals.map((goal) => [
      goal.what,
      goal.bar,
      goal.measured,
      goal.isReached ? 'reached' : 'MISSED',
    ]),
  };
}

function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function alignedTable({ title, columns, rows }: Table): string[] {
  const widths = columns.map((_, at) =>
    Math.max(...[columns, ...rows].map((row) => (row[at] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ')}`;
  return [`  ${title}`, line(columns), ...rows.map(line)];
}
