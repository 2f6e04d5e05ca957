/** A place in a grid of marks: the row and the mark in it. */
export interface Place {
  row: number;
  mark: number;
}

/** The place an element stands for by its `data-mark`, as `row:mark`. */
export function placeOf(target: Element): Place | null {
  const [row, mark] = (target.getAttribute('data-mark') ?? '').split(':').map(Number);
  return row === undefined || mark === undefined ? null : { row, mark };
}

/**
 * Where a key leads in a grid of marks that is one tab stop, or `null` when it leads nowhere:
 * up and down between rows, along the reading direction between the marks of a row, Home and End
 * to the first and last row.
 *
 * @param marks number of marks in each row
 */
export function walk(key: string, from: Place, marks: readonly number[], rtl: boolean): Place | null {
  const last = marks.length - 1;
  const row = { ArrowDown: from.row + 1, ArrowUp: from.row - 1, Home: 0, End: last }[key];
  if (row !== undefined) {
    const to = Math.min(Math.max(row, 0), last);
    return { row: to, mark: Math.min(from.mark, (marks[to] ?? 1) - 1) };
  }
  const forward = rtl ? 'ArrowLeft' : 'ArrowRight';
  const backward = rtl ? 'ArrowRight' : 'ArrowLeft';
  if (key !== forward && key !== backward) return null;
  const mark = from.mark + (key === forward ? 1 : -1);
  return { row: from.row, mark: Math.min(Math.max(mark, 0), (marks[from.row] ?? 1) - 1) };
}
