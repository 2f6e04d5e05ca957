import type { Span } from '../../contracts/values.ts';
import type { BusinessTime, Pause } from '../../time/business/index.ts';
import type { CalendarOf, ClockKey, Target } from '../contracts/index.ts';
import { isRunning, type Clock } from '../machine/clocks.ts';
import { endsAfter } from '../machine/apply.ts';
import type { Handoff } from '../machine/state.ts';
import { ALL_CLOCKS } from '../machine/transitions.ts';
import { targetOf, type PreparedPolicy } from '../policy.ts';
import { ELAPSED, type Hours } from './elapsed.ts';

/** Opening hours by whom they are of; what is missing is left out. @beta */
export interface Calendars {
  /** By the id of a person. */
  people?: Readonly<Record<string, BusinessTime>>;
  /** By pool, or `sales`, `marketing`, `ops`. */
  teams?: Readonly<Record<string, BusinessTime>>;
  lead?: BusinessTime;
}

/** What a reading needs beside the hand-off. @beta */
export interface ReadingContext {
  policy: PreparedPolicy;
  calendars: Calendars;
  /** ISO instant. A running clock is read then. */
  at: string;
}

/** How much of a target is used. @beta */
export interface Used {
  /** ISO instant. */
  since: string;
  /** Milliseconds of open time, or of time where the target is elapsed; pauses aside. */
  used: Span;
  /** Milliseconds. */
  target: Span;
  /** `used` ÷ `target`. */
  share: Span;
  /** When the target is used up; null while the clock stands still without an end, or when it never is. */
  dueAt: string | null;
  /** Whether it stopped, or still runs, after it was due. */
  breached: boolean;
}

/** How a clock stands at an instant: time used, time due, and whose promise it is. @beta */
export interface ClockReading {
  clock: ClockKey;
  accountable: 'ops' | 'sales' | 'marketing';
  state: 'running' | 'paused' | 'stopped';
  /** Whose hours were counted; `elapsed` where the target is. Null where a calendar is missing. */
  calendar: CalendarOf | 'elapsed' | null;
  /** The whole run, whoever had it: what the lead waits. */
  handoff: Used;
  /** Since the present owner has it; null where the clock is not of the present owner. */
  owner: Used | null;
  clockSkew: boolean;
}

const ACCOUNTABLE: Readonly<Record<ClockKey, ClockReading['accountable']>> = {
  systemLatency: 'ops',
  acceptance: 'sales',
  firstResponse: 'sales',
  disposition: 'sales',
  marketingFix: 'marketing',
  recycleReview: 'marketing',
};

/** The clocks of a hand-off that ever ran, in the order of the way. @beta */
export function clockReadings(handoff: Handoff, context: ReadingContext): ClockReading[] {
  return ALL_CLOCKS.flatMap((key) => clockReading(handoff, key, context) ?? []);
}

/**
 * Reads a clock: the open time of the latest run, or the time that passed, without pauses. The promise of the first
 * response counts from the offer where the policy says so.
 *
 * Without a calendar a business target has no value (`missing-input`).
 *
 * @returns null when the clock never ran.
 * @beta
 */
export function clockReading(handoff: Handoff, key: ClockKey, context: ReadingContext): ClockReading | null {
  const clock = handoff.clocks[key];
  if (clock === null) return null;
  const { policy, at } = context;
  const accountable = ACCOUNTABLE[key];
  const target = targetOf(policy, key, handoff.rating);
  const { calendar, hours } =
    'elapsed' in target ? { calendar: 'elapsed' as const, hours: ELAPSED } : hoursOf(handoff, accountable, context);
  const fromOffer = key === 'firstResponse' && policy.firstResponseFrom === 'offered' ? handoff.offeredAt : null;
  const end = clock.stoppedAt ?? at;
  const pauses = pausesOf(handoff, clock);
  const use = (since: string): Used => usedOf({ since, end, target, hours, pauses });
  const mine = accountable !== 'sales' || clock.owner === handoff.seller;
  return {
    clock: key,
    accountable,
    state: isRunning(clock) ? (standsStill(handoff, clock, at) ? 'paused' : 'running') : 'stopped',
    calendar,
    handoff: use(fromOffer ?? clock.startedAt),
    owner: mine ? use(clock.ownerSince) : null,
    clockSkew: Date.parse(end) < Date.parse(clock.startedAt),
  };
}

