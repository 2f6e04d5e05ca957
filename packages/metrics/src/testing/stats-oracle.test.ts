import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { DurationGroup } from '../stats/index.ts';
import { aalenJohansen, kaplanMeier, newcombe, quantile, survivalQuantile, wilson } from '../stats/index.ts';
import fixture from './fixtures/funnel-vectors.json' with { type: 'json' };
import {
  oracleIncidence,
  oracleNewcombe,
  oracleQuantile,
  oracleSurvival,
  oracleSurvivalTime,
  oracleWilson,
} from './stats-oracle.ts';

const Interval = z.tuple([z.number(), z.number()]);
const Timed = z.array(z.tuple([z.number(), z.union([z.literal(0), z.literal(1), z.literal(2)])]));
const vectors = z
  .object({
    wilson: z.array(z.object({ k: z.number(), n: z.number(), ci95: z.nullable(Interval) })),
    newcombeDiff: z.array(
      z.object({ k1: z.number(), n1: z.number(), k2: z.number(), n2: z.number(), diff: z.number(), ci95: Interval }),
    ),
    survival: z.object({
      km: z.object({
        data: Timed,
        steps: z.array(z.object({ t: z.number(), S: z.number() })),
        convertedAt30: z.number(),
      }),
      aalenJohansen: z.object({
        data: Timed,
        steps: z.array(z.object({ t: z.number(), cif: z.number() })),
        cifAt30: z.number(),
        naiveKMTreatingLostAsCensored: z.number(),
      }),
    }),
  })
  .parse(fixture);

/** One group for each subject; engines may send groups in any order and unmerged. */
function single(data: readonly (readonly [number, 0 | 1 | 2])[]): DurationGroup[] {
  return data.map(([time, code]) => [time, code, 1]);
}

const arbitraryShare = fc
  .integer({ min: 1, max: 3000 })
  .chain((n) => fc.record({ k: fc.oneof(fc.nat(n), fc.constantFrom(0, n)), n: fc.constant(n) }));

const arbitraryGroups = fc.array(
  fc.tuple(fc.nat(12), fc.constantFrom<0 | 1 | 2>(0, 1, 2), fc.integer({ min: 1, max: 5 })),
  { minLength: 1, maxLength: 12 },
);

test.for(vectors.wilson.filter(({ n }) => n > 0))('Wilson interval of $k of $n, worked by hand', ({ k, n, ci95 }) => {
  const [low = Number.NaN, high = Number.NaN] = ci95 ?? [];
  expect(wilson(k, n)?.low).toBeCloseTo(low, 7);
  expect(wilson(k, n)?.high).toBeCloseTo(high, 7);
  expect(oracleWilson(k, n).low).toBeCloseTo(low, 7);
  expect(oracleWilson(k, n).high).toBeCloseTo(high, 7);
});

test('there is no interval of nobody', () => {
  expect(vectors.wilson.filter(({ n }) => n === 0)).toEqual([{ k: 0, n: 0, ci95: null }]);
  expect(wilson(0, 0)).toBeNull();
});

test.for(vectors.newcombeDiff)(
  'Newcombe interval of $k1/$n1 − $k2/$n2, worked by hand',
  ({ k1, n1, k2, n2, diff, ci95 }) => {
    const shipped = newcombe(k1, n1, k2, n2);
    const oracle = oracleNewcombe(k1, n1, k2, n2);
    expect(shipped?.value).toBeCloseTo(diff, 9);
    expect(oracle.difference).toBeCloseTo(diff, 9);
    for (const { low, high } of [oracle, shipped ?? { low: 9, high: 9 }]) {
      expect(low).toBeCloseTo(ci95[0], 7);
      expect(high).toBeCloseTo(ci95[1], 7);
    }
  },
);

