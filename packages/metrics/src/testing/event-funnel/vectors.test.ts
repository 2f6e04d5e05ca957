import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { EventFunnelDefinition, Scalar, type EventFunnelQuestion } from '../../contracts/index.ts';
import { addDays } from '../../time/index.ts';
import fixture from '../fixtures/event-funnel-vectors.json' with { type: 'json' };
import { ask, countsOf, funnelOf, happenings, having, personsByStep, type Happening } from './scene.ts';

const Attributes = z.record(z.string(), Scalar);
const Step = z.union([
  z.string(),
  z.strictObject({
    event: z.string(),
    where: z.optional(Attributes),
    optional: z.optional(z.boolean()),
    first_time: z.optional(z.boolean()),
  }),
]);
const Mode = z.enum(['ordered', 'strict', 'unordered']);
const told = {
  id: z.string(),
  mode: Mode,
  steps: z.array(Step),
  window: z.object({ value: z.number(), unit: z.enum(['second', 'minute', 'hour', 'day', 'week']) }),
  range: z.optional(z.object({ from: z.string(), to: z.string() })),
  filter: z.optional(Attributes),
  exclusions: z.optional(
    z.array(z.object({ event: z.string(), where: z.optional(Attributes), from: z.number(), to: z.number() })),
  ),
  aggregate_by: z.optional(z.string()),
  actors: z.record(
    z.string(),
    z.array(z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), Attributes])])),
  ),
};
const Told = z.object(told);
const Seconds = z.optional(z.array(z.nullable(z.number())));
const Actors = z.optional(z.record(z.string(), z.array(z.string())));

const StepsCase = z.object({
  kind: z.literal('steps'),
  ...told,
  also_modes: z.optional(z.array(Mode)),
  expect: z.strictObject({
    counts: z.array(z.nullable(z.number())),
    avg_s: Seconds,
    median_s: Seconds,
    actors_at_step: Actors,
    dropped_at_step: Actors,
  }),
});
const TimeCase = z.object({
  kind: z.literal('time_to_convert'),
  ...told,
  from_step: z.number(),
  to_step: z.number(),
  bin_count: z.optional(z.number()),
  expect: z.strictObject({ bins: z.array(z.tuple([z.number(), z.number()])), avg_total_s: z.number() }),
});
const TrendCase = z.object({
  kind: z.literal('trend'),
  ...told,
  interval: z.enum(['day', 'week', 'month']),
  to_step: z.optional(z.number()),
  timezone: z.optional(z.string()),
  expect: z.strictObject({ buckets: z.array(z.tuple([z.number(), z.number(), z.number()])) }),
});
const BreakdownCase = z.object({
  kind: z.literal('breakdown'),
  ...told,
  breakdown: z.string(),
  attribution: z.string(),
  expect: z.strictObject({ by_value: z.record(z.string(), z.array(z.number())) }),
});
const LimitCase = z.object({
  kind: z.literal('breakdown_limit'),
  id: z.string(),
  table: z.array(z.tuple([z.record(z.string(), z.number()), z.number(), z.array(z.string())])),
});
const ValidationCase = z.object({
  kind: z.literal('validation'),
  id: z.string(),
  table: z.array(z.array(z.union([z.number(), z.string(), z.null()]))),
});
const OddsCase = z.object({
  kind: z.literal('odds_ratio'),
  id: z.string(),
  table: z.array(
    z.tuple([z.number(), z.number(), z.number(), z.number(), z.union([z.number(), z.string()]), z.string()]),
  ),
});
const Vectors = z.object({
  cases: z.array(
    z.discriminatedUnion('kind', [StepsCase, TimeCase, TrendCase, BreakdownCase, LimitCase, ValidationCase, OddsCase]),
  ),
});

const { cases } = Vectors.parse(fixture);
const ofKind = <K extends (typeof cases)[number]['kind']>(kind: K) =>
  cases.filter((c): c is Extract<(typeof cases)[number], { kind: K }> => c.kind === kind);

const ORDER = { ordered: 'ordered', strict: 'strict', unordered: 'any' } as const;

