import type { ClockKey } from '../contracts/index.ts';

/** A stretch in which a clock stands still; `to` is null while nobody knows its end. @beta */
export interface Standstill {
  from: string;
  to: string | null;
}

/** One run of a clock. It holds instants only: how much open time lies between them is asked of a calendar. @beta */
export interface Clock {
  startedAt: string;
  /** Since when it counts for the present owner: a reassignment restarts this, not the clock. */
  ownerSince: string;
  /** Whom it counts for: a seller's id, or null while nobody has it. */
  owner: string | null;
  stoppedAt: string | null;
  pauses: readonly Standstill[];
}

/** The latest run of each clock; null before the first. @beta */
export type Clocks = Readonly<Record<ClockKey, Clock | null>>;

export const isRunning = (clock: Clock | null): clock is Clock => clock !== null && clock.stoppedAt === null;

/** Starts a clock, or goes on with the one that runs; that one restarts for a new owner. */
export function started(clock: Clock | null, at: string, owner: string | null): Clock {
  if (!isRunning(clock)) return { startedAt: at, ownerSince: at, owner, stoppedAt: null, pauses: [] };
  return clock.owner === owner ? clock : { ...clock, owner, ownerSince: at };
}

export function stopped(clock: Clock, at: string): Clock {
  return { ...resumed(clock, at), stoppedAt: at };
}

export function paused(clock: Clock, at: string): Clock {
  return { ...clock, pauses: [...clock.pauses, { from: at, to: null }] };
}

export function resumed(clock: Clock, at: string): Clock {
  if (clock.pauses.at(-1)?.to !== null) return clock;
  return { ...clock, pauses: clock.pauses.map((p) => (p.to === null ? { from: p.from, to: at } : p)) };
}
