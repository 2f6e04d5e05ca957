import type { Duration } from '../contracts/primitives.ts';

/** Milliseconds of a second. @public */
export const SECOND_MS = 1000;
/** Milliseconds of a minute. @public */
export const MINUTE_MS = 60_000;
/** Milliseconds of an hour. @public */
export const HOUR_MS = 3_600_000;
/** Milliseconds of 24 hours; a local day may be longer or shorter. @public */
export const DAY_MS = 86_400_000;
/** Milliseconds of seven times 24 hours. @public */
export const WEEK_MS = 604_800_000;

/** Elapsed milliseconds of a duration; a day is 24 hours, a week seven days. @public */
export function durationMs(duration: Duration): number {
  return Math.round(
    (duration.weeks ?? 0) * WEEK_MS +
      (duration.days ?? 0) * DAY_MS +
      (duration.hours ?? 0) * HOUR_MS +
      (duration.minutes ?? 0) * MINUTE_MS +
      (duration.seconds ?? 0) * SECOND_MS,
  );
}