/** A case in the words of a definition. */
function definitionOf(told: z.infer<typeof Told>, mode = told.mode): EventFunnelDefinition {
  const steps = told.steps.map((step, i): EventFunnelDefinition['steps'][number] => {
    const { event, where, optional, first_time: firstTime } = typeof step === 'string' ? { event: step } : step;
    return {
      id: `s${i}`,
      ...(event === '*' ? {} : { event }),
      ...(where === undefined ? {} : { where: having(where) }),
      ...(optional === undefined ? {} : { optional }),
      ...(firstTime === true ? { firstTime: 'match' } : {}),
    };
  });
  return funnelOf(steps, {
    order: ORDER[mode],
    window: { within: { [`${told.window.unit}s`]: told.window.value } },
    ...(told.aggregate_by === undefined ? {} : { actor: { property: `attributes.${told.aggregate_by}` } }),
    ...(told.filter === undefined ? {} : { eventFilter: having(told.filter) }),
    ...(told.exclusions === undefined
      ? {}
      : {
          exclusions: told.exclusions.map(({ event, where, from, to }) => ({
            event,
            ...(where === undefined ? {} : { where: having(where) }),
            from: `s${from}`,
            to: `s${to}`,
          })),
        }),
  });
}

const dataOf = ({ actors }: z.infer<typeof Told>) => ({
  activities: Object.entries(actors).flatMap(([person, events]) => happenings(person, events)),
});

/** The vectors name the last moment of a range, Sama the day after. */
const rangeOf = ({ range }: z.infer<typeof Told>): Partial<EventFunnelQuestion> =>
  range === undefined ? {} : { period: `${range.from.slice(0, 10)}/${addDays(range.to.slice(0, 10), 1)}` };

const stepCases = ofKind('steps').flatMap((c) => [c.mode, ...(c.also_modes ?? [])].map((mode) => ({ ...c, mode })));

test.each(stepCases)('$id, $mode', async (c) => {
  const definition = definitionOf(c);
  const answer = await ask(dataOf(c), definition, rangeOf(c));
  const { counts, avg_s: mean, median_s: median, actors_at_step: actors, dropped_at_step: dropped } = c.expect;
  // What the source does not say is not compared.
  const stated = (seen: readonly (number | null)[], expected: readonly (number | null)[] = []) =>
    expect(seen.map((value, i) => (typeof expected[i] === 'number' ? value : null))).toEqual(
      seen.map((_, i) => expected[i] ?? null),
    );
  stated(countsOf(answer), counts);
  stated(
    answer.steps.map(({ time }) => (time?.mean.value ?? 0) / 1000),
    mean,
  );
  stated(
    answer.steps.map(({ time }) => (time?.median.value ?? 0) / 1000),
    median,
  );
  if (actors === undefined) return;
  const byStep = await personsByStep(dataOf(c), definition, rangeOf(c));
  for (const [step, persons] of Object.entries(actors)) expect(byStep[Number(step) - 1]).toEqual(persons);
  for (const [step, persons] of Object.entries(dropped ?? {}))
    expect((byStep[Number(step) - 2] ?? []).filter((p) => byStep[Number(step) - 1]?.includes(p) !== true)).toEqual(
      persons,
    );
});

test.each(ofKind('time_to_convert'))('$id', async (c) => {
  const { time } = await ask(dataOf(c), definitionOf(c), {
    ...rangeOf(c),
    between: { from: `s${c.from_step}`, to: `s${c.to_step}` },
    ...(c.bin_count === undefined ? {} : { bins: c.bin_count }),
  });
  expect(time?.histogram.map(({ fromMs, count }) => [fromMs / 1000, count])).toEqual(c.expect.bins);
  expect((time?.mean.value ?? 0) / 1000).toBe(c.expect.avg_total_s);
});

test.each(ofKind('trend'))('$id', async (c) => {
  // A period of months runs to the end of the last one.
  const period = c.interval === 'month' ? `${c.range?.from.slice(0, 7)}-01/2020-08-01` : rangeOf(c).period;
  const { trend } = await ask(dataOf(c), definitionOf(c), {
    ...(period === undefined ? {} : { period }),
    trend: c.interval,
    timeZone: c.timezone ?? 'UTC',
    ...(c.to_step === undefined ? {} : { between: { from: 's0', to: `s${c.to_step}` } }),
  });
  const percent = (value: number | null): number => Math.round((value ?? 0) * 10_000) / 100;
  expect(trend?.rows.map((r) => [r.entered, r.converted, percent(r.rate.value)])).toEqual(c.expect.buckets);
});

