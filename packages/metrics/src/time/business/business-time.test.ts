import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { BusinessCalendar } from '../../contracts/index.ts';
import fixture from '../../testing/fixtures/sla-vectors.json' with { type: 'json' };
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../duration.ts';
import { addDays } from '../zone.ts';
import { compileCalendar } from './business-time.ts';
import type { Pause } from './pauses.ts';

const at = Date.parse;
const vectors = z
  .object({
    calendars: z.record(z.string(), BusinessCalendar),
    elapsed: z.array(
      z.object({
        name: z.string(),
        calendar: z.string(),
        start: z.string(),
        end: z.string(),
        pauses: z.array(z.tuple([z.string(), z.string()])),
        businessMinutes: z.number(),
      }),
    ),
    deadlines: z.array(
      z.object({
        name: z.string(),
        calendar: z.string(),
        start: z.string(),
        businessMinutes: z.number(),
        deadline: z.string(),
      }),
    ),
  })
  .parse(fixture);

function named(name: string): BusinessCalendar {
  const calendar = vectors.calendars[name];
  if (calendar === undefined) throw new Error(`the vectors have no calendar ${name}`);
  return calendar;
}
const night: BusinessCalendar = named('NIGHT');
const newYork: BusinessCalendar = named('NY');
const minutes = (calendar: BusinessCalendar, start: string, end: string): number =>
  compileCalendar(calendar).elapsed(at(start), at(end)).ms / MINUTE_MS;

test.for(vectors.elapsed)('elapsed: $name', ({ calendar, start, end, pauses, businessMinutes }) => {
  const paused = pauses.map(([from, to]): Pause => [at(from), at(to)]);
  expect(compileCalendar(named(calendar)).elapsed(at(start), at(end), paused)).toEqual({
    ms: businessMinutes * MINUTE_MS,
    clockSkew: false,
  });
});

test.for(vectors.deadlines)('deadline: $name', ({ calendar, start, businessMinutes, deadline }) => {
  expect(compileCalendar(named(calendar)).deadline(at(start), businessMinutes * MINUTE_MS)).toBe(at(deadline));
});

test('a night shift has the hours that pass: nine when the clock goes back', () => {
  expect(minutes(night, '2026-11-01T02:00Z', '2026-11-01T11:00Z')).toBe(540);
  expect(minutes(named('ALL'), '2026-11-01T04:00Z', '2026-11-02T05:00Z')).toBe(25 * 60);
});

test('a shift that begins or ends at a time the clock skips is cut at the change, and one that comes twice is the first', () => {
  const split = (edge: string): BusinessCalendar => ({
    timeZone: 'America/New_York',
    week: {
      7: [
        ['00:00', edge],
        [edge, '06:00'],
      ],
    },
  });
  const first = (edge: string): BusinessCalendar => ({ timeZone: 'America/New_York', week: { 7: [['00:00', edge]] } });
  // 02:30 does not exist on 8 March 2026: two hours before the change, three after it.
  expect(minutes(first('02:30'), '2026-03-08T05:00Z', '2026-03-08T12:00Z')).toBe(120);
  expect(minutes(split('02:30'), '2026-03-08T05:00Z', '2026-03-08T12:00Z')).toBe(300);
  // 01:30 comes twice on 1 November 2026.
  expect(minutes(first('01:30'), '2026-11-01T04:00Z', '2026-11-01T12:00Z')).toBe(90);
  expect(minutes(split('01:30'), '2026-11-01T04:00Z', '2026-11-01T12:00Z')).toBe(420);
});

test('a holiday closes the local day and the night shift that starts on it, and cuts the one of the evening before', () => {
  const christmas = { ...night, holidays: ['2026-12-25'] };
  // From 22:00 on the 24th to 06:00 on the 27th, local time: two hours, then the night of the 26th.
  expect(minutes(christmas, '2026-12-25T03:00Z', '2026-12-27T11:00Z')).toBe(120 + 480);
  // An override stands in place of the holiday; an empty one lets the night before end.
  const kept = { ...christmas, overrides: { '2026-12-25': [] } };
  expect(minutes(kept, '2026-12-25T03:00Z', '2026-12-27T11:00Z')).toBe(480 + 480);
});

test('an override replaces the shifts of its date, overlapping shifts count once', () => {
  const calendar: BusinessCalendar = {
    ...newYork,
    overrides: {
      '2026-03-10': [
        ['08:00', '12:00'],
        ['11:00', '13:00'],
      ],
      '2026-03-14': [['10:00', '11:00']],
    },
  };
  expect(minutes(calendar, '2026-03-10T00:00Z', '2026-03-11T00:00Z')).toBe(300);
  expect(minutes(calendar, '2026-03-14T00:00Z', '2026-03-15T00:00Z')).toBe(60);
  expect(compileCalendar(calendar).workdays('2026-03-09', '2026-03-16')).toBe(6);
});

test('an end before its start is 0 and clock skew, and so is a pause that ends before it begins', () => {
  const hours = compileCalendar(newYork);
  const [ten, eleven] = [at('2026-03-10T14:00Z'), at('2026-03-10T15:00Z')];
  expect(hours.elapsed(eleven, ten)).toEqual({ ms: 0, clockSkew: true });
  expect(hours.elapsed(ten, eleven, [[eleven, ten]])).toEqual({ ms: HOUR_MS, clockSkew: true });
});

