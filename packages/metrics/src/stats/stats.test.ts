import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DurationGroup, Factor, RatioPart } from './index.ts';
import {
  aalenJohansen,
  factorContributions,
  groupedQuantile,
  individualsChart,
  kaplanMeier,
  mixAndRate,
  momentsOf,
  populationStability,
  proportionChart,
  quantile,
  quantileWithNever,
  studentT95,
  totalVariation,
  welch,
} from './index.ts';

const SEED = { seed: 20_260_131 };

test('a quantile of all leads counts those never answered as +∞', () => {
  const minutes = [1, 2, 3, 5, 8, 13, 21, 34, 55];
  expect(quantile(minutes, 0.5)).toBe(8);
  expect(quantileWithNever(minutes, 1, 0.5)).toEqual({ value: 10.5, above: null });
  expect(quantileWithNever(minutes, 1, 0.9)).toEqual({ value: null, above: 55 });
  // Exactly on the last who answered: reached, whoever comes after.
  expect(quantileWithNever([1, 2, 3], 2, 0.5)).toEqual({ value: 3, above: null });
  expect(quantileWithNever([], 3, 0.5)).toEqual({ value: null, above: null });
  expect(quantileWithNever([], 0, 0.5)).toBeNull();
  expect(() => quantileWithNever([], -1, 0.5)).toThrow('never: -1 is not a count; give a whole number');
});

test('quantiles with +∞ among the values, whole or in groups, are those with so many that never happened', () => {
  const values = fc.array(fc.nat(50), { maxLength: 12 }).map((list) => list.toSorted((a, b) => a - b));
  const share = fc.constantFrom(0, 0.25, 0.5, 0.75, 0.9, 1);
  fc.assert(
    fc.property(values, fc.nat(6), share, (sorted, never, p) => {
      const expected = quantileWithNever(sorted, never, p);
      const all = [...sorted, ...Array.from({ length: never }, () => Infinity)];
      const groups = [...new Set(all)].map((value): [number, number] => [
        value,
        all.filter((other) => other === value).length,
      ]);
      const plain = expected === null ? null : (expected.value ?? Infinity);
      expect(quantile(all, p)).toBe(plain);
      expect(groupedQuantile(groups, p)).toBe(plain);
    }),
    SEED,
  );
});

test('without competing events the variance of the incidence is that of Greenwood', () => {
  const groups: DurationGroup[] = [
    [3, 1, 2],
    [5, 0, 1],
    [8, 1, 1],
    [9, 0, 2],
    [12, 1, 3],
    [20, 0, 4],
  ];
  const steps = kaplanMeier(groups);
  const greenwood = steps.map(({ survival }, i) => {
    const terms = steps.slice(0, i + 1).map(({ atRisk, events }) => events / (atRisk * (atRisk - events)));
    return survival ** 2 * terms.reduce((sum, term) => sum + term, 0);
  });
  const variances = aalenJohansen(groups).map(({ variance }) => variance);
  expect(variances).toHaveLength(3);
  variances.forEach((variance, i) => expect(variance).toBeCloseTo(greenwood[i] ?? Number.NaN, 12));
});

test('the p chart of the orange juice cans in Montgomery, table 7.1', () => {
  const cans = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
  ];
  const chart = proportionChart(cans.map((k) => ({ k, n: 50 })));
  expect(chart?.centre).toBeCloseTo(0.2313, 4);
  expect(chart?.points[0]?.high).toBeCloseTo(0.4102, 4);
  expect(chart?.points[0]?.low).toBeCloseTo(0.0524, 4);
  expect(chart?.points.flatMap(({ signal }, i) => (signal === 'outside' ? [i + 1] : []))).toEqual([15, 23]);
});

test('limits widen for few, stay within 0 and 1, and a week without any has no value', () => {
  const chart = proportionChart([
    { k: 45, n: 50 },
    { k: 1, n: 2 },
    { k: 0, n: 0 },
  ]);
  expect(chart?.points[1]).toMatchObject({ value: 0.5, high: 1, signal: null });
  expect(chart?.points[2]).toEqual({ value: null, low: null, high: null, signal: null });
  expect(proportionChart([{ k: 0, n: 0 }])).toBeNull();
  expect(() => proportionChart([{ k: 3, n: 2 }])).toThrow('points.0: 3 of 2 is no share');
});

