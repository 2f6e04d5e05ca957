import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import fixture from '../../testing/fixtures/scoring-vectors.json' with { type: 'json' };
import { SCORING_MODEL } from '../../testing/scoring-model.ts';
import {
  atThreshold,
  auc,
  backtest,
  biasBySegment,
  calibration,
  fitProbability,
  inHoldout,
  liftByRank,
  probabilityOf,
  proposeThreshold,
  stability,
  thresholdCurve,
  thresholdForCapacity,
  type PastLead,
} from './index.ts';

const Nullable = z.nullable(z.number());
const { backtest: vectors } = z
  .object({
    backtest: z.object({
      leads: z.array(z.object({ score: z.number(), won: z.boolean() })),
      baseRate: z.number(),
      thresholds: z.array(
        z.object({
          threshold: z.number(),
          tp: z.number(),
          fp: z.number(),
          fn: z.number(),
          tn: z.number(),
          precision: Nullable,
          recall: Nullable,
          f1: Nullable,
          lift: Nullable,
          volume: z.number(),
          precisionCI95: z.nullable(z.tuple([z.number(), z.number()])),
        }),
      ),
      auc: z.number(),
      quartiles: z.array(
        z.object({ rank: z.number(), n: z.number(), won: z.number(), rate: z.number(), lift: z.number() }),
      ),
    }),
  })
  .parse(fixture);
const { leads } = vectors;

const SEED = { seed: 20_260_131 };
const arbitraryLeads = fc.array(fc.record({ score: fc.integer({ min: 0, max: 12 }), won: fc.boolean() }), {
  minLength: 1,
  maxLength: 40,
});
/** Leads of both outcomes. */
const arbitraryMixed = arbitraryLeads.map((list) => [...list, { score: 4, won: true }, { score: 5, won: false }]);

describe('the twenty leads of the vectors', () => {
  test.each(vectors.thresholds)('from $threshold on', ({ precision, recall, f1, lift, precisionCI95, ...counts }) => {
    const point = atThreshold(leads, counts.threshold);
    expect(point).toMatchObject(counts);
    const shown = (...values: (number | null)[]): (string | null)[] => values.map((value) => value?.toFixed(9) ?? null);
    expect(shown(point.precision.value, point.recall.value, point.f1.value, point.lift.value)).toEqual(
      shown(precision, recall, f1, lift),
    );
    const interval = point.precision.value === null ? [] : [point.precision.low, point.precision.high];
    expect(interval.map((end) => end.toFixed(6))).toEqual((precisionCI95 ?? []).map((end) => end.toFixed(6)));
  });

  test('the whole report', () => {
    const report = backtest(leads, { thresholds: vectors.thresholds.map(({ threshold }) => threshold), groups: 4 });
    expect(report.base.value).toBeCloseTo(vectors.baseRate, 9);
    expect(report.auc.value).toBeCloseTo(vectors.auc, 9);
    expect(report.thresholds.map(({ threshold }) => threshold)).toEqual([101, 80, 60, 40, 20]);
    expect(report.lift.map(({ rank, n, won }) => ({ rank, n, won }))).toEqual(
      vectors.quartiles.map(({ rank, n, won }) => ({ rank, n, won })),
    );
    vectors.quartiles.forEach(({ rate, lift }, i) => {
      expect(report.lift[i]?.rate.value).toBeCloseTo(rate, 9);
      expect(report.lift[i]?.lift.value).toBeCloseTo(lift, 9);
    });
    expect(report.bands.map(({ key, n, won }) => [key, n, won])).toEqual([
      ['A', 4, 3],
      ['B', 5, 2],
      ['C', 4, 1],
      ['D', 7, 0],
    ]);
  });

  test('four a week for two weeks are the leads from 60 on', () => {
    expect(thresholdForCapacity(leads, { perWeek: 4, weeks: 2 })).toEqual(atThreshold(leads, 60));
    expect(thresholdForCapacity(leads, { perWeek: 0.4, weeks: 2 })).toBeNull();
  });

  test('what the teams settle on is written down as a proposal', () => {
    const proposal = proposeThreshold(leads, {
      model: SCORING_MODEL,
      axis: 'engagement',
      marketing: 40,
      sales: 80,
      chosen: 60,
      weeks: 4,
    });
    expect(proposal).toMatchObject({
      term: 'mql',
      threshold: 60,
      model: { id: 'lead-score', version: '1.2.0' },
      expected: { leads: 8, perWeek: 2, precision: { k: 5, n: 8 }, recall: { k: 5, n: 6 } },
      asked: { marketing: { volume: 10 }, sales: { volume: 4 } },
      needs: ['marketing', 'sales'],
    });
  });
});

