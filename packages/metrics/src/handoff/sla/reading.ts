import type { Span } from '../../contracts/values.ts';
import type { BusinessTime, Pause } from '../../time/business/index.ts';
import { DAY_MS } from '../../time/duration.ts';
import type { CalendarOf, ClockKey, Target } from '../contracts/index.ts';
import { isRunning, type Clock, type Standstill } from '../machine/clocks.ts';
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
 * response counts from the offer where the policy says so; a review is due by the end of the day it was agreed for
 * (UTC), and by the policy where there is none.
 *
 * Without a calendar a business target has no value (`missing-input`).
 *
 * @returns null when the clock never ran.
 * @beta
 */
export function clockReading(handoff: Handoff, key: ClockKey, context: ReadingContext): ClockReading | null {
  const gauge = gaugeOf(handoff, key, context);
  if (gauge === null) return null;
  const { clock, accountable, calendar, standstills } = gauge;
  const end = clock.stoppedAt ?? context.at;
  return {
    clock: key,
    accountable,
    state: isRunning(clock) ? (standsStill(standstills, context.at) ? 'paused' : 'running') : 'stopped',
    calendar,
    handoff: usedOf(gauge, gauge.offeredAt ?? clock.startedAt, end),
    owner: gauge.isOwners ? usedOf(gauge, clock.ownerSince, end) : null,
    clockSkew: Date.parse(end) < Date.parse(clock.startedAt),
  };
}

/** What a clock is measured by. */
interface Gauge {
  clock: Clock;
  accountable: ClockReading['accountable'];
  target: Target;
  calendar: ClockReading['calendar'];
  hours: Hours | null;
  /** Where the policy has it begin with the offer. */
  offeredAt: string | null;
  /** Whether it is of the present owner. */
  isOwners: boolean;
  standstills: readonly Standstill[];
  /** Takes the place of the target: the end of the day that was agreed on for a review, UTC. */
  dueBy: number | null;
}

function gaugeOf(
  handoff: Handoff,
  key: ClockKey,
  { policy, calendars }: Pick<ReadingContext, 'policy' | 'calendars'>,
): Gauge | null {
  const clock = handoff.clocks[key];
  if (clock === null) return null;
  const accountable = ACCOUNTABLE[key];
  const target = targetOf(policy, key, handoff);
  const counted =
    'elapsed' in target
      ? { calendar: 'elapsed' as const, hours: ELAPSED }
      : hoursOf(handoff, accountable, { policy, calendars });
  const reviewOn = key === 'recycleReview' ? (handoff.outcome?.reviewOn ?? null) : null;
  return {
    clock,
    accountable,
    target,
    ...counted,
    offeredAt: key === 'firstResponse' && policy.firstResponseFrom === 'offered' ? handoff.offeredAt : null,
    isOwners: accountable !== 'sales' || clock.owner === handoff.seller,
    standstills: standstillsOf(handoff, clock, accountable),
    dueBy: reviewOn === null ? null : Date.parse(reviewOn) + DAY_MS,
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
  context: Pick<ReadingContext, 'policy' | 'calendars'>,
): string | null {
  const gauge = gaugeOf(handoff, key, context);
  if (gauge === null || gauge.hours === null) return null;
  const { clock, hours, offeredAt, isOwners } = gauge;
  const start = Date.parse(offeredAt ?? (isOwners ? clock.ownerSince : clock.startedAt));
  const at = hours.deadline(start, (targetMs(gauge, hours, start) * percent) / 100, pausesOf(gauge));
  return at === null ? null : new Date(at).toISOString();
}

/** Whether a clock stands still at an instant: it is paused, or the hand-off is on hold. */
export function isPaused(handoff: Handoff, key: ClockKey, at: string): boolean {
  const clock = handoff.clocks[key];
  return clock !== null && isRunning(clock) && standsStill(standstillsOf(handoff, clock, ACCOUNTABLE[key]), at);
}

/** Who has to keep a clock. */
export const accountableFor = (key: ClockKey): ClockReading['accountable'] => ACCOUNTABLE[key];

/** When a clock stands still: a legal hold is for all, the date a lead asked for excuses sales only. */
function standstillsOf({ holds }: Handoff, clock: Clock, accountable: ClockReading['accountable']): Standstill[] {
  return [...clock.pauses, ...holds.filter(({ reason }) => reason === 'legalHold' || accountable === 'sales')];
}

const standsStill = (standstills: readonly Standstill[], at: string): boolean =>
  standstills.some(({ to }) => endsAfter(to, at));

const pausesOf = ({ standstills }: Gauge): Pause[] =>
  standstills.map(({ from, to }) => [Date.parse(from), to === null ? Infinity : Date.parse(to)]);

/** How long a clock may run from an instant on. */
function targetMs(gauge: Gauge, hours: Hours, start: number): number {
  const { target, dueBy } = gauge;
  if (dueBy !== null) return hours.elapsed(start, Math.max(start, dueBy), pausesOf(gauge)).ms;
  return hours.durationMs('elapsed' in target ? target.elapsed : target.business);
}

function usedOf(gauge: Gauge, since: string, until: string): Used {
  const { hours, dueBy } = gauge;
  const unknown = { value: null, reason: 'missing-input' } as const;
  if (hours === null) return { since, used: unknown, target: unknown, share: unknown, dueAt: null, breached: false };
  const [start, end, pauses] = [Date.parse(since), Date.parse(until), pausesOf(gauge)];
  const whole = targetMs(gauge, hours, start);
  const due = dueBy ?? hours.deadline(start, whole, pauses);
  const used = hours.elapsed(start, end, pauses).ms;
  return {
    since,
    used: { value: used },
    target: { value: whole },
    share: whole === 0 ? { value: null, reason: 'zero-denominator' } : { value: used / whole },
    dueAt: due === null ? null : new Date(due).toISOString(),
    breached: due !== null && end > due,
  };
}
