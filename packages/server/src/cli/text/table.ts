import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

/** A column: its head and the side its cells stand on. */
export interface Column {
  head: string;
  align: 'start' | 'end';
}

/** Text from elsewhere on one line, without anything a terminal would obey. */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/** Rows as aligned lines under their heads, two spaces between columns. A column without any cell is left out. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const used = columns
    .map((column, i) => ({ ...column, i }))
    .filter(({ i }) => rows.some((row) => (row[i] ?? '') !== ''));
  const cells = [used.map(({ head }) => head), ...rows.map((row) => used.map(({ i }) => row[i] ?? ''))];
  const widths = used.map((_, at) => Math.max(...cells.map((row) => stringWidth(row[at] ?? ''))));
  return cells.map((row) =>
    row
      .map((cell, at) => {
        const gap = ' '.repeat((widths[at] ?? 0) - stringWidth(cell));
        return used[at]?.align === 'end' ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
}
