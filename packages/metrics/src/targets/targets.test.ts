import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OWNER_RIGHTS, type FunnelAnswer, type FunnelDefinition, type StageEvent } from '../contracts/index.ts';
import { createMemoryEngine } from '../engine/index.ts';
import { rate } from '../funnel/stages.ts';
import { refusal } from '../testing/refusal.ts';
import { backSolve, stagesOfFunnel, type TargetPlan } from './index.ts';

const plan: TargetPlan = {
  currency: 'EUR',
  revenue: [{ period: '2026-06', amount: 120_000_000 }],
  dealSize: 2_500_000,
  stages: [
    { key: 'lead', rate: { assumed: 0.5 }, lag: { days: 30 } },
    { key: 'opportunity', label: 'Opportunity', rate: rate(10, 40), lag: { days: 45 } },
    { key: 'won' },
  ],
};

test('a target worked by hand: 48 wins in June ask for 192 opportunities from 17 April to 16 May', () => {
  const { stages } = backSolve(plan);
  expect(stages.map(({ label, total }) => [label, total.value])).toEqual([
    ['lead', 384],
    ['Opportunity', 192],
    ['won', 48],
  ]);
  // 14 of the 30 days lie in April; leads came 30 days earlier, from 18 March on.
  expect(stages[1]?.months.map(({ month, needed }) => [month, Number(needed.toFixed(9))])).toEqual([
    ['2026-04', 89.6],
    ['2026-05', 102.4],
  ]);
  expect(stages[0]?.months.map(({ month, needed }) => [month, Number(needed.toFixed(9))])).toEqual([
    ['2026-03', 179.2],
    ['2026-04', 204.8],
  ]);
  expect(stages[0]?.months.map(({ whole }) => whole)).toEqual([180, 204]);
});

test('each rate moves the target by its interval, widest first', () => {
  const known = { ...plan, stages: [{ key: 'lead', rate: rate(200, 400) }, ...plan.stages.slice(1)] };
  const { sensitivity, range } = backSolve(known);
  const [win, step] = sensitivity;
  const interval = rate(10, 40);
  expect(win).toMatchObject({ from: 'opportunity', to: 'won' });
  expect(win?.worst.value).toBeCloseTo(48 / 0.5 / (interval.value === null ? 1 : interval.low), 6);
  expect(win?.best.value).toBeCloseTo(48 / 0.5 / (interval.value === null ? 1 : interval.high), 6);
  expect(step).toMatchObject({ from: 'lead', to: 'opportunity' });
  expect(range.worst.value).toBeGreaterThan(win?.worst.value ?? 0);
  expect(range.best.value).toBeLessThan(win?.best.value ?? 0);
  expect(backSolve(plan).sensitivity.map(({ from }) => from)).toEqual(['opportunity']);
});

test('a rate of nothing, or none, says so instead of a number', () => {
  const never = backSolve({
    ...plan,
    stages: [plan.stages[0] ?? { key: '' }, { key: 'opportunity', rate: rate(0, 40) }, { key: 'won' }],
  });
  expect(never.stages.map(({ total }) => total)).toEqual([
    { value: null, reason: 'zero-denominator' },
    { value: null, reason: 'zero-denominator' },
    { value: 48 },
  ]);
  const missing = { value: null, reason: 'missing-stage' as const };
  const gap = backSolve({ ...plan, stages: [{ key: 'lead', rate: missing }, ...plan.stages.slice(1)] });
  expect(gap.stages[0]).toMatchObject({ total: missing, months: [] });
  expect(gap.stages[1]?.total).toEqual({ value: 192 });
  // With no win among 40 the lower end is 0, the upper is not.
  expect(never.range).toMatchObject({ worst: { value: null }, best: { value: expect.any(Number) } });
});

test('promises: accepted leads by rating, attempts and sellers; what is past is marked', () => {
  const promise = { stage: 'opportunity', mix: { A1: 0.5, A2: 0.3, B1: 0.2 }, attempts: 6, attemptsPerSeller: 200 };
  const { promises, stages } = backSolve({ ...plan, asOf: '2026-04-01', promise });
  expect(promises).toEqual([
    { month: '2026-04', accepted: 90, mix: { A1: 45, A2: 27, B1: 18 }, attempts: 540, sellers: 3 },
    { month: '2026-05', accepted: 102, mix: { A1: 51, A2: 31, B1: 20 }, attempts: 612, sellers: 4 },
  ]);
  expect(stages[0]?.months.map(({ month, past }) => [month, past])).toEqual([
    ['2026-03', true],
    ['2026-04', false],
  ]);
});

