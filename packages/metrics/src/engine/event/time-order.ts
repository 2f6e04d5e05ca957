/**
 * Rows by their instant; those of one instant keep their order. Linear where instants are spread, as
 * they are in histories: rows go to buckets of equal spans, and each bucket is sorted.
 */
export function inTimeOrder(rows: Int32Array, instants: ArrayLike<number>): Int32Array {
  const n = rows.length;
  let [first, last, sorted] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let i = 0; i < n; i++) {
    const ms = instants[rows[i] ?? 0] ?? 0;
    if (ms < last) sorted = false;
    if (ms < first) first = ms;
    if (ms > last) last = ms;
  }
  if (sorted) return rows;
  const buckets = Math.ceil(n / ROWS_IN_BUCKET);
  const scale = (buckets - 1) / (last - first);
  const bucketOf = (row: number): number => Math.floor(((instants[row] ?? 0) - first) * scale);
  const ends = new Int32Array(buckets + 1);
  for (let i = 0; i < n; i++) {
    const b = bucketOf(rows[i] ?? 0) + 1;
    ends[b] = (ends[b] ?? 0) + 1;
  }
  for (let b = 1; b <= buckets; b++) ends[b] = (ends[b] ?? 0) + (ends[b - 1] ?? 0);
  const result = new Int32Array(n);
  const next = ends.slice();
  for (let i = 0; i < n; i++) {
    const row = rows[i] ?? 0;
    const b = bucketOf(row);
    const slot = next[b] ?? 0;
    result[slot] = row;
    next[b] = slot + 1;
  }
  for (let b = 0; b < buckets; b++) sortByInstant(result, ends[b] ?? 0, ends[b + 1] ?? 0, instants);
  return result;
}

const ROWS_IN_BUCKET = 4;
/** Beyond this many rows, a sort that does not grow with their square. */
const MANY = 32;

/** Sorts rows from `begin` to `end` by their instant; those of one instant keep their order. */
export function sortByInstant(rows: Int32Array, begin: number, end: number, instants: ArrayLike<number>): void {
  const at = (row: number): number => instants[row] ?? 0;
  if (end - begin > MANY) {
    rows.subarray(begin, end).sort((a, b) => at(a) - at(b));
    return;
  }
  for (let i = begin + 1; i < end; i++) {
    const row = rows[i] ?? 0;
    const ms = at(row);
    let j = i - 1;
    for (; j >= begin && at(rows[j] ?? 0) > ms; j--) rows[j + 1] = rows[j] ?? 0;
    rows[j + 1] = row;
  }
}
