import type { Days, Frame } from '../frame.ts';
import type { Stream } from '../random.ts';
import { HOUR, dateOf, fromLocal, weekdayOf, DAY } from '../time/berlin.ts';

const WEEK = [0.2, 1, 1.15, 1.1, 1.05, 0.85, 0.25] as const;
const QUIET_MONTHS = new Map([
  [8, 0.82],
  [12, 0.78],
]);
/** Leads per day grow by this share over the history. */
const GROWTH = 0.25;

/** How the leads spread over the days: growth, a weekly rhythm, a quiet August and December. */
export class Volume {
  readonly #from: number;
  readonly #cumulative: Float64Array;

  constructor(days: Days) {
    const length = days.to - days.from;
    const cumulative = new Float64Array(length + 1);
    for (let i = 0; i < length; i += 1) {
      const day = days.from + i;
      const weight =
        (1 + (GROWTH * i) / length) * (WEEK[weekdayOf(day)] ?? 1) * (QUIET_MONTHS.get(dateOf(day).month) ?? 1);
      cumulative[i + 1] = (cumulative[i] ?? 0) + weight;
    }
    const total = cumulative[length] ?? 1;
    for (let i = 0; i <= length; i += 1) cumulative[i] = (cumulative[i] ?? 0) / total;
    this.#from = days.from;
    this.#cumulative = cumulative;
  }

  /** The share of all leads created before a day. */
  before(day: number): number {
    const last = this.#cumulative.length - 1;
    return this.#cumulative[Math.min(Math.max(day - this.#from, 0), last)] ?? 1;
  }

  /** The share of all leads created on `[from, to)`. */
  share(days: Days): number {
    return Math.max(0, this.before(days.to) - this.before(days.from));
  }

  /** The days of the persons in their order: person `i` of `n` stands at share `(i + u) / n`. */
  walk(): (share: number) => number {
    const cumulative = this.#cumulative;
    let at = 0;
    return (share) => {
      while (at + 2 < cumulative.length && share >= (cumulative[at + 1] ?? 1)) at += 1;
      return this.#from + at;
    };
  }
}

/** Leads arrive in working hours above all, a few at night. */
const HOURS = [1, 1, 1, 1, 1, 2, 5, 12, 26, 34, 34, 30, 22, 28, 32, 30, 26, 20, 12, 9, 8, 7, 4, 2].flatMap(
  (weight, hour) => Array.from({ length: weight }, () => hour),
);

/** A moment of a local day, in whole seconds. */
export function moment(stream: Stream, day: number): number {
  const hour = HOURS[stream.below(HOURS.length)] ?? 12;
  return fromLocal(day * DAY + hour * HOUR + stream.below(3600) * 1000);
}

/** The days whose leads fell under the newer criteria and have been followed for the whole window. */
export const matureDays = (frame: Frame): Days => ({
  from: Math.max(frame.days.from, frame.breakDay),
  to: frame.matureDay,
});
