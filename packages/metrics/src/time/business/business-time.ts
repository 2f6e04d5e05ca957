import { BusinessCalendar } from '../../contracts/calendar.ts';
import type { Duration } from '../../contracts/primitives.ts';
import { InputError } from '../../errors.ts';
import { readInput } from '../../read-input.ts';
import { dayNumber } from '../day.ts';
import { DAY_MS, durationMs } from '../duration.ts';
import { isDay, zone } from '../zone.ts';
import type { OpenHours } from './open-hours.ts';
import { instantAfter, openBefore, openHours, scheduleOf, stretchAt } from './open-hours.ts';
import type { Pause } from './pauses.ts';
import { joinPauses } from './pauses.ts';

/** Open time between two instants. @public */
export interface Elapsed {
  /** Milliseconds, never negative. */
  ms: number;
  /** Whether the end, or that of a pause, lies before its start: the clocks of two sources differ. */
  clockSkew: boolean;
}

/** The business time of one calendar. Instants are milliseconds since the epoch, from 1900 to 2200. @public */
export interface BusinessTime {
  readonly calendar: BusinessCalendar;
  /** What "one business day" is in open milliseconds: the mean of the weekdays that open; null when none does. */
  readonly dayMs: number | null;
  /**
   * Open milliseconds in `[start, end)`, less the open ones of the pauses. With `end` before `start` it is 0 and
   * marked as clock skew.
   */
  elapsed(start: number, end: number, pauses?: readonly Pause[]): Elapsed;
  /**
   * The first instant by which `ms` of open time have passed since `start`, pauses aside: the inverse of `elapsed`.
   * What ends with a shift is due at its closing time, not at the next opening; `ms` of 0 is due at `start`.
   *
   * @returns null when it is never reached before 2200, or a pause that is not over comes first.
   */
  deadline(start: number, ms: number, pauses?: readonly Pause[]): number | null;
  /** `at` itself while it is open (a closing time is not), else the next opening; null when there is none before 2200. */
  nextOpen(at: number): number | null;
  /** Open milliseconds that a duration means here: its days are business days of `dayMs`. */
  durationMs(duration: Duration): number;
  /** Local days in `[from, to)`, `YYYY-MM-DD`, on which a shift starts. */
  workdays(from: string, to: string): number;
}

const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
const YEAR_MS = 366 * DAY_MS;
const NO_PAUSES: readonly Pause[] = [];

function instant(field: string, at: number): number {
  if (at >= EARLIEST && at < LATEST) return at;
  throw new InputError(field, `${at} is not an instant from 1900 to 2200`, 'give milliseconds since the epoch');
}

/** Stretches that are complete between two instants. */
interface Covered {
  from: number;
  to: number;
  hours: OpenHours;
}

/**
 * Makes business time out of a calendar. Compile once and keep it: stretches are laid out for the years that are asked
 * for, with running sums, so that each answer is two binary searches.
 *
 * @example
 * const hours = compileCalendar({ timeZone: 'Europe/Berlin', week: { 1: [['09:00', '17:00']] } });
 * hours.elapsed(Date.parse('2026-03-09T08:30Z'), Date.parse('2026-03-09T09:00Z')).ms / 60_000; // 30
 *
 * @throws InputError naming the field of the calendar that is wrong; QuestionError `invalid-time-zone`.
 * @public
 */
