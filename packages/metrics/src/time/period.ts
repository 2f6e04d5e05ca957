import { Temporal } from 'temporal-polyfill';
import type { FiscalCalendar } from '../contracts/calendar.ts';
import { QuestionError } from '../errors.ts';
import { fiscalDays, fiscalLater, readFiscal } from './fiscal.ts';
import { addDays, daysBetween, isDay, zone } from './zone.ts';

/** Calendar days, half open. @public */
export interface Period {
  /** As it was asked for. */
  text: string;
  from: string;
  /** The day after the last. */
  to: string;
}

/** What a period in words is read against. @public */
export interface PeriodContext {
  /** Milliseconds; `last-90-days` ends with its day, that day included. */
  asOf: number;
  timeZone: string;
  /** First month of a fiscal year of calendar months, 1–12. Default 1. `FY26` is the year that ends in 2026. */
  fiscalStart?: number;
  /** The fiscal calendar, in place of `fiscalStart`. */
  fiscal?: FiscalCalendar | undefined;
}

const date = (year: number, month: number): Temporal.PlainDate => Temporal.PlainDate.from({ year, month, day: 1 });

const months = (text: string, start: Temporal.PlainDate, count: number): Period => ({
  text,
  from: start.toString(),
  to: start.add({ months: count }).toString(),
});

function isoWeek(text: string, year: number, week: number): Period | null {
  const monday = isoWeekStart(year, week);
  const inYear = Temporal.PlainDate.from(monday).yearOfWeek === year && week >= 1;
  return inYear ? { text, from: monday, to: addDays(monday, 7) } : null;
}

function isoWeekStart(year: number, week: number): string {
  // The fourth of January is always in week 1.
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  return fourth
    .subtract({ days: fourth.dayOfWeek - 1 })
    .add({ weeks: week - 1 })
    .toString();
}

/**
 * A period in words or numbers: `2026`, `2026-Q3`, `2026-07`, `2026-W30`, `last-90-days`,
 * `2026-07-01/2026-10-01` (the second day excluded), `FY26`, `FY26-Q3`, `FY26-P05` (the fifth fiscal month).
 *
 * @throws QuestionError `invalid-period`
 * @public
 */
export function resolvePeriod(text: string, context: PeriodContext): Period {
  const period = parse(text, context);
  if (period === null) {
    throw new QuestionError(
      'invalid-period',
      `period "${text}" is not understood: use 2026, 2026-Q3, 2026-07, 2026-W30, last-90-days, 2026-07-01/2026-10-01 or FY26-Q3`,
    );
  }
  return period;
}

function parse(text: string, context: PeriodContext): Period | null {
  const part = (pattern: RegExp): number[] | null => pattern.exec(text)?.slice(1).map(Number) ?? null;
  const year = part(/^(\d{4})$/);
  if (year?.[0] !== undefined) return months(text, date(year[0], 1), 12);
  const quarter = part(/^(\d{4})-Q([1-4])$/);
  if (quarter?.[0] !== undefined) return months(text, date(quarter[0], ((quarter[1] ?? 1) - 1) * 3 + 1), 3);
  const month = part(/^(\d{4})-(0[1-9]|1[0-2])$/);
  if (month?.[0] !== undefined) return months(text, date(month[0], month[1] ?? 1), 1);
  const week = part(/^(\d{4})-W(\d{2})$/);
  if (week?.[0] !== undefined) return isoWeek(text, week[0], week[1] ?? 0);
  const last = part(/^last-(\d{1,4})-days$/);
  if (last?.[0] !== undefined && last[0] > 0) {
    const to = addDays(zone(context.timeZone).dayOf(context.asOf), 1);
    return { text, from: addDays(to, -last[0]), to };
  }
  const unit = readFiscal(text);
  if (unit !== null) {
    const { fiscal = { kind: 'months', startMonth: context.fiscalStart ?? 1 } } = context;
    return { text, ...fiscalDays(fiscal, unit) };
  }
  const [from, to, ...rest] = text.split('/');
  if (from !== undefined && to !== undefined && rest.length === 0 && isDay(from) && isDay(to) && from < to) {
    return { text, from, to };
  }
  return null;
}

const span = ({ from, to }: { from: string; to: string }): Period => ({ text: `${from}/${to}`, from, to });

/** The period of the same kind just before this one. Fiscal years of weeks need their calendar. @public */
export function previousPeriod(period: Period, fiscal?: FiscalCalendar): Period {
  const { text, from, to } = period;
  const unit = readFiscal(text);
  if (unit !== null && fiscal !== undefined) return span(fiscalDays(fiscal, fiscalLater(unit, -1)));
  const start = Temporal.PlainDate.from(from);
  if (unit !== null || /^\d{4}(-Q[1-4]|-\d{2})?$/.test(text)) {
    const whole = start.until(Temporal.PlainDate.from(to), { largestUnit: 'months' }).months;
    return span({ from: start.subtract({ months: whole }).toString(), to: from });
  }
  return span({ from: addDays(from, -daysBetween(from, to)), to: from });
}

/** The same period a year earlier; an ISO week keeps its number. Fiscal years of weeks need their calendar. @public */
export function previousYear(period: Period, fiscal?: FiscalCalendar): Period {
  const unit = readFiscal(period.text);
  if (unit !== null && fiscal !== undefined) {
    return span(fiscalDays(fiscal, { ...unit, year: unit.year - 1 }));
  }
  const week = /^(\d{4})-W(\d{2})$/.exec(period.text);
  if (week !== null) {
    const from = isoWeekStart(Number(week[1]) - 1, Math.min(Number(week[2]), 52));
    return span({ from, to: addDays(from, 7) });
  }
  const back = (day: string): string => Temporal.PlainDate.from(day).subtract({ years: 1 }).toString();
  return span({ from: back(period.from), to: back(period.to) });
}
