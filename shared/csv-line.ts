/**
 * One line of a CSV file after RFC 4180. A cell that a spreadsheet would take for a formula gets an
 * apostrophe in front (OWASP, "CSV injection"); numbers stay as they are.
 */
export function toCsvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(toCsvCell).join(',')}\r\n`;
}

function toCsvCell(cell: string | number | boolean | null): string {
  if (cell === null) return '';
  const text = String(cell);
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
