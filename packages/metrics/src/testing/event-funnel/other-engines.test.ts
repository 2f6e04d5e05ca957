import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { OWNER_RIGHTS, type FunnelDefinition } from '../../contracts/index.ts';
import { createMemoryEngine } from '../../engine/index.ts';
import { durationMs } from '../../time/index.ts';
import fixture from '../fixtures/other-engines-vectors.json' with { type: 'json' };
import { journey } from '../scene.ts';
import { ask, countsOf, funnelOf, happenings, type Happening } from './scene.ts';

const context = { rights: OWNER_RIGHTS, asOf: '2030-01-01T00:00:00Z', timeZone: 'UTC' };
const caseOf = <T extends { id: string }>(cases: readonly T[], id: string): T => {
  const found = cases.find((c) => c.id === id);
  if (found === undefined) throw new Error(`the vectors have no case ${id}`);
  return found;
};
const minute = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
const percents = (rates: readonly ({ value: number | null } | undefined)[]) =>
  rates.map((rate) => (typeof rate?.value === 'number' ? Math.round(rate.value * 1e4) / 100 : null));

describe('Plausible', () => {
  const Plausible = z.object({
    id: z.string(),
    events: z.array(z.tuple([z.string(), z.string()])),
    steps: z.tuple([z.string(), z.string(), z.string()]),
    expect: z.object({ all_visitors: z.number(), visitors: z.array(z.number()), rate_from_start: z.array(z.number()) }),
  });
  const cases = fixture.plausible.cases.flatMap((c) => ('events' in c ? [Plausible.parse(c)] : []));
  const definition = ([page, ...goals]: readonly string[]) =>
    funnelOf([
      { id: 'page', where: { field: 'attributes.path', matches: page?.replace('**', '*') ?? '' } },
      ...goals.map((goal, i) => ({ id: `goal-${i}`, where: { field: 'attributes.path', eq: goal } })),
    ]);

  test.each(cases)('$id', async ({ events, steps, expect: expected }) => {
    const activities = events.map(([visitor, path], i) => {
      const [event] = happenings(visitor, [['visit', minute(i), { path }]]);
      if (event === undefined) throw new Error('a visit is one event');
      return event;
    });
    const named = { ...definition(steps), id: 'plausible' };
    const envelope = await createMemoryEngine({ activities }).answer(
      { kind: 'eventFunnel', funnel: 'plausible' },
      { ...context, definitions: [named] },
    );
    const data = envelope.data?.kind === 'eventFunnel' ? envelope.data : undefined;
    expect(data?.steps.map(({ count }) => count)).toEqual(expected.visitors);
    expect(envelope.coverage?.entities).toBe(expected.all_visitors);
    const rates = percents(data?.steps.map((s) => s.cumulativeRate) ?? []);
    // Where Plausible says 0 % of nobody, Sama says that there is nobody.
    expect(rates).toEqual(expected.rate_from_start.map((rate) => (expected.all_visitors > 0 ? rate : null)));
    expect(envelope.code).toBe(expected.all_visitors > 0 ? undefined : 'no-data-yet');
    expect(data?.steps[1]?.stepRate?.value === null).toBe(expected.all_visitors === 0);
  });
});

