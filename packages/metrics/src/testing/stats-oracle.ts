import type { DurationGroup } from '../funnel/statistics.ts';

/** 1.959963984540054: the 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/** The point in `[low, high]` where a rising function passes 0. */
function crossing(rising: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 200; i += 1) {
    const middle = (a + b) / 2;
    if (rising(middle) < 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

/**
 * Wilson's 95 % interval by its meaning: the shares `q` that a score test does not reject,
 * `|p − q| ≤ z √(q (1 − q) / n)`; both ends are found by bisection (Wilson 1927).
 */
export function oracleWilson(k: number, n: number): { low: number; high: number } {
  const p = k / n;
  const margin = (q: number): number => Z * Math.sqrt((q * (1 - q)) / n);
  return {
    low: k === 0 ? 0 : crossing((q) => q + margin(q) - p, 0, p),
    high: k === n ? 1 : crossing((q) => q - margin(q) - p, p, 1),
  };
}

/**
 * Newcombe's interval of `k1/n1 − k2/n2`, method 10 (Newcombe 1998): the distances from each share to
 * the ends of its Wilson interval, as legs of right triangles.
 */
export function oracleNewcombe(
  k1: number,
  n1: number,
  k2: number,
  n2: number,
): { difference: number; low: number; high: number } {
  const [one, two] = [oracleWilson(k1, n1), oracleWilson(k2, n2)];
  const [p1, p2] = [k1 / n1, k2 / n2];
  const difference = p1 - p2;
  return {
    difference,
    low: difference - Math.hypot(p1 - one.low, two.high - p2),
    high: difference + Math.hypot(one.high - p1, p2 - two.low),
  };
}

/** One subject for each counted one. */
function subjects(groups: readonly DurationGroup[]): { time: number; code: number }[] {
  return groups.flatMap(([time, code, count]) => Array.from({ length: count }, () => ({ time, code })));
}

function distinctTimes(all: readonly { time: number }[]): number[] {
  return [...new Set(all.map(({ time }) => time))].toSorted((a, b) => a - b);
}

/**
 * Kaplan–Meier survival after `time`: the product of the shares that survive each earlier moment,
 * recomputed from the subjects; every code but 1 is censored. At equal times events come before censorings.
 */
export function oracleSurvival(groups: readonly DurationGroup[], time: number): number {
  const all = subjects(groups);
  return distinctTimes(all)
    .filter((moment) => moment <= time)
    .map((moment) => {
      const atRisk = all.filter((subject) => subject.time >= moment).length;
      const events = all.filter((subject) => subject.time === moment && subject.code === 1).length;
      return (atRisk - events) / atRisk;
    })
    .reduce((product, share) => product * share, 1);
}

/** The first time at which survival is `level` or below; undefined when it never is. */
export function oracleSurvivalTime(groups: readonly DurationGroup[], level: number): number | undefined {
  // Shares such as 4/5 · 3/4 · 2/3 · 1/2 are a rounding error off the level they equal.
  return distinctTimes(subjects(groups)).find((time) => oracleSurvival(groups, time) <= level + 1e-12);
}

/**
 * Aalen–Johansen cumulative incidence of code 1 at `time`, with code 2 competing, by redistribution
 * to the right (Efron 1967, generalised): every subject starts with the same mass; a censored one
 * hands its mass in equal parts to those still followed after it; the incidence is the mass that ends in code 1.
 * Equal to the product-limit form. At equal times censorings come last; the mass of subjects that nobody outlasts stays undecided.
 */
export function oracleIncidence(groups: readonly DurationGroup[], time: number): number {
  const order = (code: number): number => (code === 0 ? 1 : 0);
  const all = subjects(groups).toSorted((a, b) => a.time - b.time || order(a.code) - order(b.code));
  const mass = all.map(() => 1 / all.length);
  let incidence = 0;
  all.forEach((subject, index) => {
    if (subject.time > time) return;
    const own = mass[index] ?? 0;
    if (subject.code === 1) incidence += own;
    if (subject.code !== 0) return;
    const after = all.length - index - 1;
    for (let later = index + 1; later < all.length; later += 1) mass[later] = (mass[later] ?? 0) + own / after;
  });
  return incidence;
}

/**
 * The type 7 quantile (Hyndman & Fan 1996) by its meaning: the observations are spread evenly over
 * `[0, 1]` from the smallest to the largest and joined by straight lines; the quantile is the height at `p`.
 */
export function oracleQuantile(sorted: readonly number[], p: number): number | undefined {
  if (sorted.length <= 1) return sorted[0];
  const gaps = sorted.length - 1;
  const knots = sorted.map((height, index) => ({ height, position: index / gaps }));
  const left = knots.findLast(({ position }) => position <= p);
  const right = knots.find(({ position }) => position >= p);
  if (left === undefined || right === undefined) return undefined;
  if (left.position === right.position) return left.height;
  const share = (p - left.position) / (right.position - left.position);
  return left.height + share * (right.height - left.height);
}
