import { Temporal } from 'temporal-polyfill';

/** A day in milliseconds, elapsed. */
export const DAY = 86_400_000;

/** Whether a text of a record is a day (`YYYY-MM-DD`) and not an instant. */
export function isDay(at: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(at);
}

/** Milliseconds since the epoch of an ISO instant with an offset. */
export function instantOf(at: string): number {
  return Temporal.Instant.from(at).epochMilliseconds;
}

/** The local day, `YYYY-MM-DD`, an instant falls on. */
export function localDay(instant: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The first instant of a local day; where the clock jumps over midnight it is the first that exists. */
export function startOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds;
}

/** The last millisecond of a local day. */
export function endOfDay(day: string, timeZone: string): number {
  return startOfDay(dayAfter(day, 1), timeZone) - 1;
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Calendar days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}
