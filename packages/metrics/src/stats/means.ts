import type { Difference } from './wilson.ts';

/** What an interval needs to know of some values. @public */
export interface Moments {
  n: number;
  mean: number;
  /** With n − 1 in the denominator; 0 for one value. */
  variance: number;
}

/** Count, mean and variance; null for an empty list. @public */
export function momentsOf(values: readonly number[]): Moments | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, variance: n === 1 ? 0 : squares / (n - 1) };
}

/** ln Γ(x) for x ≥ ½ to 14 digits. Source: Lanczos, SIAM J. Numer. Anal. B 1 (1964) 86–96, g = 7, n = 9. */
function logGamma(x: number): number {
  const series = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ].reduce((sum, coefficient, i) => sum + coefficient / (x + i), 0.9999999999998099);
  const t = x + 6.5;
  return 0.9189385332046728 + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** The chance that a t variable with `df` degrees of freedom lies within ±`t`: its density by Simpson's rule. */
function within(t: number, df: number): number {
  const density = (s: number): number => Math.exp((-(df + 1) / 2) * Math.log1p((s * s) / df));
  const scale = Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2)) / Math.sqrt(Math.PI * df);
  const steps = 400;
  let sum = density(0) + density(t);
  for (let i = 1; i < steps; i += 1) sum += (i % 2 === 1 ? 4 : 2) * density((t * i) / steps);
  return (2 * scale * sum * t) / (3 * steps);
}

/** The two-sided 95 % point of Student's t distribution with `df` ≥ 1 degrees of freedom, whole or not. @public */
export function studentT95(df: number): number {
  let [low, high] = [1.9, 13];
  for (let i = 0; i < 50; i += 1) {
    const middle = (low + high) / 2;
    if (within(middle, df) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The difference of two means with its 95 % interval, variances not assumed equal (Welch): d ± t · √(s₁²/n₁ + s₂²/n₂)
 * with the degrees of freedom of Satterthwaite. In the unit of the values. Values without any spread give an interval
 * without width. Source: Welch, Biometrika 34 (1947) 28–35.
 *
 * @returns null with fewer than two values on a side.
 * @public
 */
export function welch(one: Moments, other: Moments): Difference | null {
  if (one.n < 2 || other.n < 2) return null;
  const value = one.mean - other.mean;
  const [a, b] = [one.variance / one.n, other.variance / other.n];
  if (a + b === 0) return { value, low: value, high: value };
  const df = (a + b) ** 2 / (a ** 2 / (one.n - 1) + b ** 2 / (other.n - 1));
  const reach = studentT95(df) * Math.sqrt(a + b);
  return { value, low: value - reach, high: value + reach };
}