export function compileCalendar(input: BusinessCalendar): BusinessTime {
  const calendar = readInput(BusinessCalendar, input, 'calendar');
  const { timeZone, week } = calendar;
  const schedule = scheduleOf(calendar);
  const lay = (from: number, to: number): Covered => ({
    from,
    to,
    hours: openHours(schedule, timeZone, Math.floor(from / DAY_MS) - 3, Math.floor(to / DAY_MS) + 3),
  });
  zone(timeZone);
  let laid: Covered | null = null;

  /** Stretches with both ends inside; what is added doubles, so that many questions cost few layings. */
  const cover = (from: number, to: number): Covered => {
    if (laid === null) laid = lay(Math.max(EARLIEST, from - YEAR_MS), Math.min(LATEST, to + YEAR_MS));
    else if (from < laid.from || to > laid.to) {
      const more = laid.to - laid.from;
      laid = lay(
        from < laid.from ? Math.max(EARLIEST, from - more) : laid.from,
        to > laid.to ? Math.min(LATEST, to + more) : laid.to,
      );
    }
    return laid;
  };

  /** The end of the last pause that ends, as far as it matters after `start`. */
  const lastEnd = (start: number, pauses: readonly Pause[]): number =>
    pauses.reduce((last, [from, to]) => Math.max(last, instant('pauses', to === Infinity ? from : to)), start);

  const dayMs = meanDay(week);
  return {
    calendar,
    dayMs,
    elapsed(start, end, pauses = NO_PAUSES) {
      instant('start', start);
      instant('end', end);
      if (end < start) return { ms: 0, clockSkew: true };
      const { hours } = cover(start, end);
      let ms = openBefore(hours, end) - openBefore(hours, start);
      if (pauses.length === 0) return { ms, clockSkew: false };
      const { joined, backward } = joinPauses(pauses);
      for (const [from, to] of joined) {
        const [pausedFrom, pausedTo] = [Math.max(from, start), Math.min(to, end)];
        if (pausedTo > pausedFrom) ms -= openBefore(hours, pausedTo) - openBefore(hours, pausedFrom);
      }
      return { ms, clockSkew: backward > 0 };
    },
    deadline(start, ms, pauses = NO_PAUSES) {
      if (!(ms >= 0 && ms < Infinity)) {
        throw new InputError('ms', `${ms} is not a duration`, 'give milliseconds, 0 or more');
      }
      instant('start', start);
      if (ms === 0) return start;
      const joined = joinPauses(pauses).joined.filter(([, to]) => to > start);
      let end = Math.min(Math.max(start + ms, lastEnd(start, joined)), LATEST);
      while (true) {
        const { to: known, hours } = cover(start, end);
        let due = openBefore(hours, start) + ms;
        for (const [from, to] of joined) {
          const reached = openBefore(hours, Math.max(from, start));
          if (reached >= due) break;
          if (to === Infinity) return null;
          due += openBefore(hours, to) - reached;
        }
        const at = instantAfter(hours, due);
        if (at !== null && at <= known) return at;
        if (known === LATEST) return null;
        end = known + 1;
      }
    },
    nextOpen(at) {
      let end = instant('at', at);
      while (true) {
        const { to: known, hours } = cover(at, end);
        const i = stretchAt(hours, at);
        if (at < (hours.closes[i] ?? -Infinity)) return at;
        const opens = hours.opens[i + 1] ?? Infinity;
        if (opens <= known) return opens;
        if (known === LATEST) return null;
        end = known + 1;
      }
    },
    durationMs({ days = 0, ...rest }) {
      if (days > 0 && dayMs === null) {
        throw new InputError('days', 'this calendar has no weekday that opens', 'give hours or minutes');
      }
      return durationMs(rest) + Math.round(days * (dayMs ?? 0));
    },
    workdays(from, to) {
      if (!isDay(from) || !isDay(to)) {
        throw new InputError('from and to', `${from} to ${to} are no days`, 'write them as 2026-07-01');
      }
      let count = 0;
      for (let day = dayNumber(from); day < dayNumber(to); day += 1) {
        if (schedule.shiftsOf(day).length > 0) count += 1;
      }
      return count;
    },
  };
}

/** The open time of a week without holidays or changes of the clock, divided by the weekdays that open. */
function meanDay(week: BusinessCalendar['week']): number | null {
  const days = Object.values(week).filter((shifts) => (shifts?.length ?? 0) > 0).length;
  if (days === 0) return null;
  // Overlaps may reach from one week into the next, so the week measured stands between two others.
  const hours = openHours(scheduleOf({ week }), 'UTC', 0, 20);
  return Math.round((openBefore(hours, 14 * DAY_MS) - openBefore(hours, 7 * DAY_MS)) / days);
}
