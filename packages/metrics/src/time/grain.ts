import type { FiscalCalendar } from '../contracts/calendar.ts';
import { dayNumber, dayOfNumber, weekday } from './day.ts';
import { fiscalDay, fiscalDays } from './fiscal.ts';

/** The steps of a trend. @public */
export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The calendar that the steps of a trend follow. @public */
export interface GrainOptions {
  /** The ISO weekday a week begins with, 1 = Monday to 7 = Sunday. Default 1. */
  weekStart?: number;
  /** Months, quarters and years of this calendar. Default: those of the calendar year. */
  fiscal?: FiscalCalendar;
}

const CALENDAR_YEAR: FiscalCalendar = { kind: 'months', startMonth: 1 };

/**
 * The whole day, week, month, quarter or year that holds a day `YYYY-MM-DD`, as days `[from, to)`.
 *
 * @example
 * grainOf('2026-03-18', 'week'); // 2026-03-16 to 2026-03-23
 * @public
 */
export function grainOf(
  day: string,
  grain: Grain,
  { weekStart = 1, fiscal = CALENDAR_YEAR }: GrainOptions = {},
): { from: string; to: string } {
  if (grain === 'day' || grain === 'week') {
    const number = dayNumber(day);
    const from = grain === 'day' ? number : number - ((weekday(number) - weekStart + 7) % 7);
    return { from: dayOfNumber(from), to: dayOfNumber(from + (grain === 'day' ? 1 : 7)) };
  }
  const { year, quarter, month } = fiscalDay(fiscal, day);
  if (grain === 'year') return fiscalDays(fiscal, { year });
  return fiscalDays(fiscal, grain === 'quarter' ? { year, quarter } : { year, month });
}

/**
 * The whole steps that a period `[from, to)` touches, in their order; the first and last may reach beyond it.
 * @public
 */
export function grainsOf(
  { from, to }: { from: string; to: string },
  grain: Grain,
  options: GrainOptions = {},
): { from: string; to: string }[] {
  const steps: { from: string; to: string }[] = [];
  for (let day = from; day < to;) {
    const step = grainOf(day, grain, options);
    steps.push(step);
    day = step.to;
  }
  return steps;
}
