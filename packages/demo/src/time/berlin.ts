/**
 * The calendar of the demo company, which works in Europe/Berlin. Days are counted from
 * 1970-01-01, instants are milliseconds since the epoch. The rule of the European Union
 * (Directive 2000/84/EC) is applied by arithmetic, since `Intl` is too slow for millions of
 * events: clocks change at 01:00 UTC on the last Sunday of March and of October.
 */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The reporting time zone of the demo company. @experimental */
export const TIME_ZONE = 'Europe/Berlin';

/** 0 = Sunday … 6 = Saturday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** The day number of a calendar date; `month` counts from 1. */
export const dayOf = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date) / DAY;

/** Year, month (from 1) and day of the month of a day number. */
export function dateOf(day: number): { year: number; month: number; date: number } {
  const utc = new Date(day * DAY);
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, date: utc.getUTCDate() };
}

/** The last Sunday of a 31-day month, as a day number. */
export function lastSunday(year: number, month: 3 | 10): number {
  const last = dayOf(year, month, 31);
  return last - weekdayOf(last);
}

const MEAN_YEAR = 365.2425 * DAY;
const summers = new Map<number, readonly [from: number, to: number]>();

/** Summer time of a year as instants, half open. */
function summerOf(year: number): readonly [from: number, to: number] {
  const known = summers.get(year);
  if (known !== undefined) return known;
  const summer = [lastSunday(year, 3) * DAY + HOUR, lastSunday(year, 10) * DAY + HOUR] as const;
  summers.set(year, summer);
  return summer;
}

/** How far Berlin is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: number): number {
  // The mean year is off by hours around New Year, when both candidates say winter.
  const [from, to] = summerOf(1970 + Math.floor(instant / MEAN_YEAR));
  return instant >= from && instant < to ? 2 * HOUR : HOUR;
}

/** The instant of a local wall-clock time; the second of two, and the hour before one that does not exist. */
export function fromLocal(local: number): number {
  const winter = local - HOUR;
  return offsetAt(winter) === HOUR ? winter : winter - HOUR;
}

/** The local day of an instant. */
export const localDayOf = (instant: number): number => Math.floor((instant + offsetAt(instant)) / DAY);

/** The first instant of a local day. */
export const startOfDay = (day: number): number => fromLocal(day * DAY);

const dayTexts = new Map<number, string>();

/** `YYYY-MM-DD`. */
export function dayText(day: number): string {
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY).toISOString().slice(0, 10);
  dayTexts.set(day, text);
  return text;
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);
const minuteTexts = Array.from({ length: 1440 }, (_, i) => `T${two(Math.floor(i / 60))}:${two(i % 60)}:`);
const secondTexts = Array.from({ length: 60 }, (_, i) => `${two(i)}Z`);

/** `YYYY-MM-DDThh:mm:ssZ` of an instant in whole seconds. */
export function instantText(instant: number): string {
  const seconds = Math.floor(instant / SECOND);
  const day = Math.floor(seconds / 86_400);
  const rest = seconds - day * 86_400;
  const minute = Math.floor(rest / 60);
  return dayText(day) + (minuteTexts[minute] ?? '') + (secondTexts[rest - minute * 60] ?? '');
}

const OPENS = 8.5 * HOUR;
const CLOSES = 17.5 * HOUR;

/**
 * The instant itself in office hours (Monday to Friday, 08:30 to 17:30), else a moment in the
 * first ninety minutes of the next office day; `u` in `[0, 1)` says which.
 */
export function inOfficeHours(instant: number, u: number): number {
  const local = instant + offsetAt(instant);
  let day = Math.floor(local / DAY);
  const time = local - day * DAY;
  const weekday = weekdayOf(day);
  const works = weekday !== 0 && weekday !== 6;
  if (works && time >= OPENS && time < CLOSES) return instant;
  if (!works || time >= CLOSES) {
    day += 1;
    while (weekdayOf(day) === 0 || weekdayOf(day) === 6) day += 1;
  }
  return fromLocal(day * DAY + OPENS + Math.floor(u * 90 * MINUTE));
}
