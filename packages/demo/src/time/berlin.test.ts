import { expect, test } from 'vitest';
import {
  DAY,
  HOUR,
  dayText,
  fromLocal,
  inOfficeHours,
  instantText,
  localDayOf,
  offsetAt,
  weekdayOf,
} from './berlin.ts';

const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const wall = (instant: number): number => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);

test('offsets agree with the time zone database from 1996 to 2060', () => {
  for (let at = Date.UTC(1996, 0, 1); at < Date.UTC(2060, 0, 1); at += 37 * HOUR) {
    expect(offsetAt(at)).toBe(wall(at) - at);
  }
});

test('offsets turn at the very second', () => {
  for (const change of ['2026-03-29T01:00:00Z', '2025-10-26T01:00:00Z']) {
    for (const delta of [-1000, 0, 1000]) {
      const at = Date.parse(change) + delta;
      expect(offsetAt(at)).toBe(wall(at) - at);
    }
  }
});

test('local times come back, except the hour that does not exist', () => {
  for (const day of ['2026-03-29', '2025-10-26', '2026-07-01']) {
    for (let minute = 0; minute < 1440; minute += 15) {
      const local = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
      const missing = day === '2026-03-29' && minute >= 120 && minute < 180;
      expect(wall(fromLocal(local))).toBe(missing ? local - HOUR : local);
    }
  }
});

test('texts are those of the platform', () => {
  const at = Date.parse('2026-03-29T01:02:03Z');
  expect(instantText(at)).toBe('2026-03-29T01:02:03Z');
  expect(dayText(localDayOf(Date.parse('2026-03-28T23:30:00Z')))).toBe('2026-03-29');
});

test('office hours are Monday to Friday, half past eight to half past five', () => {
  for (let at = Date.UTC(2026, 2, 20); at < Date.UTC(2026, 3, 5); at += 17 * 60_000) {
    const moved = inOfficeHours(at, 0.5);
    const local = wall(moved);
    const hours = (local % DAY) / HOUR;
    expect(moved).toBeGreaterThanOrEqual(at);
    expect([1, 2, 3, 4, 5]).toContain(weekdayOf(Math.floor(local / DAY)));
    expect(hours).toBeGreaterThanOrEqual(8.5);
    expect(hours).toBeLessThan(17.5);
  }
});
