import type { Rate } from '@sama/metrics/contracts';
import type { CoreWords } from '../locale/en/core.ts';
import type { Counts } from './counts.ts';

/** A rate as it may be shown: below 10 in the denominator as counts, below 30 muted. */
export interface RateText {
  text: string;
  /** `39.0–40.4`, without the percent sign. */
  interval?: string;
  muted: boolean;
  spoken: string;
}

/** A rate in words; apart from the other numbers since only some elements have one. */
export function rateText(rate: Rate | undefined, f: Counts, t: CoreWords): RateText | null {
  if (rate === undefined || rate.value === null) return null;
  const { value, low, high, k, n } = rate;
  const of = t.of(f.count(k), f.count(n));
  if (n < 10) return { text: of, muted: true, spoken: of };
  const digits = n < 100 ? 0 : 1;
  const [from, to] = [f.hundredths(low, digits), f.hundredths(high, digits)];
  const spoken = [of, t.spokenPercent(f.hundredths(value, digits)), t.spokenInterval(from, to)].join(t.comma);
  return { text: f.percent(value, digits), interval: `${from}–${to}`, muted: n < 30, spoken };
}