test('a pause that lasts stops the clock and has no deadline behind it', () => {
  const hours = compileCalendar(newYork);
  const [ten, eleven, noon] = [at('2026-03-10T14:00Z'), at('2026-03-10T15:00Z'), at('2026-03-10T16:00Z')];
  expect(hours.elapsed(ten, noon, [[eleven, Infinity]]).ms).toBe(HOUR_MS);
  expect(hours.deadline(ten, HOUR_MS, [[eleven, Infinity]])).toBe(eleven);
  expect(hours.deadline(ten, HOUR_MS + 1, [[eleven, Infinity]])).toBeNull();
});

test('a business day is the mean of the weekdays that open', () => {
  expect(compileCalendar(newYork).dayMs).toBe(8 * HOUR_MS);
  expect(compileCalendar(night).durationMs({ days: 2, minutes: 30 })).toBe(16 * HOUR_MS + 30 * MINUTE_MS);
  const overlapping: BusinessCalendar = { ...night, week: { ...night.week, 1: [['05:00', '14:00']] } };
  expect(compileCalendar(overlapping).dayMs).toBe(Math.round(((6 * 8 + 8) * HOUR_MS) / 7));
});

test('a calendar that opens on single dates ends with the last of them', () => {
  const fair = compileCalendar({ timeZone: 'UTC', week: {}, overrides: { '2026-05-04': [['09:00', '17:00']] } });
  expect(fair.nextOpen(at('2026-01-01T00:00Z'))).toBe(at('2026-05-04T09:00Z'));
  expect(fair.nextOpen(at('2026-05-04T17:00Z'))).toBeNull();
  expect(fair.deadline(at('2026-01-01T00:00Z'), 8 * HOUR_MS)).toBe(at('2026-05-04T17:00Z'));
  expect(fair.deadline(at('2026-01-01T00:00Z'), 8 * HOUR_MS + 1)).toBeNull();
  expect(fair.dayMs).toBeNull();
  expect(() => fair.durationMs({ days: 1 })).toThrow('no weekday that opens; give hours or minutes');
});

test('wrong input names the field', () => {
  const week = (opens: string, closes: string): BusinessCalendar => ({
    timeZone: 'UTC',
    week: { 3: [[opens, closes]] },
  });
  expect(() => compileCalendar(week('9:00', '17:00'))).toThrow('calendar.week.3.0.0: a shift opens between');
  expect(() => compileCalendar(week('09:00', '09:00'))).toThrow('calendar.week.3.0: a shift opens and closes at');
  expect(() => compileCalendar({ ...newYork, holidays: ['2026-02-30'] })).toThrow('calendar.holidays.0');
  expect(() => compileCalendar({ ...newYork, timeZone: 'Mars/Olympus' })).toThrow('"Mars/Olympus" is not known');
  const hours = compileCalendar(newYork);
  expect(() => hours.elapsed(Number.NaN, 0)).toThrow('start: NaN is not an instant');
  expect(() => hours.deadline(0, -1)).toThrow('ms: -1 is not a duration');
  expect(() => hours.workdays('2026-1-1', '2026-02-01')).toThrow('are no days');
});

/** Zones whose clocks jump by an hour, by half an hour, at midnight, or never. */
const ZONES = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Kolkata'];
/** In the three weeks after each of these the clock of at least one of the zones changes. */
const SPRINGS = ['2018-10-26', '2019-02-08', '2026-03-02', '2026-03-25', '2026-10-20'];
const TIMES = ['00:00', '02:00', '03:00', '06:00', '09:00', '12:30', '17:00', '22:00', '23:00'];

const arbitraryShifts = fc.array(
  fc.tuple(fc.constantFrom(...TIMES), fc.constantFrom(...TIMES, '24:00')).filter(([a, b]) => a !== b),
  { maxLength: 3 },
);
const arbitraryScene = fc.constantFrom(...SPRINGS).chain((firstDay) => {
  const day = fc.nat(20).map((days) => addDays(firstDay, days));
  return fc.record({
    origin: fc.constant(at(`${firstDay}T00:00Z`)),
    calendar: fc.record({
      timeZone: fc.constantFrom(...ZONES),
      week: fc.record({ 1: arbitraryShifts, 3: arbitraryShifts, 6: arbitraryShifts, 7: arbitraryShifts }),
      holidays: fc.array(day, { maxLength: 2 }),
      overrides: fc.dictionary(day, arbitraryShifts, { maxKeys: 2 }),
    }),
  });
});

