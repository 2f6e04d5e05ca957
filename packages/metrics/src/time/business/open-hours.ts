import type { BusinessCalendar, Shift } from '../../contracts/calendar.ts';
import { dayNumber, weekday } from '../day.ts';
import { DAY_MS, MINUTE_MS } from '../duration.ts';
import { zone } from '../zone.ts';

/** When a calendar is open, as disjoint stretches in their order. Instants are milliseconds since the epoch. */
export interface OpenHours {
  opens: Float64Array;
  closes: Float64Array;
  /** Open milliseconds before each stretch. */
  before: Float64Array;
}

/** Milliseconds after the local midnight of the day a shift starts; over midnight the close is past 24 hours. */
type Stretch = readonly [opens: number, closes: number];

function sinceMidnight(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE_MS;
}

function stretches(shifts: readonly Shift[]): Stretch[] {
  return shifts
    .map(([opens, closes]): Stretch => {
      const [start, end] = [sinceMidnight(opens), sinceMidnight(closes)];
      return [start, end > start ? end : end + DAY_MS];
    })
    .sort((a, b) => a[0] - b[0]);
}

/** What a calendar says of each day, by its number. */
export interface Schedule {
  /** The shifts that start on a day. */
  shiftsOf(day: number): readonly Stretch[];
  /** Whether the whole local day is closed, what began the evening before included. */
  isClosed(day: number): boolean;
}

export function scheduleOf({ week, holidays = [], overrides = {} }: Omit<BusinessCalendar, 'timeZone'>): Schedule {
  const byWeekday = [week[1], week[2], week[3], week[4], week[5], week[6], week[7]].map((s) => stretches(s ?? []));
  const byDate = new Map(Object.entries(overrides).map(([day, shifts]) => [dayNumber(day), stretches(shifts)]));
  const closed = new Set(holidays.map(dayNumber).filter((day) => !byDate.has(day)));
  return {
    isClosed: (day) => closed.has(day),
    shiftsOf: (day) => {
      if (closed.has(day)) return [];
      return byDate.get(day) ?? byWeekday[weekday(day) - 1] ?? [];
    },
  };
}

/**
 * The open stretches of the shifts that start from day `first` to day `last`, both included.
 *
 * A local time becomes the first instant at which the clock of the zone reads that time or later: a time that a
 * change of the clock skips is the instant of the change, and one that comes twice is the first of the two. So shifts
 * that touch on paper touch in fact, and a shift across a change has the length that passes in fact.
 */
export function openHours(schedule: Schedule, timeZone: string, first: number, last: number): OpenHours {
  // A zone is at most a day away from UTC, and a night shift ends on the day after its own.
  const offsets = zone(timeZone).offsets((first - 1) * DAY_MS, (last + 3) * DAY_MS);
  const changeAfter = (i: number): number => (offsets[i + 1]?.since ?? Infinity) + (offsets[i]?.offset ?? 0);
  const opens: number[] = [];
  const closes: number[] = [];
  let current = 0;
  for (let day = first; day <= last; day += 1) {
    const midnight = day * DAY_MS;
    while (midnight >= changeAfter(current)) current += 1;
    const instantOf = (local: number): number => {
      let i = current;
      while (local >= changeAfter(i)) i += 1;
      return Math.max(offsets[i]?.since ?? 0, local - (offsets[i]?.offset ?? 0));
    };
    const nightEnds = schedule.isClosed(day + 1) ? DAY_MS : Infinity;
    for (const [start, end] of schedule.shiftsOf(day)) {
      const open = instantOf(midnight + start);
      const close = instantOf(midnight + Math.min(end, nightEnds));
      if (close <= open) continue;
      const previous = closes.at(-1);
      if (previous !== undefined && open <= previous) closes[closes.length - 1] = Math.max(previous, close);
      else {
        opens.push(open);
        closes.push(close);
      }
    }
  }
  const before = new Float64Array(opens.length);
  for (let i = 1; i < opens.length; i += 1) {
    before[i] = (before[i - 1] ?? 0) + (closes[i - 1] ?? 0) - (opens[i - 1] ?? 0);
  }
  return { opens: Float64Array.from(opens), closes: Float64Array.from(closes), before };
}

/** The last stretch that opens at `at` or before; −1 when none does. */
export function stretchAt({ opens }: OpenHours, at: number): number {
  let low = 0;
  let high = opens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((opens[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Open milliseconds from the first stretch to `at`. */
export function openBefore(hours: OpenHours, at: number): number {
  const i = stretchAt(hours, at);
  if (i < 0) return 0;
  const { opens, closes, before } = hours;
  return (before[i] ?? 0) + Math.min(at, closes[i] ?? 0) - (opens[i] ?? 0);
}

/** The first instant by which so many milliseconds, more than 0, were open; null when they never are. */
export function instantAfter({ opens, closes, before }: OpenHours, open: number): number | null {
  let low = 0;
  let high = opens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const through = (before[middle] ?? 0) + (closes[middle] ?? 0) - (opens[middle] ?? 0);
    if (through < open) low = middle + 1;
    else high = middle;
  }
  return low < opens.length ? (opens[low] ?? 0) + open - (before[low] ?? 0) : null;
}
