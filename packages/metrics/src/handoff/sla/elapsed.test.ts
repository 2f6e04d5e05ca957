import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileCalendar, MINUTE_MS, type Pause } from '../../time/index.ts';
import { ELAPSED } from './elapsed.ts';

const DAY: [string, string][] = [['00:00', '24:00']];
const always = compileCalendar({ timeZone: 'UTC', week: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY, 6: DAY, 7: DAY } });
const START = Date.parse('2026-06-01T00:00:00Z');
const instant = fc.nat(3000).map((n) => START + n * MINUTE_MS);
const end = fc.oneof({ weight: 9, arbitrary: instant }, { weight: 1, arbitrary: fc.constant(Infinity) });
const pauses = fc.array(fc.tuple(instant, end), { maxLength: 4 });

test('hours that never close read as a calendar that never closes', () => {
  fc.assert(
    fc.property(instant, instant, pauses, fc.nat(3000), (a, b, list: readonly Pause[], minutes) => {
      expect(ELAPSED.elapsed(a, b, list)).toEqual(always.elapsed(a, b, list));
      const ms = minutes * MINUTE_MS;
      expect(ELAPSED.deadline(a, ms, list)).toBe(always.deadline(a, ms, list));
    }),
    { seed: 9, numRuns: 500 },
  );
});
