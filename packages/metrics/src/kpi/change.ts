import type { KpiChange, KpiFigure, KpiUnit, KpiValue } from '../contracts/index.ts';
import { type Moments, welch } from '../stats/means.ts';
import { type Difference, newcombe } from '../stats/wilson.ts';

/**
 * The change of a KPI between two periods or segments. Shares of things counted get the interval of Newcombe (method
 * 10), means with a variance that of Welch; two counts get one by their own spread, √(n₁ + n₂) (Poisson, normal
 * approximation); others have none.
 *
 * @returns null where one of the values is missing.
 * @beta
 */
export function changeOf(now: KpiValue, before: KpiValue, unit: KpiUnit): KpiChange | null {
  if (now.result.value === null || before.result.value === null) return null;
  const difference = now.result.value - before.result.value;
  const interval = intervalOf(now, before, unit);
  const [low, high] = interval === null ? [difference, difference] : [interval.low, interval.high];
  return {
    difference,
    ...(interval === null ? {} : interval),
    ...(before.result.value > 0 ? { relative: difference / before.result.value } : {}),
    verdict: low > 0 ? 'up' : high < 0 ? 'down' : 'no-clear-change',
  };
}

const Z = 1.959963984540054;

function intervalOf(now: KpiValue, before: KpiValue, unit: KpiUnit): { low: number; high: number } | null {
  if (unit === 'count' && now.result.value !== null && before.result.value !== null) {
    const difference = now.result.value - before.result.value;
    const reach = Z * Math.sqrt(now.result.value + before.result.value);
    return { low: difference - reach, high: difference + reach };
  }
  const [one, other] = [momentsOf(now), momentsOf(before)];
  if (one !== null && other !== null) return boundsOf(welch(one, other));
  if (!hasInterval(now.result) || !hasInterval(before.result)) return null;
  const { numerator: k1, denominator: n1 } = now;
  const { numerator: k2, denominator: n2 } = before;
  if (k1 === undefined || n1 === undefined || k2 === undefined || n2 === undefined) return null;
  return boundsOf(newcombe(k1, n1, k2, n2));
}

const boundsOf = (found: Difference | null): { low: number; high: number } | null =>
  found === null ? null : { low: found.low, high: found.high };

function momentsOf({ result, n, variance }: KpiValue): Moments | null {
  return result.value === null || n === undefined || variance === undefined
    ? null
    : { n, mean: result.value, variance };
}

const hasInterval = (figure: KpiFigure): boolean => figure.value !== null && figure.low !== undefined;