describe('from a funnel of the past', () => {
  const source = { system: 'test', recordId: '1' };
  const events: StageEvent[] = [
    ['a', 'lead', '2026-01-01'],
    ['a', 'mql', '2026-01-11'],
    ['b', 'lead', '2026-01-02'],
    ['b', 'mql', '2026-01-12'],
    ['b', 'won', '2026-02-01'],
    ['c', 'lead', '2026-01-03'],
  ].map(([entityId = '', stage = '', day]) => {
    return { entityType: 'person', entityId, stage, at: `${day}T00:00:00Z`, source, batch: '1' };
  });
  const definition: FunnelDefinition = {
    kind: 'funnel',
    id: 'short',
    version: '1.0.0',
    grain: 'person',
    owners: ['both'],
    stages: ['lead', 'mql', 'won'].map((key) => ({ key, owner: 'both' })),
  };
  const ask = async (view: 'cohort' | 'activity'): Promise<FunnelAnswer> => {
    const envelope = await createMemoryEngine({ records: [], events }).answer(
      { kind: 'funnel', funnel: 'short', view },
      { definitions: [definition], rights: OWNER_RIGHTS, asOf: '2026-03-01T00:00:00Z', timeZone: 'UTC' },
    );
    if (envelope.data?.kind !== 'funnel') throw new Error('a funnel question has a funnel answer');
    return envelope.data;
  };

  test('its step rates and median times make the stages of a plan', async () => {
    const stages = stagesOfFunnel(await ask('cohort'));
    expect(stages).toMatchObject([
      { key: 'lead', rate: { k: 2, n: 3 }, lag: { hours: 240 } },
      { key: 'mql', rate: { k: 1, n: 2 }, lag: { hours: 480 } },
      { key: 'won', label: 'won' },
    ]);
    expect(backSolve({ ...plan, stages }).stages[0]?.total.value).toBeCloseTo(48 * 2 * 1.5, 9);
  });

  test('flows and answers without times are refused', async () => {
    const activity = await ask('activity');
    expect(refusal(() => stagesOfFunnel(activity)).remedy).toContain('cohort view');
    const cohort = await ask('cohort');
    const timeless = { ...cohort, stages: cohort.stages.map(({ time: _, ...stage }) => stage) };
    expect(refusal(() => stagesOfFunnel(timeless))).toMatchObject({ field: 'answer.stages.0.time' });
  });
});

const arbitraryPlan = fc.record({
  revenue: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }).chain((months) =>
    fc.tuple(
      ...months.map((month) =>
        fc.record({
          period: fc.constant(`2026-${String(month).padStart(2, '0')}`),
          amount: fc.integer({ min: 0, max: 10 ** 9 }),
        }),
      ),
    ),
  ),
  dealSize: fc.integer({ min: 1000, max: 10 ** 8 }),
  steps: fc.array(
    fc.record({
      assumed: fc.double({ min: 0.01, max: 1, noNaN: true }),
      days: fc.double({ min: 0, max: 400, noNaN: true }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

test('leads times all rates times the deal size are the revenue; months lose nothing and promise enough, not more', () => {
  fc.assert(
    fc.property(arbitraryPlan, ({ revenue, dealSize, steps }) => {
      const stages = steps.map(({ assumed, days }, i) => ({ key: `s${i}`, rate: { assumed }, lag: { days } }));
      const solved = backSolve({ currency: 'EUR', revenue, dealSize, stages: [...stages, { key: 'won' }] });
      const asked = revenue.reduce((sum, { amount }) => sum + amount, 0);
      const back = steps.reduce((count, { assumed }) => count * assumed, solved.stages[0]?.total.value ?? Number.NaN);
      expect(back * dealSize).toBeCloseTo(asked, 2);
      for (const { months, total } of solved.stages) {
        let [needed, whole] = [0, 0];
        for (const month of months) {
          needed += month.needed;
          whole += month.whole;
          expect(whole).toBeGreaterThanOrEqual(needed - 1e-6 * Math.max(1, needed));
          expect(whole).toBeLessThan(needed + 1);
        }
        expect(needed / Math.max(1, total.value ?? 0)).toBeCloseTo(
          (total.value ?? 0) / Math.max(1, total.value ?? 0),
          9,
        );
      }
    }),
    { seed: 20_260_131 },
  );
});

describe('a plan that cannot be solved', () => {
  const [lead, opportunity, won] = plan.stages;
  test.each<[string, object, string, RegExp]>([
    ['no deal size', { dealSize: 0 }, 'plan.dealSize', /correct/],
    ['a period that is none', { revenue: [{ period: 'June', amount: 1 }] }, 'plan.revenue.0.period', /2026-Q3/],
    ['a past period', { revenue: [{ period: 'last-90-days', amount: 1 }] }, 'plan.revenue.0.period', /by its name/],
    [
      'overlapping periods',
      {
        revenue: [
          { period: '2026-Q2', amount: 1 },
          { period: '2026-06', amount: 1 },
        ],
      },
      'plan.revenue.1.period',
      /follow one another/,
    ],
    ['a stage twice', { stages: [lead, lead, won] }, 'plan.stages.1.key', /once/],
    ['a missing rate', { stages: [lead, { key: 'sal' }, won] }, 'plan.stages.1.rate', /share of sal that reaches won/],
    ['a rate after the win', { stages: [lead, opportunity] }, 'plan.stages.1', /leave out/],
    [
      'a rate above 1',
      { stages: [{ key: 'lead', rate: { assumed: 1.2 } }, won] },
      'plan.stages.0.rate.assumed',
      /correct/,
    ],
    ['a lag below 0', { stages: [{ ...lead, lag: { days: -1 } }, won] }, 'plan.stages.0.lag.days', /correct/],
    [
      'an unknown stage promised',
      { promise: { stage: 'sal', attempts: 6 } },
      'plan.promise.stage',
      /lead, opportunity, won/,
    ],
    ['half a mix', { promise: { stage: 'lead', attempts: 6, mix: { A1: 0.5 } } }, 'plan.promise.mix', /add up to 1/],
  ])('%s', (_, part, field, remedy) => {
    expect(refusal(() => backSolve({ ...plan, ...part }))).toMatchObject({
      field,
      remedy: expect.stringMatching(remedy),
    });
  });
});
