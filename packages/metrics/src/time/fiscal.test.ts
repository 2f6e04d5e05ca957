import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FiscalCalendar } from '../contracts/index.ts';
import { fiscalDay, fiscalDays, fiscalLater } from './fiscal.ts';
import { grainOf, grainsOf } from './grain.ts';
import { previousPeriod, previousYear, resolvePeriod } from './period.ts';
import { addDays, daysBetween } from './zone.ts';

const july: FiscalCalendar = { kind: 'months', startMonth: 7 };
const nrf: FiscalCalendar = {
  kind: 'weeks',
  pattern: '4-5-4',
  endMonth: 1,
  endWeekday: 6,
  endRule: 'nearest',
  namedBy: 'start',
};
const lastSaturdayOfSeptember: FiscalCalendar = {
  kind: 'weeks',
  pattern: '4-4-5',
  endMonth: 9,
  endWeekday: 6,
  endRule: 'last',
};
const sundayNearestDecember: FiscalCalendar = {
  kind: 'weeks',
  pattern: '4-4-5',
  endMonth: 12,
  endWeekday: 7,
  endRule: 'nearest',
};

// Published: the calendar of the National Retail Federation, and the annual reports of Apple and of Johnson & Johnson.
test.for([
  [july, 2026, '2025-07-01', '2026-07-01'],
  [{ ...july, namedBy: 'start' as const }, 2026, '2026-07-01', '2027-07-01'],
  [{ kind: 'months' as const, startMonth: 1, namedBy: 'start' as const }, 2026, '2026-01-01', '2027-01-01'],
  [nrf, 2023, '2023-01-29', '2024-02-04'],
  [nrf, 2024, '2024-02-04', '2025-02-02'],
  [nrf, 2025, '2025-02-02', '2026-02-01'],
  [lastSaturdayOfSeptember, 2023, '2022-09-25', '2023-10-01'],
  [lastSaturdayOfSeptember, 2024, '2023-10-01', '2024-09-29'],
  [sundayNearestDecember, 2020, '2019-12-30', '2021-01-04'],
  [sundayNearestDecember, 2022, '2022-01-03', '2023-01-02'],
] as const)('fiscal year %#', ([calendar, year, from, to]) => {
  expect(fiscalDays(calendar, { year })).toEqual({ from, to });
});

test('months of a year of weeks have four or five weeks, and the 53rd is in the last', () => {
  const weeks = (year: number): number[] =>
    Array.from({ length: 12 }, (_, i) => {
      const { from, to } = fiscalDays(nrf, { year, month: i + 1 });
      return daysBetween(from, to) / 7;
    });
  expect(weeks(2024)).toEqual([4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4]);
  expect(weeks(2023)).toEqual([4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5]);
});

test('a period of the fiscal calendar, the one before it and the one a year before', () => {
  const asked = (text: string) => resolvePeriod(text, { asOf: 0, timeZone: 'UTC', fiscal: nrf });
  expect(asked('FY24-Q1')).toEqual({ text: 'FY24-Q1', from: '2024-02-04', to: '2024-05-05' });
  expect(asked('FY24-P12')).toMatchObject({ from: '2025-01-05', to: '2025-02-02' });
  // The quarter before is the one of the long year: fourteen weeks.
  expect(previousPeriod(asked('FY24-Q1'), nrf)).toMatchObject({ from: '2023-10-29', to: '2024-02-04' });
  expect(previousYear(asked('FY24-Q1'), nrf)).toMatchObject({ from: '2023-01-29', to: '2023-04-30' });
  expect(() => asked('FY24-P13')).toThrow('is not understood');
});

const arbitraryFiscal: fc.Arbitrary<FiscalCalendar> = fc.oneof(
  fc.record({
    kind: fc.constant('months' as const),
    startMonth: fc.integer({ min: 1, max: 12 }),
    namedBy: fc.constantFrom('end' as const, 'start' as const),
  }),
  fc.record({
    kind: fc.constant('weeks' as const),
    pattern: fc.constantFrom('4-4-5' as const, '4-5-4' as const, '5-4-4' as const),
    endMonth: fc.integer({ min: 1, max: 12 }),
    endWeekday: fc.integer({ min: 1, max: 7 }),
    endRule: fc.constantFrom('last' as const, 'nearest' as const),
    namedBy: fc.constantFrom('end' as const, 'start' as const),
  }),
);

test('every day lies in exactly the year, quarter and month that it names, and they join without a gap', () => {
  fc.assert(
    fc.property(arbitraryFiscal, fc.nat(40_000), (calendar, days) => {
      expect(FiscalCalendar.safeParse(calendar).success).toBe(true);
      const day = addDays('1990-01-01', days);
      const { year, quarter, month, week } = fiscalDay(calendar, day);
      for (const unit of [{ year }, { year, quarter }, { year, month }]) {
        const { from, to } = fiscalDays(calendar, unit);
        expect(from <= day && day < to).toBe(true);
        expect(fiscalDays(calendar, fiscalLater(unit, 1)).from).toBe(to);
        expect(fiscalLater(fiscalLater(unit, -7), 7)).toEqual(unit);
      }
      expect(Math.ceil(month / 3)).toBe(quarter);
      expect(week).toBe(Math.floor(daysBetween(fiscalDays(calendar, { year }).from, day) / 7) + 1);
      const length = daysBetween(fiscalDays(calendar, { year }).from, fiscalDays(calendar, { year }).to);
      expect(calendar.kind === 'weeks' ? [364, 371] : [365, 366]).toContain(length);
    }),
    { seed: 20_260_131 },
  );
});

test('a trend is cut into whole steps, weeks from the chosen weekday', () => {
  expect(grainOf('2026-03-18', 'week')).toEqual({ from: '2026-03-16', to: '2026-03-23' });
  expect(grainOf('2026-03-18', 'week', { weekStart: 7 })).toEqual({ from: '2026-03-15', to: '2026-03-22' });
  expect(grainOf('2026-03-18', 'quarter')).toEqual({ from: '2026-01-01', to: '2026-04-01' });
  expect(grainOf('2026-03-18', 'year', { fiscal: july })).toEqual({ from: '2025-07-01', to: '2026-07-01' });
  expect(grainsOf({ from: '2026-01-15', to: '2026-03-01' }, 'month').map(({ from }) => from)).toEqual([
    '2026-01-01',
    '2026-02-01',
  ]);
  expect(grainsOf({ from: '2026-03-18', to: '2026-03-18' }, 'day')).toEqual([]);
});
