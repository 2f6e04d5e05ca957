import type { DataTable } from './data-table.ts';

/** A table as CSV (RFC 4180): numbers in full, and text that a spreadsheet would run as a formula made harmless. */
export function csvOf({ heads, rows }: DataTable): string {
  return [heads, ...rows.map((row) => row.map(({ by, text }) => (typeof by === 'number' ? by : text)))]
    .map((row) => row.map(cell).join(','))
    .join('\r\n');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