describe('properties', () => {
  test('AUC is the share of pairs in the right order, ties counting half', () => {
    fc.assert(
      fc.property(arbitraryMixed, (list) => {
        const pairs = list
          .filter(({ won }) => won)
          .flatMap((winner) => list.filter(({ won }) => !won).map((loser) => Math.sign(winner.score - loser.score)));
        const right = pairs.reduce<number>((sum, sign) => sum + (sign + 1) / 2, 0);
        expect(auc(list).value).toBeCloseTo(right / pairs.length, 12);
      }),
      SEED,
    );
  });

  test('as the threshold falls, volume and recall never do; the four counts are all leads', () => {
    fc.assert(
      fc.property(arbitraryLeads, (list) => {
        const curve = thresholdCurve(list);
        expect(curve.map(({ threshold }) => atThreshold(list, threshold))).toEqual(curve);
        curve.slice(1).forEach((point, i) => {
          expect(point.volume).toBeGreaterThan(curve[i]?.volume ?? 0);
          expect(point.recall.value ?? 0).toBeGreaterThanOrEqual(curve[i]?.recall.value ?? 0);
        });
        for (const { tp, fp, fn, tn } of curve) expect(tp + fp + fn + tn).toBe(list.length);
        expect(curve.at(-1)?.volume).toBe(list.length);
      }),
      SEED,
    );
  });

  test('nothing depends on the order of the list, and groups share out every lead once', () => {
    fc.assert(
      fc.property(arbitraryLeads, fc.integer({ min: 2, max: 12 }), (list, groups) => {
        expect(backtest(list.toReversed(), { groups })).toEqual(backtest(list, { groups }));
        expect(liftByRank(list, groups).reduce((sum, { n }) => sum + n, 0)).toBe(list.length);
      }),
      SEED,
    );
  });

  test('the fitted curve is the one no small step improves, and foretells as many wins as its targets have', () => {
    fc.assert(
      fc.property(arbitraryMixed, (list) => {
        const curve = fitProbability(list) ?? { slope: Number.NaN, intercept: Number.NaN };
        const won = list.filter((lead) => lead.won).length;
        const lost = list.length - won;
        const target = (lead: PastLead): number => (lead.won ? (won + 1) / (won + 2) : 1 / (lost + 2));
        const slack = (weigh: (lead: PastLead) => number): number =>
          list.reduce((sum, lead) => sum + weigh(lead) * (probabilityOf(curve, lead.score) - target(lead)), 0);
        expect(slack(() => 1)).toBeCloseTo(0, 6);
        expect(slack(({ score }) => score)).toBeCloseTo(0, 5);
      }),
      SEED,
    );
  });
});

describe('calibration', () => {
  test('certain and right is 0, the average is no skill', () => {
    const sure = leads.map(({ won }) => ({ probability: won ? 1 : 0, won }));
    expect(calibration(sure)).toMatchObject({ brier: { value: 0 }, skill: { value: 1 } });
    const average = calibration(leads.map(({ won }) => ({ probability: vectors.baseRate, won })));
    expect(average.brier.value).toBeCloseTo(0.21, 12);
    expect(average.skill.value).toBeCloseTo(0, 12);
    expect(average.groups).toMatchObject([{ n: 20, won: 6 }]);
  });

  test('a score that separates perfectly still has a finite curve', () => {
    const curve = fitProbability([...leads, ...leads].map(({ score }) => ({ score, won: score > 50 })));
    expect(Number.isFinite(curve?.slope)).toBe(true);
    expect(probabilityOf(curve ?? { slope: 0, intercept: 0 }, 100)).toBeGreaterThan(0.9);
    expect(fitProbability([{ score: 1, won: true }])).toBeNull();
  });
});

describe('what differs between times and segments', () => {
  const dated = leads.map((lead, i): PastLead => {
    return { ...lead, at: i % 2 === 0 ? '2026-03-31T22:30:00Z' : '2026-05-05', segment: i < 10 ? 'north' : 'south' };
  });

  test('quarters are those of the time zone', () => {
    expect(stability(dated, 60).map(({ quarter, n }) => [quarter, n])).toEqual([
      ['2026-Q1', 10],
      ['2026-Q2', 10],
    ]);
    const [only] = stability(dated, 60, 'Europe/Berlin');
    expect(only).toMatchObject({ quarter: '2026-Q2', n: 20, shift: null, at: { volume: 8 } });
    expect(only?.auc.value).toBeCloseTo(vectors.auc, 9);
  });

  test('scores that moved shift the index', () => {
    const moved = dated.map((lead) => ({ ...lead, score: lead.at === '2026-05-05' ? lead.score / 4 : lead.score }));
    expect(stability(moved, 60)[1]?.shift).toBeGreaterThan(0.2);
  });

  test('a segment whose good leads are passed over shows it', () => {
    const [north, south] = biasBySegment(dated, 60);
    expect(north).toMatchObject({ segment: 'north', n: 10, at: { tp: 5, fn: 0 } });
    expect(south).toMatchObject({ segment: 'south', n: 10, at: { tp: 0, fn: 1 }, selected: { k: 0, n: 10 } });
    expect(south?.recallGap?.value).toBe(-1);
  });
});

test('leads of one score stay together, where the middle of them falls', () => {
  const tied = [9, 5, 5, 5, 5, 5, 5, 5, 5, 5].map((score) => ({ score, won: false }));
  expect(liftByRank(tied, 2).map(({ n, scores }) => [n, scores])).toEqual([
    [1, { from: 9, to: 9 }],
    [9, { from: 5, to: 5 }],
  ]);
});

test('about the share asked for is held out, the same leads each time', () => {
  const ids = Array.from({ length: 4000 }, (_, i) => `L${i}`);
  const held = ids.filter((id) => inHoldout(id, 0.05));
  expect(held.length / ids.length).toBeCloseTo(0.05, 1.9);
  expect(ids.filter((id) => inHoldout(id, 0.05))).toEqual(held);
  expect(held.filter((id) => inHoldout(id, 0.1)).length).toBe(held.length);
  expect(held.filter((id) => inHoldout(id, 0.05, 'other')).length).toBeLessThan(held.length / 2);
});

test('without data there are reasons, not numbers', () => {
  expect(backtest([])).toMatchObject({
    n: 0,
    base: { value: null, reason: 'zero-denominator' },
    auc: { value: null, reason: 'insufficient-data' },
    thresholds: [],
  });
  expect(atThreshold([{ score: 50, won: false }], 40)).toMatchObject({
    precision: { value: 0 },
    recall: { value: null, reason: 'zero-denominator' },
    f1: { value: null, reason: 'zero-denominator' },
    lift: { value: null, reason: 'zero-denominator' },
  });
});
