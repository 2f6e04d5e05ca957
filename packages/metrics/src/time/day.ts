import { DAY_MS } from './duration.ts';

/** The number of a calendar day since 1970-01-01. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** The calendar day of a number. */
export function dayOfNumber(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** The ISO weekday of a day's number: 1 = Monday to 7 = Sunday. */
export function weekday(number: number): number {
  // 1970-01-01 was a Thursday.
  return ((((number + 3) % 7) + 7) % 7) + 1;
}

/** The number of the first day of a month; months beyond 1 to 12 run into other years. */
export function firstOfMonth(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1) / DAY_MS;
}

/** The day so many months earlier; of a shorter month the last day. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = firstOfMonth(year, month - months);
  const last = firstOfMonth(year, month - months + 1) - 1;
  return dayOfNumber(Math.min(first + date - 1, last));
}