test.each(ofKind('breakdown'))('$id', async (c) => {
  const step = /^step:(\d+)$/.exec(c.attribution)?.[1];
  const attribution =
    step !== undefined
      ? { step: `s${step}` }
      : z.enum(['first', 'last', 'all']).parse(c.attribution.replace(/_.*/, ''));
  const { breakdown } = await ask(dataOf(c), definitionOf(c), {
    ...rangeOf(c),
    breakdown: { event: `attributes.${c.breakdown}`, attribution },
  });
  const seen = breakdown?.groups.map(({ key, steps }) => [String(key), steps.map(({ count }) => count)]) ?? [];
  expect(Object.fromEntries(seen)).toEqual(c.expect.by_value);
});

test.each(
  ofKind('breakdown_limit').flatMap(({ id, table }) =>
    table.map(([values, limit, groups], i) => ({ id, i, values, limit, groups })),
  ),
)('$id, row $i', async ({ values, limit, groups }) => {
  const activities = Object.entries(values).flatMap(([value, actors]) =>
    Array.from({ length: actors }, (_, i) =>
      happenings(`${value}-${i}`, [['a', '2026-01-01T00:00:00Z', value === '' ? {} : { value }]]),
    ).flat(),
  );
  const { breakdown } = await ask({ activities }, funnelOf(['a', 'b']), {
    breakdown: { event: 'attributes.value', limit },
  });
  const named = breakdown?.groups.filter((g) => !g.other).map(({ key }) => String(key ?? '')) ?? [];
  expect([...named.sort(), ...(breakdown?.groups.some((g) => g.other) === true ? ['Other'] : [])]).toEqual(groups);
  expect(breakdown?.groups.reduce((sum, g) => sum + (g.steps[0]?.count ?? 0), 0)).toBe(activities.length);
});

describe('what others repair in silence is refused', () => {
  const tableOf = (id: string) => ofKind('validation').find((c) => c.id === id)?.table ?? [];

  test.each(tableOf('window-fallback'))('a window of %s days, which is read as %s elsewhere', (days, effective) => {
    const window = { within: { days } };
    const read = EventFunnelDefinition.safeParse(funnelOf(['a', 'b'], {}));
    expect(read.success).toBe(true);
    expect(EventFunnelDefinition.safeParse({ ...funnelOf(['a', 'b']), window }).success).toBe(days === effective);
  });

  test.each(tableOf('excl-invalid'))('of %i steps an exclusion from %i to %i', (steps, from, to) => {
    const names = Array.from({ length: Number(steps) }, (_, i) => `step ${i}`);
    const definition = funnelOf(names, { exclusions: [{ event: 'x', from: `s${from}`, to: `s${to}` }] });
    const read = EventFunnelDefinition.safeParse(definition);
    expect(read.success).toBe(false);
    expect(read.error?.issues[0]?.path.join('.')).toMatch(/^exclusions\.0\.(from|to)$/);
  });
});

const oddsRows = ofKind('odds_ratio').flatMap(({ id, table }) =>
  table.map(([s, S, f, F, odds, direction], i) => ({ id, i, s, S, f, F, odds, direction })),
);
test.each(oddsRows)('$id, row $i', async ({ s, S, f, F, odds, direction }) => {
  const trial = (person: string, has: boolean, converts: boolean) =>
    happenings(person, [
      ['a', '2026-01-01T00:00:00Z'],
      ...(has ? [['x', '2026-01-01T01:00:00Z'] satisfies Happening] : []),
      ...(converts ? [['b', '2026-01-01T02:00:00Z'] satisfies Happening] : []),
    ]);
  const activities = [
    ...Array.from({ length: S }, (_, i) => trial(`converted-${i}`, i < s, true)).flat(),
    ...Array.from({ length: F }, (_, i) => trial(`dropped-${i}`, i < f, false)).flat(),
  ];
  const { correlation } = await ask({ activities }, funnelOf(['a', 'b'], { window: { within: { days: 1 } } }), {
    correlate: 'events',
  });
  const [numerator = 0, denominator = 1] = String(odds).split('/').map(Number);
  expect(correlation).toMatchObject({ converted: S, dropped: F });
  expect(correlation?.rows).toMatchObject([{ key: 'x', converted: s, dropped: f, direction }]);
  expect(correlation?.rows[0]?.odds).toBeCloseTo(numerator / denominator, 12);
});

test('every case of the vectors was asked', () => {
  const asked = [
    'steps',
    'time_to_convert',
    'trend',
    'breakdown',
    'breakdown_limit',
    'validation',
    'odds_ratio',
  ] as const;
  expect(asked.flatMap((kind) => ofKind(kind)).length).toBe(fixture.cases.length);
});