describe('GrowthBook', () => {
  const { cases } = fixture.growthbook;

  test('gb-anchor: each step takes the earliest event of its own window, from the step before', async () => {
    const definition = funnelOf([
      'exposure',
      { id: 'viewed', event: 'viewed', within: { hours: 1 } },
      { id: 'added', event: 'added', within: { hours: 2 } },
      { id: 'bought', event: 'bought', within: { days: 1 } },
    ]);
    const at = (bought: string, added = '11:30:00'): Happening[] => [
      ['exposure', '2026-01-01T10:00:00Z'],
      ['viewed', '2026-01-01T10:05:00Z'],
      ['added', `2026-01-01T${added}Z`],
      ['bought', bought],
    ];
    const counts = async (events: Happening[]) =>
      countsOf(await ask({ activities: happenings('u', events) }, definition));
    expect(await counts(at('2026-01-02T11:30:00Z'))).toEqual([1, 1, 1, 1]);
    expect(await counts(at('2026-01-02T11:30:01Z'))).toEqual([1, 1, 1, 0]);
    expect(await counts(at('2026-01-01T13:00:00Z', '12:05:00'))).toEqual([1, 1, 1, 1]);
    expect(await counts(at('2026-01-01T13:00:00Z', '12:05:01'))).toEqual([1, 1, 0, 0]);
    expect(caseOf(cases, 'gb-anchor')).toBeDefined();
  });

  test('gb-denominator: rates are given from the first step and from the step before', async () => {
    const { units, reached, rates_unconditional, rates_step_to_step } = z
      .object({
        units: z.number(),
        reached: z.array(z.number()),
        rates_unconditional: z.array(z.number()),
        rates_step_to_step: z.array(z.number()),
      })
      .parse(caseOf(cases, 'gb-denominator'));
    const activities = Array.from({ length: units }, (_, u) =>
      happenings(`${u}`, [
        ['exposure', minute(0)],
        ...reached.flatMap((n, i): Happening[] => (u < n ? [[`step ${i}`, minute(i + 1)]] : [])),
      ]),
    ).flat();
    const { steps } = await ask({ activities }, funnelOf(['exposure', ...reached.map((_, i) => `step ${i}`)]));
    const later = steps.slice(1);
    expect(percents(later.map((s) => s.cumulativeRate))).toEqual(rates_unconditional);
    expect(percents(later.map((s) => s.stepRate))).toEqual(rates_step_to_step);
  });

  test('gb-mix-shift: the rate between steps falls while the rate of all rises, and both are shown', async () => {
    const Arm = z.object({
      assigned: z.number(),
      cart: z.number(),
      purchased: z.number(),
      cart_to_purchase: z.number(),
      overall: z.number(),
    });
    const { control, treatment } = z.object({ control: Arm, treatment: Arm }).parse(caseOf(cases, 'gb-mix-shift'));
    const arm = (name: string, { assigned, cart, purchased }: z.infer<typeof Arm>) =>
      Array.from({ length: assigned }, (_, u) =>
        happenings(`${name}-${u}`, [
          ['assigned', minute(0), { arm: name }],
          ...(u < cart ? [['cart', minute(1)] satisfies Happening] : []),
          ...(u < purchased ? [['bought', minute(2)] satisfies Happening] : []),
        ]),
      ).flat();
    const { breakdown } = await ask(
      { activities: [...arm('control', control), ...arm('treatment', treatment)] },
      funnelOf(['assigned', 'cart', 'bought']),
      { breakdown: { event: 'attributes.arm' } },
    );
    const seen = breakdown?.groups.map(({ key, steps }) => [
      key,
      percents([steps[2]?.stepRate, steps[2]?.cumulativeRate]),
    ]);
    expect(seen).toEqual([
      ['control', [control.cart_to_purchase, control.overall]],
      ['treatment', [treatment.cart_to_purchase, treatment.overall]],
    ]);
  });

  const { table } = z
    .object({ table: z.array(z.tuple([z.string(), z.number()])) })
    .parse(caseOf(cases, 'gb-window-seconds'));
  test.each(table)('gb-window-seconds: %s is %i s there; Sama rounds no window', (text, seconds) => {
    const [, value, unit] = /^([\d.]+) (minute|hour|day|week)s?$/.exec(text) ?? [];
    const exact = durationMs({ [`${unit}s`]: Number(value) });
    expect(exact).toBe(Number.isInteger(Number(value)) ? seconds * 1000 : Math.round(Number(value) * 3_600_000));
  });
});

