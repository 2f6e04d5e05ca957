/**
 * The type 7 quantile: linear between the order statistics at (n − 1)p.
 * Source: Hyndman & Fan, The American Statistician 50 (1996) 361–365.
 *
 * @param sorted ascending values.
 * @returns null for an empty list.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile lies between 0 and 1, not ${p}`);
  const n = sorted.length;
  if (n === 0) return null;
  const at = (n - 1) * p;
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, n - 1)] ?? low;
  return low + (high - low) * (at - below);
}

/** {@link quantile} over values given as ascending `[value, count]` groups. */
export function groupedQuantile(
  groups: readonly (readonly [value: number, count: number])[],
  p: number,
): number | null {
  const n = groups.reduce((sum, [, count]) => sum + count, 0);
  if (n === 0) return null;
  const at = (n - 1) * p;
  const below = Math.floor(at);
  let seen = 0;
  let low: number | null = null;
  for (const [value, count] of groups) {
    seen += count;
    if (low === null && seen > below) low = value;
    if (low !== null && seen > Math.min(below + 1, n - 1)) return low + (value - low) * (at - below);
  }
  return low;
}