/** Whether work is on, read off the local clock. Exact at half hours: no shift of the scenes turns within an hour that comes twice. */
function isOpen({ timeZone, week, holidays = [], overrides = {} }: BusinessCalendar, instant: number): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const reads = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const today = local.toPlainDate();
  const shiftsOf = (day: Temporal.PlainDate) => {
    const date = day.toString();
    const byWeekday = new Map(Object.entries(week));
    return overrides[date] ?? (holidays.includes(date) ? [] : (byWeekday.get(String(day.dayOfWeek)) ?? []));
  };
  const isClosed = holidays.includes(today.toString()) && overrides[today.toString()] === undefined;
  return (
    !isClosed &&
    (shiftsOf(today).some(([opens, closes]) => reads >= opens && (reads < closes || closes <= opens)) ||
      shiftsOf(today.subtract({ days: 1 })).some(([opens, closes]) => closes <= opens && reads < closes))
  );
}

const SLOT = 30 * MINUTE_MS;
const SLOTS = 21 * 48;
const arbitrarySlots = (count: number) =>
  fc.array(fc.nat(SLOTS), { minLength: count, maxLength: count }).map((list) => list.toSorted((a, b) => a - b));

test('elapsed is the number of half hours at which the local clock reads open and no pause runs', () => {
  fc.assert(
    fc.property(
      arbitraryScene,
      arbitrarySlots(2),
      fc.array(arbitrarySlots(2), { maxLength: 3 }),
      (scene, ends, breaks) => {
        const instantOf = (slot = 0): number => scene.origin + slot * SLOT;
        const pauses = breaks.map(([from, to]): Pause => [instantOf(from), instantOf(to)]);
        const [start = 0, end = 0] = ends;
        let open = 0;
        for (let slot = start; slot < end; slot += 1) {
          const moment = instantOf(slot);
          if (pauses.some(([from, to]) => moment >= from && moment < to)) continue;
          if (isOpen(scene.calendar, moment)) open += 1;
        }
        const hours = compileCalendar(scene.calendar);
        expect(hours.elapsed(instantOf(start), instantOf(end), pauses)).toEqual({ ms: open * SLOT, clockSkew: false });
      },
    ),
    { numRuns: 150, seed: 20_260_131 },
  );
});

const arbitraryInstants = (count: number) =>
  fc.array(fc.nat(21 * DAY_MS), { minLength: count, maxLength: count }).map((list) => list.toSorted((a, b) => a - b));
const arbitraryPauses = fc.array(arbitraryInstants(2), { maxLength: 3 });

test('elapsed adds up over a split, never shrinks as the end moves on, and never exceeds what passes', () => {
  fc.assert(
    fc.property(arbitraryScene, arbitraryInstants(3), arbitraryPauses, ({ origin, calendar }, instants, breaks) => {
      const [a = 0, b = 0, c = 0] = instants.map((ms) => origin + ms);
      const pauses = breaks.map(([from = 0, to = 0]): Pause => [origin + from, origin + to]);
      const hours = compileCalendar(calendar);
      const [first, second, whole] = [
        hours.elapsed(a, b, pauses),
        hours.elapsed(b, c, pauses),
        hours.elapsed(a, c, pauses),
      ];
      expect(first.ms + second.ms).toBe(whole.ms);
      expect(Math.min(first.ms, second.ms)).toBeGreaterThanOrEqual(0);
      expect(whole.ms).toBeLessThanOrEqual(c - a);
    }),
    { numRuns: 1000, seed: 20_260_131 },
  );
});

test('the deadline is the first instant by which the open time has passed', () => {
  fc.assert(
    fc.property(
      arbitraryScene,
      fc.nat(21 * DAY_MS),
      fc.nat(60 * HOUR_MS),
      arbitraryPauses,
      (scene, after, ms, breaks) => {
        const start = scene.origin + after;
        const pauses = breaks.map(([from = 0, to = 0]): Pause => [scene.origin + from, scene.origin + to]);
        const hours = compileCalendar(scene.calendar);
        const due = hours.deadline(start, ms, pauses);
        fc.pre(due !== null);
        expect(hours.elapsed(start, due, pauses).ms).toBe(ms);
        expect(hours.elapsed(start, Math.max(start, due - 1), pauses).ms).toBe(Math.max(0, ms - 1));
        expect(hours.deadline(start, ms + 1, pauses) ?? Infinity).toBeGreaterThan(due);
      },
    ),
    { numRuns: 300, seed: 20_260_131 },
  );
});

test('the answer does not depend on what was asked before', () => {
  fc.assert(
    fc.property(arbitraryScene, arbitraryInstants(2), fc.integer({ min: 1950, max: 2150 }), (scene, ends, year) => {
      const [start = 0, end = 0] = ends.map((ms) => scene.origin + ms);
      const [fresh, used] = [compileCalendar(scene.calendar), compileCalendar(scene.calendar)];
      // What is laid out first begins 366 days before: once at the start itself, once far off.
      const first = year % 2 === 0 ? start + 366 * DAY_MS : Date.UTC(year, 0, 1);
      used.elapsed(first, first + 180 * DAY_MS);
      expect(used.elapsed(start, end)).toEqual(fresh.elapsed(start, end));
      expect(used.nextOpen(start)).toBe(fresh.nextOpen(start));
      const opens = fresh.nextOpen(start);
      fc.pre(opens !== null);
      expect(fresh.elapsed(start, opens + 1).ms).toBe(1);
    }),
    { numRuns: 100, seed: 20_260_131 },
  );
});