describe('HubSpot', () => {
  const cases = z
    .array(
      z.object({
        id: z.string(),
        stages: z.array(z.string()),
        contact_path: z.array(z.string()),
        in_stages: z.array(z.string()),
      }),
    )
    .parse(fixture.hubspot.cases.filter((c) => 'stages' in c));
  const inOrder = (path: readonly string[]): Happening[] => path.map((stage, i) => [stage, minute(i)]);

  test('hs-all-stages: in order, a skipped stage ends the way', async () => {
    const c = caseOf(cases, 'hs-all-stages');
    const { steps } = await ask({ activities: happenings('contact', inOrder(c.contact_path)) }, funnelOf(c.stages));
    expect(c.stages.filter((_, i) => steps[i]?.count === 1)).toEqual(c.in_stages);
  });

  test('hs-any-stages: the open policy of a stage funnel; in any order an event funnel counts how many', async () => {
    const c = caseOf(cases, 'hs-any-stages');
    const key = (stage: string): string => stage.toLowerCase();
    const definition: FunnelDefinition = {
      kind: 'funnel',
      id: 'hubspot',
      version: '1.0.0',
      owners: ['both'],
      grain: 'person',
      stages: c.stages.map((stage) => ({ key: key(stage), owner: 'both' })),
      skipPolicy: 'open',
    };
    const events = journey(
      'contact',
      c.contact_path.map((stage, i) => `${key(stage)} 2026-01-0${i + 1}`),
    );
    const { data } = await createMemoryEngine({ events }).answer(
      { kind: 'funnel', funnel: 'hubspot' },
      { ...context, definitions: [definition] },
    );
    const stages = data?.kind === 'funnel' ? data.stages : [];
    expect(c.stages.filter((_, i) => stages[i]?.count === 1)).toEqual(c.in_stages);
    const any = await ask(
      { activities: happenings('contact', inOrder(c.contact_path)) },
      funnelOf(c.stages, { order: 'any' }),
    );
    expect(countsOf(any)).toEqual([1, 1, 1, 0]);
  });

  test('hs-range: the entry lies in the range, the rest may come later', async () => {
    const activities = [
      ...happenings('before', [
        ['a', '2025-12-31T23:00:00Z'],
        ['b', '2026-01-02T00:00:00Z'],
      ]),
      ...happenings('within', [
        ['a', '2026-01-31T23:00:00Z'],
        ['b', '2026-02-20T00:00:00Z'],
      ]),
    ];
    const { steps } = await ask({ activities }, funnelOf(['a', 'b']), { period: '2026-01' });
    expect(steps.map(({ count }) => count)).toEqual([1, 1]);
    expect(steps[1]).toMatchObject({ stepRate: { k: 1, n: 1 }, cumulativeRate: { k: 1, n: 1 } });
  });
});

describe('Umami and Amplitude', () => {
  test('a window between consecutive steps, both ends included', async () => {
    const definition = funnelOf(['a', 'b', 'c'], { window: { within: { minutes: 10 }, anchor: 'previous-step' } });
    const counts = async (b: number, c: number) =>
      countsOf(
        await ask(
          {
            activities: happenings('u', [
              ['a', minute(0)],
              ['b', minute(b)],
              ['c', minute(c)],
            ]),
          },
          definition,
        ),
      );
    expect(await counts(10, 20)).toEqual([1, 1, 1]);
    expect(await counts(10, 21)).toEqual([1, 1, 0]);
    expect(await counts(11, 12)).toEqual([1, 0, 0]);
  });

  test('a day is 24 hours, not a day of the calendar; with grain day it is one', async () => {
    // The clocks of Berlin went forward on 29 March 2026.
    const activities = happenings('u', [
      ['a', '2026-03-28T12:00:00+01:00'],
      ['b', '2026-03-29T12:30:00+02:00'],
    ]);
    const window = { within: { days: 1 } };
    const of = async (choice: object) =>
      countsOf(
        await ask({ activities }, funnelOf(['a', 'b'], { window: { ...window, ...choice } }), {
          timeZone: 'Europe/Berlin',
        }),
      );
    expect(await of({})).toEqual([1, 1]);
    expect(await of({ within: { hours: 23 } })).toEqual([1, 0]);
    expect(await of({ grain: 'day' })).toEqual([1, 1]);
    expect(await of({ grain: 'day', within: { hours: 22 } })).toEqual([1, 0]);
  });

  test('one event fills one of two equal steps; two of one instant are two', async () => {
    const definition = funnelOf(['a', 'a']);
    expect(countsOf(await ask({ activities: happenings('u', [['a', minute(0)]]) }, definition))).toEqual([1, 0]);
    const twice = happenings('u', [
      ['a', minute(0)],
      ['a', minute(0)],
    ]);
    expect(countsOf(await ask({ activities: twice }, definition))).toEqual([1, 1]);
    expect(countsOf(await ask({ activities: twice }, { ...definition, sameInstant: 'never' }))).toEqual([1, 0]);
    const [once] = twice;
    expect(countsOf(await ask({ activities: once === undefined ? [] : [once, once] }, definition))).toEqual([1, 0]);
  });
});
