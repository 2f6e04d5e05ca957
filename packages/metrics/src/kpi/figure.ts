import type { Flag, KpiFigure, KpiUnit, KpiValue, NullReason } from '../contracts/index.ts';
import { isMature, SMALL_N } from '../funnel/maturity.ts';
import { groupedQuantile } from '../stats/quantile.ts';
import { wilson } from '../stats/wilson.ts';
import type { Factor, Values } from './inputs.ts';

type Also = KpiValue['also'][number];

/** No number, for a reason. */
export const nothing = (reason: NullReason): { value: null; reason: NullReason } => ({ value: null, reason });

/** A figure to be read beside the value. */
export const beside = (key: string, unit: KpiUnit, result: KpiFigure): Also => ({ key, unit, result });

/** `a / b`; null with `zero-denominator` where that is no finite number. */
export function ratio(a: number, b: number): KpiFigure {
  const value = a / b;
  return Number.isFinite(value) ? { value } : nothing('zero-denominator');
}

/** `k` of `n` with its Wilson interval; null for nobody, and where `k` is no part of `n`. */
export function shareOf(k: number, n: number): KpiFigure {
  if (k > n) return nothing('not-a-subset');
  return wilson(k, n) ?? nothing('zero-denominator');
}

/** A value with what it rests on. */
export function valueOf(
  result: KpiFigure,
  rest: {
    numerator?: number;
    denominator?: number;
    n?: number;
    variance?: number;
    flags?: readonly Flag[];
    also?: readonly Also[];
  } = {},
): KpiValue {
  const { flags = [], also = [], ...numbers } = rest;
  return { result, ...numbers, flags: [...flags], also: [...also] };
}

/** A share of things counted, few of them marked so. */
export function shareValue(
  k: number,
  n: number,
  rest: { flags?: readonly Flag[]; also?: readonly Also[] } = {},
): KpiValue {
  const flags: Flag[] = [...(rest.flags ?? []), ...(n > 0 && n < SMALL_N ? (['small-n'] as const) : [])];
  return valueOf(shareOf(k, n), { ...rest, numerator: k, denominator: n, n, flags });
}

/** A share of a cohort, marked as immature unless 95 % of it has been `followed` long enough. */
export function cohortValue(k: number, n: number, followed: number | undefined, also: readonly Also[] = []): KpiValue {
  const immature = followed !== undefined && n > 0 && !isMature(followed, n);
  return shareValue(k, n, { flags: immature ? ['immature'] : [], also });
}

/** A quotient of sums. */
export const ratioValue = (a: number, b: number, also: readonly Also[] = []): KpiValue =>
  valueOf(ratio(a, b), { numerator: a, denominator: b, also });

/** Single values in groups, ascending. */
export interface Spread {
  groups: (readonly [value: number, count: number])[];
  n: number;
  /** For how many it never happened. */
  never: number;
}

/** Groups equal values. */
export function spreadOf(values: Values): Spread {
  const counts = new Map<number, number>();
  let [n, never] = [0, 0];
  for (const one of values) {
    const [value, count] = typeof one === 'object' && one !== null ? one : ([one, 1] as const);
    if (value === null) never += count;
    else if (count > 0) {
      counts.set(value, (counts.get(value) ?? 0) + count);
      n += count;
    }
  }
  return { groups: [...counts].sort(([a], [b]) => a - b), n, never };
}

/** The variance of the values, for the interval of a mean; absent below two of them. */
export function varianceOf({ groups, n }: Spread): { variance?: number } {
  if (n < 2) return {};
  const mean = groups.reduce((sum, [value, count]) => sum + value * count, 0) / n;
  return { variance: groups.reduce((sum, [value, count]) => sum + count * (value - mean) ** 2, 0) / (n - 1) };
}

/** The type 7 quantile among those for whom it happened. */
export function quantileOf({ groups }: Spread, p: number): KpiFigure {
  const value = groupedQuantile(groups, p);
  return value === null ? nothing('insufficient-data') : { value };
}

/** The type 7 quantile among all; those for whom it never happened stand at the end, at +∞. */
export function quantileOfAll({ groups, never }: Spread, p: number): KpiFigure {
  const value = groupedQuantile(never === 0 ? groups : [...groups, [Infinity, never]], p);
  if (value === null) return nothing('insufficient-data');
  const last = groups.at(-1)?.[0];
  if (value === Infinity) return { ...nothing('not-reached'), ...(last === undefined ? {} : { above: last }) };
  return { value };
}

/** Computes with factors, or takes over the reason of the first that is missing. */
export function withFactors(factors: readonly Factor[], compute: (numbers: readonly number[]) => KpiFigure): KpiFigure {
  const numbers: number[] = [];
  for (const factor of factors) {
    if (typeof factor !== 'number') return nothing(factor.reason);
    numbers.push(factor);
  }
  return compute(numbers);
}
