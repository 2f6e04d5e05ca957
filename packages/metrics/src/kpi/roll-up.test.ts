import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  alignmentChange,
  alignmentDimensions,
  alignmentIndex,
  findKpi,
  perceptionGap,
  perceptionInputs,
  rollUp,
} from './index.ts';

test('a ratio of a whole comes from its sums, not from the ratios of its parts', () => {
  const parts = [
    { won: 1, lost: 1 },
    { won: 0, lost: 98 },
  ];
  expect(rollUp(findKpi('winRate.count'), parts).result.value).toBe(0.01);
  const sizes = [
    { wonAmount: 100, won: 1 },
    { wonAmount: 100, won: 4 },
  ];
  expect(rollUp(findKpi('avgDealSize'), sizes).result.value).toBe(40);
});

test('a median of a whole comes from all values', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.option(fc.nat(99))), { minLength: 1 }), (parts) => {
      const speed = findKpi('speedToLead');
      const whole = speed.evaluate({ minutes: parts.flat() });
      expect(
        rollUp(
          speed,
          parts.map((minutes) => ({ minutes })),
        ),
      ).toEqual(whole);
      const grouped = parts.flat().map((value) => [value, 1] as const);
      expect(speed.evaluate({ minutes: grouped })).toEqual(whole);
    }),
  );
});

test('averages inside a formula are computed anew from their own statistics', () => {
  const velocity = findKpi('pipelineVelocity');
  const segment = (opportunities: number, wonAmount: number, won: number, lost: number, days: number[]) => ({
    opportunities,
    avgDealSize: { wonAmount, won },
    winRate: { won, lost },
    cycleDays: { days },
  });
  const parts = [segment(30, 500, 5, 5, [10, 20, 30]), segment(10, 100, 1, 9, [40])];
  // 40 × (600 / 6) × (6 / 20) / 25
  expect(rollUp(velocity, parts).result.value).toBeCloseTo(48, 9);
  const averages = { opportunities: 1, avgDealSize: 10, winRate: 0.5, cycleDays: 3 };
  expect(() => rollUp(velocity, [averages, { ...averages, winRate: 0.4 }])).toThrow(
    'parts.winRate: differs between the parts and does not add up; give the statistics it is computed from: won, lost, open',
  );
  expect(() => rollUp(velocity, [averages, { opportunities: 1 }])).toThrow('parts.1.avgDealSize: is missing');
  expect(() => rollUp(velocity, [{ ...averages, speed: 1 }])).toThrow('parts.speed: is not known');
  expect(() => rollUp(velocity, [])).toThrow(/parts: is empty/);
});

test('a missing part of a formula hands on its reason', () => {
  const { result } = findKpi('ltvToCac').evaluate({ ltv: { value: null, reason: 'zero-churn' }, cac: 10 });
  expect(result).toEqual({ value: null, reason: 'zero-churn' });
});

const score = fc.option(fc.integer({ min: 0, max: 100 }));
const dimensions = fc.record({
  a: fc.tuple(score, fc.constant(2)),
  b: fc.tuple(score, fc.constant(3)),
  c: fc.tuple(score, fc.constant(5)),
});

test('the index lies between its dimensions, and what they did to it adds up to its change', () => {
  fc.assert(
    fc.property(dimensions, dimensions, (before, after) => {
      const value = (all: typeof before): number | null => alignmentIndex.evaluate({ dimensions: all }).result.value;
      const known = Object.values(after).flatMap(([one]) => (one === null ? [] : [one]));
      const [now, then] = [value(after), value(before)];
      const within = now === null || (now >= Math.min(...known) - 1e-9 && now <= Math.max(...known) + 1e-9);
      const split = alignmentChange(before, after);
      const sum = (split?.contributions ?? []).reduce((all, { points }) => all + points, 0);
      const change = now === null || then === null ? sum : now - then;
      expect({ within, adds: Math.abs(sum - change) < 1e-9 }).toEqual({ within: true, adds: true });
    }),
  );
});

test('a dimension is the mean of its known parts; the two directions of the promise are one part', () => {
  const { handoff, data, perception } = alignmentDimensions({
    handoff: { acceptance: 90, marketingSla: 1, salesSla: 0.4, firstPass: 0.5 },
    data: { completeness: 0.8 },
  });
  expect(handoff[0]).toBeCloseTo((90 + 70 + 50) / 3, 9);
  expect([data[0], perception[0]]).toEqual([80, null]);
});

test('means of a survey leave out "do not know"', () => {
  const of = (team: 'marketing' | 'sales', q01: number, q02: number) => ({ team, answers: { q01, q02 } });
  const five = [1, 2, 3, 4, 5];
  const { items, inputs } = perceptionInputs([
    ...five.map((q) => of('marketing', q, 0)),
    ...five.map(() => of('sales', 1, 4)),
  ]);
  expect(items).toEqual(['q01']);
  expect(perceptionGap.evaluate(inputs).result).toEqual({ value: 2 });
  expect(() => perceptionInputs([of('sales', 6, 1)])).toThrow(/responses\.0\.answers\.q01: 6 is no answer/);
});
