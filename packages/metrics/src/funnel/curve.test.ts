import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { aalenJohansen, kaplanMeier, type DurationGroup } from '../stats/index.ts';
import { conversionCurve, stayCurve } from './curve.ts';

const DAY = 86_400_000;

test('a stay of four, one of them still there', () => {
  const curve = stayCurve([
    [DAY, 1, 2],
    [2 * DAY, 0, 1],
    [3 * DAY, 1, 1],
  ]);
  expect(curve.map(({ ms, atRisk, value }) => [ms / DAY, atRisk, value])).toEqual([
    [1, 4, 0.5],
    [3, 1, 0],
  ]);
  expect(curve[0]?.low).toBeLessThan(0.5);
  expect(curve[0]?.high).toBeGreaterThan(0.5);
});

test('who is lost does not convert: the ten leads of the specification', () => {
  const curve = conversionCurve([
    [3, 1, 4],
    [5, 2, 2],
    [9, 0, 4],
  ]);
  expect(curve.map(({ ms, value }) => [ms / DAY, value])).toEqual([
    [3, 0.4],
    [5, 0.4],
  ]);
});

test('nobody gives no points', () => {
  expect([stayCurve([]), conversionCurve([]), stayCurve([[DAY, 0, 3]])]).toEqual([[], [], []]);
});

const groups = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom<0 | 1 | 2>(0, 1, 2), fc.integer({ min: 1, max: 50 })),
  { maxLength: 300 },
);

test('any curve is short, in order, within its interval, and ends where the whole estimate ends', () => {
  fc.assert(
    fc.property(groups, (all: DurationGroup[]) => {
      const stays = all.filter(([, code]) => code !== 2);
      for (const curve of [conversionCurve(all), stayCurve(stays)]) {
        expect(curve.length).toBeLessThanOrEqual(61);
        for (const [i, { ms, value, low, high, atRisk }] of curve.entries()) {
          expect(ms).toBeGreaterThan(curve[i - 1]?.ms ?? -1);
          expect(atRisk).toBeGreaterThan(0);
          expect(low).toBeLessThanOrEqual(value + 1e-9);
          expect(high).toBeGreaterThanOrEqual(value - 1e-9);
        }
      }
      expect(conversionCurve(all).at(-1)?.value).toBe(aalenJohansen(all).at(-1)?.cif);
      expect(stayCurve(stays).at(-1)?.value).toBe(kaplanMeier(stays).at(-1)?.survival);
    }),
  );
});