/** The hours that count, by the order of the policy. */
export function hoursOf(
  { seller, pool, preparedBy }: Handoff,
  accountable: ClockReading['accountable'],
  { policy, calendars }: Pick<ReadingContext, 'policy' | 'calendars'>,
): { calendar: CalendarOf | null; hours: BusinessTime | null } {
  const { people = {}, teams = {}, lead } = calendars;
  const owner = accountable === 'sales' ? seller : accountable === 'marketing' ? preparedBy.id : null;
  const found: Record<CalendarOf, BusinessTime | undefined> = {
    owner: owner === null ? undefined : people[owner],
    team: (accountable === 'sales' && pool !== null ? teams[pool] : undefined) ?? teams[accountable],
    lead,
  };
  for (const calendar of policy.calendars) {
    const hours = found[calendar];
    if (hours !== undefined) return { calendar, hours };
  }
  return { calendar: null, hours: null };
}

/**
 * When so many percent of a clock's target are used up, of the present owner's run where it has one: 100 is the instant
 * it is due.
 *
 * @returns null without a calendar, while the clock stands still without an end, and when it never is.
 */
export function instantAt(
  handoff: Handoff,
  key: ClockKey,
  percent: number,
  { policy, calendars }: Pick<ReadingContext, 'policy' | 'calendars'>,
): string | null {
  const clock = handoff.clocks[key];
  if (clock === null) return null;
  const accountable = ACCOUNTABLE[key];
  const target = targetOf(policy, key, handoff.rating);
  const hours = 'elapsed' in target ? ELAPSED : hoursOf(handoff, accountable, { policy, calendars }).hours;
  if (hours === null) return null;
  const fromOffer = key === 'firstResponse' && policy.firstResponseFrom === 'offered' ? handoff.offeredAt : null;
  const mine = accountable !== 'sales' || clock.owner === handoff.seller;
  const since = fromOffer ?? (mine ? clock.ownerSince : clock.startedAt);
  const ms = hours.durationMs('elapsed' in target ? target.elapsed : target.business);
  const at = hours.deadline(Date.parse(since), (ms * percent) / 100, pausesOf(handoff, clock));
  return at === null ? null : new Date(at).toISOString();
}

/** Whether a clock stands still at an instant: it is paused, or the hand-off is on hold. */
export function isPaused(handoff: Handoff, key: ClockKey, at: string): boolean {
  const clock = handoff.clocks[key];
  return clock !== null && isRunning(clock) && standsStill(handoff, clock, at);
}

/** Who has to keep a clock. */
export const accountableFor = (key: ClockKey): ClockReading['accountable'] => ACCOUNTABLE[key];

function pausesOf(handoff: Handoff, clock: Clock): Pause[] {
  return [...clock.pauses, ...handoff.holds].map(({ from, to }) => [
    Date.parse(from),
    to === null ? Infinity : Date.parse(to),
  ]);
}

function standsStill(handoff: Handoff, clock: Clock, at: string): boolean {
  return [...clock.pauses, ...handoff.holds].some(({ to }) => endsAfter(to, at));
}

function usedOf(of: {
  since: string;
  end: string;
  target: Target;
  hours: Hours | null;
  pauses: readonly Pause[];
}): Used {
  const { since, target, hours, pauses } = of;
  const unknown = { value: null, reason: 'missing-input' } as const;
  if (hours === null) return { since, used: unknown, target: unknown, share: unknown, dueAt: null, breached: false };
  const [start, end] = [Date.parse(since), Date.parse(of.end)];
  const targetMs = hours.durationMs('elapsed' in target ? target.elapsed : target.business);
  const due = hours.deadline(start, targetMs, pauses);
  const used = hours.elapsed(start, end, pauses).ms;
  return {
    since,
    used: { value: used },
    target: { value: targetMs },
    share: targetMs === 0 ? { value: null, reason: 'zero-denominator' } : { value: used / targetMs },
    dueAt: due === null ? null : new Date(due).toISOString(),
    breached: due !== null && end > due,
  };
}