test('the XmR chart: limits of a baseline, a point outside and the eighth in a row on one side', () => {
  // Mean 10, moving ranges all 2: limits 10 ± 2.66 · 2.
  const steady = [9, 11, 9, 11, 9, 11];
  const chart = individualsChart([...steady, 16, ...Array.from({ length: 8 }, () => 10.5)], steady.length);
  expect(chart?.centre).toBe(10);
  expect(chart?.points[0]?.high).toBeCloseTo(10 + 2.66 * 2, 2);
  expect(chart?.points[0]?.low).toBeCloseTo(10 - 2.66 * 2, 2);
  expect(chart?.range.high).toBeCloseTo(3.267 * 2, 2);
  const signals = chart?.points.map(({ signal }) => signal) ?? [];
  expect(signals.flatMap((signal, i) => (signal === null ? [] : [[i, signal]]))).toEqual([
    [6, 'outside'],
    [12, 'run'],
    [13, 'run'],
    [14, 'run'],
  ]);
  expect(individualsChart([5])).toBeNull();
  expect(() => individualsChart([5, Number.NaN])).toThrow('values.1: NaN is no figure');
});

test("Simpson's paradox: both kinds of kidney stones fare better with A, all together with B (Charig 1986)", () => {
  const open = [
    { segment: 'small', numerator: 81, denominator: 87 },
    { segment: 'large', numerator: 192, denominator: 263 },
  ];
  const puncture = [
    { segment: 'small', numerator: 234, denominator: 270 },
    { segment: 'large', numerator: 55, denominator: 80 },
  ];
  const split = mixAndRate(puncture, open);
  expect(split?.reversal).toBe(true);
  expect(split?.change).toBeCloseTo(0.78 - 289 / 350, 12);
  expect(split?.rate).toBeGreaterThan(0);
  expect(split?.mix).toBeLessThan(-(split?.rate ?? 0));
  expect(mixAndRate(open, open)).toMatchObject({ change: 0, mix: 0, rate: 0, reversal: false });
});

test('a segment that is new or gone changes the mix alone; without anybody there is nothing to split', () => {
  const before = [{ segment: 'old', numerator: 5, denominator: 10 }];
  const after = [...before, { segment: 'new', numerator: 9, denominator: 10 }];
  const split = mixAndRate(before, after);
  expect(split?.segments[1]).toMatchObject({ before: null, after: 0.9, rate: 0 });
  expect(split?.mix).toBeCloseTo(0.2, 12);
  expect(mixAndRate([], after)).toBeNull();
  expect(() => mixAndRate([...before, ...before], after)).toThrow('before.old: stands twice; add its numbers up first');
});

const arbitraryParts: fc.Arbitrary<RatioPart[]> = fc
  .uniqueArray(
    fc.record({ segment: fc.constantFrom('a', 'b', 'c', 'd'), denominator: fc.nat(20), share: fc.nat(20) }),
    { selector: ({ segment }) => segment, minLength: 1, maxLength: 4 },
  )
  .map((parts) =>
    parts.map(({ segment, denominator, share }) => ({ segment, denominator, numerator: Math.min(share, denominator) })),
  );

test('mix and rate are the mean of changing the mix first and of changing the rates first', () => {
  fc.assert(
    fc.property(arbitraryParts, arbitraryParts, (before, after) => {
      const split = mixAndRate(before, after);
      fc.pre(split !== null);
      const sum = (of: (segment: string) => number): number =>
        ['a', 'b', 'c', 'd'].reduce((total, segment) => total + of(segment), 0);
      const weight = (parts: readonly RatioPart[]) => (segment: string) =>
        (parts.find((part) => part.segment === segment)?.denominator ?? 0) /
        sum((s) => parts.find((part) => part.segment === s)?.denominator ?? 0);
      const ratio = (parts: readonly RatioPart[], rest: readonly RatioPart[]) => (segment: string) => {
        const part = [...parts, ...rest].find((p) => p.segment === segment && p.denominator > 0);
        return part === undefined ? 0 : part.numerator / part.denominator;
      };
      const [w0, w1, r0, r1] = [weight(before), weight(after), ratio(before, after), ratio(after, before)];
      const whole = (w: (s: string) => number, r: (s: string) => number): number => sum((s) => w(s) * r(s));
      const mixFirst = whole(w1, r0) - whole(w0, r0);
      const mixLast = whole(w1, r1) - whole(w0, r1);
      expect(split.mix).toBeCloseTo((mixFirst + mixLast) / 2, 12);
      expect(split.mix + split.rate).toBeCloseTo(whole(w1, r1) - whole(w0, r0), 12);
      expect(split.change).toBeCloseTo(whole(w1, r1) - whole(w0, r0), 12);
    }),
    SEED,
  );
});

