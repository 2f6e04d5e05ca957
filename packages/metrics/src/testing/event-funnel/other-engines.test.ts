import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { OWNER_RIGHTS, type FunnelDefinition } from '../../contracts/index.ts';
import { createMemoryEngine } from '../../engine/index.ts';
import { durationMs } from '../../time/index.ts';
import fixture from '../fixtures/other-engines-vectors.json' with { type: 'json' };
import { journey } from '../scene.ts';
import { ask, countsOf } from './asking.ts';
import { eventContextOf, eventFunnelCases } from './cases.ts';
import { funnelOf, happenings, minute, type Happening } from './scene.ts';

const named = (name: string) => {
  const found = eventFunnelCases().find((c) => c.name === name);
  if (found === undefined) throw new Error(`there is no case ${name}`);
  return found;
};
const percents = (rates: readonly ({ value: number | null } | undefined)[]) =>
  rates.map((rate) => (typeof rate?.value === 'number' ? Math.round(rate.value * 1e4) / 100 : null));
const answerTo = async (name: string) => {
  const c = named(name);
  const envelope = await createMemoryEngine({ activities: c.activities }).answer(c.question, eventContextOf(c));
  return { envelope, data: envelope.data?.kind === 'eventFunnel' ? envelope.data : undefined };
};

describe('where Sama differs from others, and means to', () => {
  test('Plausible: where nobody came there is no rate, rather than 0 %', async () => {
    const { envelope, data } = await answerTo('pl-empty');
    expect(envelope).toMatchObject({ status: 'empty', code: 'no-data-yet' });
    expect(data?.steps[1]?.stepRate).toEqual({ value: null, reason: 'zero-denominator' });
    const visited = await answerTo('pl-1');
    expect(visited.envelope.coverage?.entities).toBe(3);
    expect(percents(visited.data?.steps.map((s) => s.cumulativeRate) ?? [])).toEqual([100, 100, 50]);
  });

  test('ClickHouse: a run that was ended does not keep another try from converting', async () => {
    const events = ['a', 'b', 'a', 'b', 'c'].map((name, at): Happening => [name, minute(at)]);
    const counts = countsOf(
      await ask({ activities: happenings('u', events) }, funnelOf(['a', 'b', 'c'], { order: 'strict' })),
    );
    expect(counts).toEqual([1, 1, 1]);
  });

  test('MetricFlow: conversions that outnumber entries are a ratio and no rate', async () => {
    const { data } = await answerTo('mf-rate-filter-time-constraint');
    const { breakdown } = data ?? {};
    expect(breakdown?.groups[0]?.steps[1]).toMatchObject({
      count: 3,
      stepRate: { value: null, reason: 'not-a-subset' },
    });
    expect(data).toMatchObject({ ratio: { value: 1.5 }, outcomes: { entered: 2, converted: 2, open: 0, dropped: 0 } });
    const { data: none } = await answerTo('mf-rate-7d');
    // Where nobody converted MetricFlow says nothing; Sama says 0 of so many.
    expect(none?.trend?.rows[3]).toMatchObject({ entered: 1, converted: 0, rate: { value: 0, k: 0, n: 1 } });
  });

  const { table } = z
    .object({ table: z.array(z.tuple([z.string(), z.number()])) })
    .parse(fixture.growthbook.cases.find(({ id }) => id === 'gb-window-seconds'));
  test.each(table)('GrowthBook: %s is %i s there; Sama rounds no window', (text, seconds) => {
    const [, value, unit] = /^([\d.]+) (minute|hour|day|week)s?$/.exec(text) ?? [];
    const exact = durationMs({ [`${unit}s`]: Number(value) });
    expect(exact).toBe(Number.isInteger(Number(value)) ? seconds * 1000 : Math.round(Number(value) * 3_600_000));
  });
});

test('GrowthBook: rates from the first step and from the step before, which may move against each other', async () => {
  const Rates = z.object({ rates_unconditional: z.array(z.number()), rates_step_to_step: z.array(z.number()) });
  const expected = Rates.parse(fixture.growthbook.cases.find(({ id }) => id === 'gb-denominator'));
  const steps = (await answerTo('gb-denominator')).data?.steps.slice(1) ?? [];
  expect(percents(steps.map((s) => s.cumulativeRate))).toEqual(expected.rates_unconditional);
  expect(percents(steps.map((s) => s.stepRate))).toEqual(expected.rates_step_to_step);
  const Arm = z.object({ cart_to_purchase: z.number(), overall: z.number() });
  const { control, treatment } = z
    .object({ control: Arm, treatment: Arm })
    .parse(fixture.growthbook.cases.find(({ id }) => id === 'gb-mix-shift'));
  const groups = (await answerTo('gb-mix-shift')).data?.breakdown?.groups ?? [];
  expect(groups.map((g) => percents([g.steps[2]?.stepRate, g.steps[2]?.cumulativeRate]))).toEqual(
    [control, treatment].map((arm) => [arm.cart_to_purchase, arm.overall]),
  );
});

test('HubSpot, any stages: the open policy of a stage funnel; in any order an event funnel counts how many', async () => {
  const {
    stages,
    contact_path: path,
    in_stages: reached,
  } = z
    .object({ stages: z.array(z.string()), contact_path: z.array(z.string()), in_stages: z.array(z.string()) })
    .parse(fixture.hubspot.cases.find(({ id }) => id === 'hs-any-stages'));
  const key = (stage: string): string => stage.toLowerCase();
  const definition: FunnelDefinition = {
    kind: 'funnel',
    id: 'hubspot',
    version: '1.0.0',
    owners: ['both'],
    grain: 'person',
    stages: stages.map((stage) => ({ key: key(stage), owner: 'both' })),
    skipPolicy: 'open',
  };
  const events = journey(
    'contact',
    path.map((stage, i) => `${key(stage)} 2026-01-0${i + 1}`),
  );
  const { data } = await createMemoryEngine({ events }).answer(
    { kind: 'funnel', funnel: 'hubspot' },
    { definitions: [definition], rights: OWNER_RIGHTS, asOf: '2026-03-01', timeZone: 'UTC' },
  );
  const counts = data?.kind === 'funnel' ? data.stages.map(({ count }) => count) : [];
  expect(stages.filter((_, i) => counts[i] === 1)).toEqual(reached);
  const inOrder = path.map((stage, i): Happening => [stage, minute(i)]);
  const any = await ask({ activities: happenings('contact', inOrder) }, funnelOf(stages, { order: 'any' }));
  expect(countsOf(any)).toEqual([1, 1, 1, 0]);
});

test('one event twice from one source is one event', async () => {
  const [once] = happenings('u', [['a', minute(0)]]);
  const activities = once === undefined ? [] : [once, once];
  expect(countsOf(await ask({ activities }, funnelOf(['a', 'a'])))).toEqual([1, 0]);
});
