/**
 * Reads the rows of a table of the page: first cell the stage, next cell its count. Rows without
 * data cells are heads. What is read is checked by the caller; a count that is none stays text, so
 * that the check can name it.
 */
export function readTable(table: HTMLTableElement): { rows: unknown[]; label: string } {
  const rows = Array.from(table.rows).flatMap((row) => {
    const cells = Array.from(row.cells);
    const data = cells.findIndex((cell, i) => i > 0 && cell.localName === 'td');
    const [name, value] = [cells[0], cells[data]];
    if (name === undefined || value === undefined) return [];
    const { owner } = row.dataset;
    return [
      {
        stage: textOf(name),
        count: numberOf(value.dataset['value'] ?? textOf(value)),
        ...(owner && { owner }),
      },
    ];
  });
  return { rows, label: table.caption === null ? '' : textOf(table.caption) };
}

const textOf = (node: Node): string => (node.textContent ?? '').replace(/\s+/g, ' ').trim();

/** A whole number as people write it: grouped by spaces, points, commas or apostrophes, in any digits. */
function numberOf(text: string): number | string {
  const digits = text.replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)));
  const plain = digits.replace(/(?<=\d)[\s.,'’٬](?=\d{3}(?!\d))/gu, '');
  return /^\d+$/.test(plain) ? Number(plain) : text;
}

/** The value of a decimal digit of any script: they stand in runs of ten from zero on. */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 48;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
  return code - zero;
}