test('Kaplan–Meier and Aalen–Johansen of ten leads, worked by hand', () => {
  const { km, aalenJohansen: aj } = vectors.survival;
  for (const { t, S } of km.steps) expect(oracleSurvival(single(km.data), t)).toBeCloseTo(S, 12);
  expect(1 - oracleSurvival(single(km.data), 30)).toBeCloseTo(km.convertedAt30, 12);
  for (const { t, cif } of aj.steps) expect(oracleIncidence(single(aj.data), t)).toBeCloseTo(cif, 12);
  expect(oracleIncidence(single(aj.data), 30)).toBeCloseTo(aj.cifAt30, 12);
  expect(1 - oracleSurvival(single(aj.data), 30)).toBeCloseTo(aj.naiveKMTreatingLostAsCensored, 12);
  for (const { t, survival } of kaplanMeier(single(km.data))) {
    expect(survival).toBeCloseTo(km.steps.find((step) => step.t === t)?.S ?? Number.NaN, 12);
  }
  for (const { t, cif } of aalenJohansen(single(aj.data))) {
    expect(cif).toBeCloseTo(aj.steps.find((step) => step.t === t)?.cif ?? Number.NaN, 12);
  }
});

test('the shipped Wilson and Newcombe intervals are those of the oracle', () => {
  fc.assert(
    fc.property(arbitraryShare, arbitraryShare, (one, other) => {
      const interval = wilson(one.k, one.n);
      expect(interval?.low).toBeCloseTo(oracleWilson(one.k, one.n).low, 9);
      expect(interval?.high).toBeCloseTo(oracleWilson(one.k, one.n).high, 9);
      const shipped = newcombe(one.k, one.n, other.k, other.n);
      const oracle = oracleNewcombe(one.k, one.n, other.k, other.n);
      expect(shipped?.value).toBeCloseTo(oracle.difference, 12);
      expect(shipped?.low).toBeCloseTo(oracle.low, 8);
      expect(shipped?.high).toBeCloseTo(oracle.high, 8);
    }),
    { seed: 20_260_131 },
  );
});

test('the shipped survival curve is that of the oracle at every time, and so are its quantiles', () => {
  fc.assert(
    fc.property(arbitraryGroups, (groups) => {
      const steps = kaplanMeier(groups);
      for (const time of Array.from({ length: 13 }, (_, day) => day)) {
        const shipped = steps.findLast(({ t }) => t <= time)?.survival ?? 1;
        expect(shipped).toBeCloseTo(oracleSurvival(groups, time), 12);
      }
      expect(survivalQuantile(steps, 0.5)).toBe(oracleSurvivalTime(groups, 0.5) ?? null);
      expect(survivalQuantile(steps, 0.9)).toBe(oracleSurvivalTime(groups, 0.1) ?? null);
    }),
    { seed: 20_260_131 },
  );
});

test('the shipped cumulative incidence is that of the oracle at every time', () => {
  fc.assert(
    fc.property(arbitraryGroups, (groups) => {
      const steps = aalenJohansen(groups);
      for (const time of Array.from({ length: 13 }, (_, day) => day)) {
        const shipped = steps.findLast(({ t }) => t <= time)?.cif ?? 0;
        expect(shipped).toBeCloseTo(oracleIncidence(groups, time), 12);
      }
    }),
    { seed: 20_260_131 },
  );
});

test('without censoring the incidence is a share with the variance of a share', () => {
  fc.assert(
    fc.property(arbitraryGroups, (groups) => {
      const followed = groups.map(([time, code, count]): DurationGroup => [time, code === 0 ? 2 : code, count]);
      const n = followed.reduce((sum, [, , count]) => sum + count, 0);
      for (const { t, cif, variance } of aalenJohansen(followed)) {
        const k = followed.reduce((sum, [time, code, count]) => sum + (code === 1 && time <= t ? count : 0), 0);
        expect(cif).toBeCloseTo(k / n, 12);
        expect(variance).toBeCloseTo((cif * (1 - cif)) / n, 12);
      }
    }),
    { seed: 20_260_131 },
  );
});

test('the shipped quantile is that of the oracle', () => {
  expect(quantile([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7, 12);
  expect(oracleQuantile([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7, 12);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 30 }).map((list) => list.toSorted((a, b) => a - b)),
      fc.oneof(fc.constantFrom(0, 0.25, 0.5, 0.9, 1), fc.double({ min: 0, max: 1, noNaN: true })),
      (sorted, p) => {
        const oracle = oracleQuantile(sorted, p);
        expect(quantile(sorted, p) ?? -1).toBeCloseTo(oracle ?? -1, 6);
      },
    ),
    { seed: 20_260_131 },
  );
});
