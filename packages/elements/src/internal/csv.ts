import type { DataTable } from './data-table.ts';

/**
 * A table as CSV (RFC 4180): numbers in full, and text that a spreadsheet would run as a formula made harmless. What belongs
 * to it follows after an empty line, with heads of its own.
 */
export function csvOf({ heads, rows, further }: DataTable): string {
  const lines = [heads, ...rows.map((row) => row.map(({ by, text }) => (typeof by === 'number' ? by : text)))]
    .map((row) => row.map(cell).join(','))
    .join('\r\n');
  return further === undefined ? lines : `${lines}\r\n\r\n${csvOf(further)}`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
