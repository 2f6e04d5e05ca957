/** The standard normal quantile of a two-sided 95 % interval. */
const Z = 1.959963984540054;

/** A share with its 95 % interval. @public */
export interface Proportion {
  /** k / n, 0 to 1. */
  value: number;
  low: number;
  high: number;
}

/**
 * The share `k / n` with its 95 % Wilson score interval.
 *
 * centre = (p + z²/2n) / (1 + z²/n), half = z/(1 + z²/n) · √(p(1−p)/n + z²/4n²).
 * Source: Wilson, JASA 22 (1927) 209–212. Exact 0 and 1 at k = 0 and k = n.
 *
 * @returns null when `n` is 0.
 * @throws RangeError unless 0 ≤ k ≤ n are integers.
 * @public
 */
export function wilson(k: number, n: number): Proportion | null {
  if (!Number.isInteger(k) || !Number.isInteger(n) || k < 0 || k > n) {
    throw new RangeError(`wilson needs integers with 0 ≤ k ≤ n, not k = ${k}, n = ${n}`);
  }
  if (n === 0) return null;
  const p = k / n;
  const scale = 1 + (Z * Z) / n;
  const centre = (p + (Z * Z) / (2 * n)) / scale;
  const half = (Z / scale) * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  return { value: p, low: k === 0 ? 0 : centre - half, high: k === n ? 1 : centre + half };
}

/** A difference of shares with its 95 % interval. @public */
export interface Difference {
  /** p1 − p2, −1 to 1. */
  value: number;
  low: number;
  high: number;
}

/**
 * The difference of two independent shares with its 95 % interval by Newcombe's method 10:
 * the two Wilson intervals combined.
 *
 * low = d − √((p1−l1)² + (u2−p2)²), high = d + √((u1−p1)² + (p2−l2)²).
 * Source: Newcombe, Statistics in Medicine 17 (1998) 873–890.
 *
 * @returns null when either denominator is 0.
 * @public
 */
export function newcombe(k1: number, n1: number, k2: number, n2: number): Difference | null {
  const a = wilson(k1, n1);
  const b = wilson(k2, n2);
  if (a === null || b === null) return null;
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
}
