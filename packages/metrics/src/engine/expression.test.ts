import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNumber } from '../time/day.ts';
import { zone } from '../time/index.ts';
import { localDays } from './expression.ts';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'America/Sao_Paulo'];

test('the local day of an instant is that of the calendar, across changes of the clock and skipped days', () => {
  const instant = fc.date({ min: new Date('1995-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, fc.constantFrom(...ZONES), (at, id) => {
      expect(localDays(id)(at.toISOString())).toBe(dayNumber(zone(id).dayOf(at.getTime())));
    }),
    { numRuns: 500 },
  );
  // Samoa had no 30 December 2011.
  const apia = localDays('Pacific/Apia');
  expect([apia('2011-12-30T09:59:59Z'), apia('2011-12-30T10:00:00Z')]).toEqual(
    ['2011-12-29', '2011-12-31'].map(dayNumber),
  );
  expect([apia('2026-13-01'), apia('soon'), apia(7), apia('2026-02-29')]).toEqual([null, null, null, null]);
});