const velocity: Factor[] = [
  { key: 'opportunities', before: 40, after: 50 },
  { key: 'dealSize', before: 25_000, after: 25_000 },
  { key: 'winRate', before: 0.25, after: 0.2 },
  { key: 'cycleDays', before: 60, after: 45, divides: true },
];

test('the contributions to a change of velocity add up; what did not change did nothing', () => {
  const split = factorContributions(velocity);
  expect(split?.before).toBeCloseTo(4166.666667, 6);
  expect(split?.change).toBeCloseTo(1388.888889, 6);
  const by = Object.fromEntries(split?.contributions.map(({ key, value }) => [key, value]) ?? []);
  expect(by).toMatchObject({ dealSize: 0 });
  // A quarter more opportunities and a fifth less won cancel; the shorter cycle is what is left.
  expect((by['opportunities'] ?? 0) + (by['winRate'] ?? 0)).toBeCloseTo(0, 9);
  expect(by['cycleDays']).toBeCloseTo(1388.888889, 6);
  expect(factorContributions([{ key: 'won', before: 0, after: 3 }])).toBeNull();
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          key: fc.string(),
          before: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
          after: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
          divides: fc.boolean(),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      (factors) => {
        const random = factorContributions(factors);
        fc.pre(random !== null);
        const total = random.contributions.reduce((sum, { value }) => sum + value, 0);
        const size = Math.max(...random.contributions.map(({ value }) => Math.abs(value)), Math.abs(random.change));
        expect(Math.abs(total - random.change)).toBeLessThanOrEqual(1e-9 * Math.max(size, 1e-300));
      },
    ),
    SEED,
  );
});

/** The density of t, by the angle whose tangent is t/√df: no gamma function and no improper end. */
function oracleWithin(t: number, df: number): number {
  const area = (to: number): number => {
    const steps = 20_000;
    let sum = 0;
    for (let i = 0; i < steps; i += 1) sum += Math.cos((to * (i + 0.5)) / steps) ** (df - 1);
    return (sum * to) / steps;
  };
  return area(Math.atan(t / Math.sqrt(df))) / area(Math.PI / 2);
}

test('95 % of t lie within its point, in the tables and by the angle', () => {
  const table = [1, 2, 5, 10, 30].map((df) => studentT95(df).toFixed(3));
  expect(table).toEqual(['12.706', '4.303', '2.571', '2.228', '2.042']);
  expect(studentT95(1e7)).toBeCloseTo(1.959964, 5);
  fc.assert(
    fc.property(fc.double({ min: 1, max: 400, noNaN: true }), (df) => {
      expect(oracleWithin(studentT95(df), df)).toBeCloseTo(0.95, 6);
    }),
    { ...SEED, numRuns: 30 },
  );
});

test('the gap of two teams has the interval of Welch', () => {
  const [marketing, sales] = [momentsOf([4, 4, 3, 5]), momentsOf([2, 3, 3, 3])];
  expect([marketing, sales]).toEqual([
    { n: 4, mean: 4, variance: 2 / 3 },
    { n: 4, mean: 2.75, variance: 0.25 },
  ]);
  const few = { n: 1, mean: 3, variance: 0 };
  const gap = welch(marketing ?? few, sales ?? few);
  // Standard error 0.478714 with 4.97260 degrees of freedom.
  expect(gap?.value).toBe(1.25);
  expect(gap?.high).toBeCloseTo(1.25 + studentT95(4.972_600_6) * 0.478_713_6, 5);
  expect(gap?.low).toBeCloseTo(1.25 - studentT95(4.972_600_6) * 0.478_713_6, 5);
  expect(welch(few, marketing ?? few)).toBeNull();
  expect(momentsOf([])).toBeNull();
});

test('how far mixes are apart', () => {
  expect(totalVariation([1, 1], [50, 50])).toBe(0);
  expect(totalVariation([3, 0], [0, 8])).toBe(1);
  expect(totalVariation([80, 20], [50, 50])).toBeCloseTo(0.3, 12);
  expect(totalVariation([0], [3])).toBeNull();
  expect(populationStability([5, 5], [500, 500])).toBe(0);
  // (0.5 − 0.8) ln(0.5/0.8) + (0.5 − 0.2) ln(0.5/0.2)
  expect(populationStability([80, 20], [50, 50])).toBeCloseTo(0.415_888, 6);
  expect(populationStability([10, 0, 0], [5, 5, 0])).toBeCloseTo(-0.5 * Math.log(0.5) + 0.45 * Math.log(10), 12);
  expect(() => totalVariation([1], [1, 2])).toThrow('counts: 1 and 2 classes; count the same classes in both');
});
