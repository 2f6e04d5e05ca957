import { InputError } from '../errors.ts';

/** The point a share of the way from one value to another; both may be +∞. */
function between(low: number, high: number, share: number): number {
  return share === 0 || low === high ? low : low + (high - low) * share;
}

function typeSeven(n: number, valueAt: (index: number) => number, p: number): number | null {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile lies between 0 and 1, not ${p}`);
  if (n === 0) return null;
  const at = (n - 1) * p;
  const below = Math.floor(at);
  return between(valueAt(below), valueAt(Math.min(below + 1, n - 1)), at - below);
}

/**
 * The type 7 quantile: linear between the order statistics at (n − 1)p.
 * Source: Hyndman & Fan, The American Statistician 50 (1996) 361–365.
 *
 * @param sorted ascending values; +∞ stands for what never happened, and so it does in the result.
 * @returns null for an empty list.
 * @public
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
  return typeSeven(sorted.length, (i) => sorted[i] ?? Number.NaN, p);
}

/** A quantile among all, those included for whom it has not happened. @public */
export interface OpenQuantile {
  /** Null when the quantile lies among those for whom it never happened. */
  value: number | null;
  /** With a `value` of null the largest one that did happen: the quantile lies above it. Null when none did. */
  above: number | null;
}

/**
 * {@link quantile} over `sorted` and so many more that never happened, each +∞. Between the last value and +∞ it is
 * not reached: half of those who answered in 8 minutes is not half of those who asked.
 *
 * @example
 * quantileWithNever([1, 2, 3, 5], 1, 0.5); // { value: 3, above: null }
 * quantileWithNever([1, 2, 3, 5], 1, 0.9); // { value: null, above: 5 }
 *
 * @param sorted ascending finite values.
 * @returns null for nobody at all.
 * @throws InputError when `never` is not a whole number from 0.
 * @public
 */
export function quantileWithNever(sorted: ArrayLike<number>, never: number, p: number): OpenQuantile | null {
  if (!Number.isInteger(never) || never < 0) {
    throw new InputError('never', `${never} is not a count`, 'give a whole number, 0 or more');
  }
  const value = typeSeven(sorted.length + never, (i) => sorted[i] ?? Infinity, p);
  if (value === null) return null;
  return value === Infinity ? { value: null, above: sorted[sorted.length - 1] ?? null } : { value, above: null };
}

/** {@link quantile} over values given as ascending `[value, count]` groups; the last value may be +∞. @public */
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
    if (low !== null && seen > Math.min(below + 1, n - 1)) return between(low, value, at - below);
  }
  return low;
}
