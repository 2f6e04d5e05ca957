import type { FiscalCalendar } from '../contracts/calendar.ts';
import { dayNumber, dayOfNumber, firstOfMonth, weekday } from './day.ts';

type FiscalWeeks = Extract<FiscalCalendar, { kind: 'weeks' }>;

/** Where a day lies in the fiscal year; all but the year count from 1. @public */
export interface FiscalDay {
  year: number;
  quarter: number;
  month: number;
  /** Since the first day of the year, whatever its weekday. */
  week: number;
}

/** A fiscal year, or one of its quarters or months. @public */
export interface FiscalUnit {
  year: number;
  quarter?: number;
  month?: number;
}

/** The last day of the fiscal year that ends with a month. */
function lastDay({ endMonth, endWeekday, endRule }: FiscalWeeks, year: number): number {
  const monthEnds = firstOfMonth(year, endMonth + 1) - 1;
  const back = (weekday(monthEnds) - endWeekday + 7) % 7;
  return endRule === 'nearest' && back > 3 ? monthEnds + 7 - back : monthEnds - back;
}

/** The first days of the twelve months and of the year after them. */
function monthStarts(calendar: FiscalCalendar, year: number): number[] {
  const later = calendar.namedBy === 'start' ? 1 : 0;
  if (calendar.kind === 'months') {
    const { startMonth } = calendar;
    const startYear = startMonth === 1 ? year : year - 1 + later;
    return Array.from({ length: 13 }, (_, i) => firstOfMonth(startYear, startMonth + i));
  }
  const endYear = calendar.endMonth === 12 ? year : year + later;
  const starts = [lastDay(calendar, endYear - 1) + 1];
  const weeks = calendar.pattern.split('-').map(Number);
  for (let month = 0; month < 11; month += 1) starts.push((starts[month] ?? 0) + (weeks[month % 3] ?? 0) * 7);
  return [...starts, lastDay(calendar, endYear) + 1];
}

/**
 * The days of a fiscal year, quarter or month, `[from, to)`.
 *
 * @example
 * fiscalDays({ kind: 'months', startMonth: 7 }, { year: 2026, quarter: 1 }); // 2025-07-01 to 2025-10-01
 * @public
 */
export function fiscalDays(
  calendar: FiscalCalendar,
  { year, quarter, month }: FiscalUnit,
): { from: string; to: string } {
  const starts = monthStarts(calendar, year);
  const first = month === undefined ? ((quarter ?? 1) - 1) * 3 : month - 1;
  const months = month === undefined ? (quarter === undefined ? 12 : 3) : 1;
  const [from, to] = [starts[first], starts[first + months]];
  if (from === undefined || to === undefined)
    throw new RangeError('a fiscal year has quarters 1 to 4 and months 1 to 12');
  return { from: dayOfNumber(from), to: dayOfNumber(to) };
}

/** The fiscal year, quarter, month and week of a day `YYYY-MM-DD`. @public */
export function fiscalDay(calendar: FiscalCalendar, day: string): FiscalDay {
  const number = dayNumber(day);
  // A fiscal year begins at most a year before or a few days after the calendar year of its name.
  let year = Number(day.slice(0, 4)) + 1;
  let starts = monthStarts(calendar, year);
  while (number < (starts[0] ?? 0)) {
    year -= 1;
    starts = monthStarts(calendar, year);
  }
  const month = starts.findLastIndex((start) => start <= number) + 1;
  const week = Math.floor((number - (starts[0] ?? 0)) / 7) + 1;
  return { year, quarter: Math.ceil(month / 3), month, week };
}

/** The unit so many units later, earlier when negative. @public */
export function fiscalLater({ year, quarter, month }: FiscalUnit, steps: number): FiscalUnit {
  const move = (place: number, each: number): { year: number; place: number } => {
    const all = year * each + place - 1 + steps;
    return { year: Math.floor(all / each), place: (((all % each) + each) % each) + 1 };
  };
  if (month !== undefined) {
    const moved = move(month, 12);
    return { year: moved.year, month: moved.place };
  }
  if (quarter !== undefined) {
    const moved = move(quarter, 4);
    return { year: moved.year, quarter: moved.place };
  }
  return { year: year + steps };
}

/**
 * Reads `FY26`, `FY26-Q3` or `FY26-P05` (the fifth month); null for anything else. Two digits mean 2000 to 2099.
 * @public
 */
export function readFiscal(text: string): FiscalUnit | null {
  const parts = /^FY(\d{2})(?:-(?:Q([1-4])|P(0[1-9]|1[0-2])))?$/.exec(text);
  if (parts === null) return null;
  const [, short, quarter, month] = parts;
  const year = 2000 + Number(short);
  if (quarter !== undefined) return { year, quarter: Number(quarter) };
  return month === undefined ? { year } : { year, month: Number(month) };
}
