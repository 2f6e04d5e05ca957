import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { DAY, dayAfter } from './oracle-days.ts';

/** A stretch of 120 days in a time zone, with the days on which its clock jumps. */
export interface Season {
  timeZone: string;
  firstDay: string;
  /** Days after the first on which something may go wrong. */
  jumps: readonly number[];
}

const SEASONS: readonly Season[] = [
  { timeZone: 'UTC', firstDay: '2026-01-01', jumps: [] },
  { timeZone: 'Asia/Kolkata', firstDay: '2026-01-01', jumps: [] },
  // Forward on 29 March, back on 25 October.
  { timeZone: 'Europe/Berlin', firstDay: '2026-01-10', jumps: [77, 78, 79] },
  { timeZone: 'Europe/Berlin', firstDay: '2026-08-01', jumps: [84, 85, 86] },
  // 4 November 2018 has no midnight; 16 February 2019 has its last hour twice.
  { timeZone: 'America/Sao_Paulo', firstDay: '2018-09-20', jumps: [44, 45, 46] },
  { timeZone: 'America/Sao_Paulo', firstDay: '2018-12-10', jumps: [67, 68, 69] },
];

/** Days a season's events crowd on, so that equal days and instants are common. */
export interface Calendar {
  season: Season;
  days: readonly number[];
}

export const arbitraryCalendar: fc.Arbitrary<Calendar> = fc.constantFrom(...SEASONS).chain((season) =>
  fc.record({
    season: fc.constant(season),
    days: fc
      .uniqueArray(fc.oneof(fc.nat(119), fc.constantFrom(0, ...season.jumps)), { minLength: 2, maxLength: 6 })
      .map((days) => days.toSorted((a, b) => a - b)),
  }),
);

/** A local day of the calendar. */
function arbitraryDay({ season, days }: Calendar): fc.Arbitrary<string> {
  return fc.constantFrom(...days).map((days) => dayAfter(season.firstDay, days));
}

const TIMES = [
  '00:00:00',
  '00:00:00.001',
  '00:30:00',
  '01:30:00',
  '02:30:00',
  '09:00:00',
  '12:00:00',
  '23:30:00',
  '23:59:59.999',
];

/** An instant of the calendar, written with `Z` or the local offset; where the clock goes back, either of the two. */
export function arbitraryInstant(calendar: Calendar): fc.Arbitrary<string> {
  const { timeZone } = calendar.season;
  return fc
    .record({
      day: arbitraryDay(calendar),
      time: fc.constantFrom(...TIMES),
      disambiguation: fc.constantFrom('earlier' as const, 'later' as const),
      local: fc.boolean(),
    })
    .map(({ day, time, disambiguation, local }) => {
      const zoned = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone, { disambiguation });
      return local ? zoned.toString({ timeZoneName: 'never' }) : zoned.toInstant().toString();
    });
}

/** An instant, or a day without a time. */
export function arbitraryWhen(calendar: Calendar): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: arbitraryInstant(calendar) },
    { weight: 2, arbitrary: arbitraryDay(calendar) },
  );
}

/** Spans that cooling-offs and windows are made of, and what lies a millisecond beside them. */
export const SPANS = [{ hours: 36 }, { days: 2 }, { days: 5 }, { days: 10 }, { days: 40 }] as const satisfies readonly {
  days?: number;
  hours?: number;
}[];

const STEPS = [
  0,
  1,
  3_600_000,
  DAY,
  ...[1.5, 2, 5, 10, 40].flatMap((days) => [days * DAY - 1, days * DAY, days * DAY + 1]),
];

/** Instants of a story: the first on the calendar, each next one a telling span later. */
export function arbitraryStory(calendar: Calendar, length: number): fc.Arbitrary<string[]> {
  return fc
    .tuple(arbitraryInstant(calendar), fc.array(fc.constantFrom(...STEPS), { minLength: length, maxLength: length }))
    .map(([start, steps]) => {
      let instant = Temporal.Instant.from(start).epochMilliseconds;
      return steps.map((step, index) => {
        if (index > 0) instant += step;
        return Temporal.Instant.fromEpochMilliseconds(instant).toString();
      });
    });
}
