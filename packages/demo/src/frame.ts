import { Instant } from '@sama/metrics/contracts';
import { DAY, dateOf, dayOf, lastSunday, localDayOf, startOfDay, weekdayOf } from './time/berlin.ts';

/** What company to generate. Equal options give equal records, byte for byte. @experimental */
export interface DemoOptions {
  /** Persons, 100 to 10,000,000. */
  persons: number;
  /** A whole number of 32 bits. Default: 1. */
  seed?: number;
  /** The moment the data is true for, an ISO 8601 instant; nothing happens after it. Default: 2026-10-15T06:00:00Z. */
  asOf?: string;
  /** Months of history before the month of `asOf`, 6 to 120. Default: 18. */
  months?: number;
}

/** The moment the demo company's data end. @experimental */
export const DEFAULT_AS_OF = '2026-10-15T06:00:00Z';
/** Days an entrant is followed, in the definitions and in the planted truths. */
export const WINDOW_DAYS = 120;

/** Days `[from, to)`. */
export interface Days {
  from: number;
  to: number;
}

/** The options checked, and every date the company's history hangs on. */
export interface Frame {
  persons: number;
  seed: number;
  asOf: number;
  asOfText: string;
  /** Days on which leads are created: from the first of a month up to the day before `asOf`'s. */
  days: Days;
  /** The latest complete quarter: too young to judge. */
  latest: Days;
  /** The quarter in which follow-up broke down, two before the one that saw the new MQL criteria. */
  vicious: Days;
  /** Three months of `vicious`. */
  viciousMonths: readonly [Days, Days, Days];
  /** The first day of the new MQL criteria, a Monday. */
  breakDay: number;
  breakAt: number;
  /** Leads created before this day have been followed for the whole window. */
  matureDay: number;
  /** Planted stories begin before this day, so that each has time to end. */
  storyDay: number;
  /** The latest days on which clocks changed, where the history has one. */
  springDay: number | undefined;
  autumnDay: number | undefined;
}

function wholeNumber(name: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} must be a whole number from ${min} to ${max}, not ${value}`);
  }
  return value;
}

/** The first day of the month `months` after (or before) that of a day. */
function monthStart(day: number, months: number): number {
  const { year, month } = dateOf(day);
  return dayOf(year, month + months, 1);
}

const quarterStart = (day: number): number => monthStart(day, -((dateOf(day).month - 1) % 3));

/** The latest change of clocks of one season whose week lies in the history. */
function latestChange(days: Days, season: 3 | 10): number | undefined {
  const { year } = dateOf(days.to);
  return [year, year - 1].map((y) => lastSunday(y, season)).find((d) => d >= days.from && d + 7 <= days.to);
}

/**
 * Checks options and derives the dates.
 *
 * @throws RangeError naming the option that is out of range.
 */
export function frameOf(options: DemoOptions): Frame {
  const persons = wholeNumber('persons', options.persons, 100, 10_000_000);
  const seed = wholeNumber('seed', options.seed ?? 1, -(2 ** 31), 2 ** 32 - 1);
  const months = wholeNumber('months', options.months ?? 18, 6, 120);
  const asOfText = options.asOf ?? DEFAULT_AS_OF;
  const asOf = Instant.safeParse(asOfText).success ? Date.parse(asOfText) : Number.NaN;
  if (!(asOf >= Date.UTC(1990, 0, 1) && asOf < Date.UTC(2100, 0, 1))) {
    throw new RangeError(
      `asOf must be an ISO 8601 instant from 1990 to 2099, such as ${DEFAULT_AS_OF}, not ${JSON.stringify(asOfText)}`,
    );
  }
  const today = localDayOf(asOf);
  const days = { from: monthStart(today, -months), to: today };
  const quarter = quarterStart(today);
  const vicious = monthStart(quarter, -15);
  const viciousMonths = [0, 1, 2].map((m) => ({ from: monthStart(vicious, m), to: monthStart(vicious, m + 1) }));
  const [first, second, third] = viciousMonths;
  if (first === undefined || second === undefined || third === undefined) throw new Error('a quarter has three months');
  const eleventh = monthStart(quarter, -9) + 10;
  const breakDay = eleventh + ((8 - weekdayOf(eleventh)) % 7);
  return {
    persons,
    seed,
    asOf,
    asOfText,
    days,
    latest: { from: monthStart(quarter, -3), to: quarter },
    vicious: { from: vicious, to: third.to },
    viciousMonths: [first, second, third],
    breakDay,
    breakAt: startOfDay(breakDay),
    matureDay: localDayOf(asOf - WINDOW_DAYS * DAY),
    storyDay: today - 130,
    springDay: latestChange(days, 3),
    autumnDay: latestChange(days, 10),
  };
}
