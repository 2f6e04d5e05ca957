import type { NullReason, Times, TimeToConvert } from '../../contracts/index.ts';
import { groupedQuantile } from '../../stats/index.ts';
import { MINUTE_MS, SECOND_MS } from '../../time/index.ts';
import type { DurationCount } from './statistics.ts';

const span = (value: number | null): { value: number } | { value: null; reason: NullReason } =>
  value === null ? { value: null, reason: 'insufficient-data' } : { value };

const total = (durations: readonly DurationCount[]): number => durations.reduce((sum, [, count]) => sum + count, 0);

/** Mean, and type 7 median and 90th percentile, of durations given as ascending `[ms, count]`; null for none. @beta */
export function timesOf(durations: readonly DurationCount[]): Times {
  const n = total(durations);
  const sum = durations.reduce((all, [ms, count]) => all + ms * count, 0);
  return {
    n,
    mean: span(n === 0 ? null : sum / n),
    median: span(groupedQuantile(durations, 0.5)),
    p90: span(groupedQuantile(durations, 0.9)),
  };
}

const MOST_AUTOMATIC_BINS = 60;

/**
 * Equal bins over durations given as ascending `[ms, count]`: `bins` of them, of
 * ⌈(longest − shortest) / bins⌉ whole seconds each (a minute when all are equal), and one more that
 * holds the longest. Each bin holds its lower edge and not its upper one.
 *
 * @param bins default: the cube root of the number of values, rounded up, at most 60.
 * @beta
 */
export function histogram(
  durations: readonly DurationCount[],
  bins?: number,
): Pick<TimeToConvert, 'histogram' | 'widthMs'> {
  const shortest = durations[0]?.[0];
  const longest = durations.at(-1)?.[0];
  if (shortest === undefined || longest === undefined) return { histogram: [] };
  const automatic = Math.min(Math.max(ceilingOfCubeRoot(total(durations)), 1), MOST_AUTOMATIC_BINS);
  const count = bins ?? automatic;
  const seconds = Math.ceil((longest - shortest) / count / SECOND_MS);
  const widthMs = seconds === 0 ? MINUTE_MS : seconds * SECOND_MS;
  const counts = Array.from({ length: count + 1 }, (_, i) => ({ fromMs: shortest + i * widthMs, count: 0 }));
  for (const [ms, n] of durations) {
    const bin = counts[Math.floor((ms - shortest) / widthMs)];
    if (bin !== undefined) bin.count += n;
  }
  return { histogram: counts, widthMs };
}

/** The root of a perfect cube is whole, whatever `Math.cbrt` rounds to. */
function ceilingOfCubeRoot(n: number): number {
  const nearest = Math.round(Math.cbrt(n));
  return nearest ** 3 >= n && (nearest - 1) ** 3 < n ? nearest : Math.ceil(Math.cbrt(n));
}
