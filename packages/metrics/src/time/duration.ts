import type { Duration } from '../contracts/index.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Elapsed milliseconds of a duration; a day is 24 hours. */
export function durationMs(duration: Duration): number {
  return Math.round(
    (duration.days ?? 0) * DAY_MS + (duration.hours ?? 0) * HOUR_MS + (duration.minutes ?? 0) * MINUTE_MS,
  );
}
