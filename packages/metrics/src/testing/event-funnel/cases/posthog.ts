import * as z from 'zod/mini';
import { Scalar, type EventFunnelDefinition, type EventFunnelQuestion } from '../../../contracts/index.ts';
import { addDays } from '../../../time/index.ts';
import fixture from '../../fixtures/event-funnel-vectors.json' with { type: 'json' };
import { eventCase, type EventFunnelCase } from '../case.ts';
import { funnelOf, happenings, having, type Happening } from '../scene.ts';

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

const activitiesOf = ({ actors }: z.infer<typeof Told>) =>
  Object.entries(actors).flatMap(([person, events]) => happenings(person, events));

/** The vectors name the last moment of a range, Sama the day after. */
const rangeOf = ({ range }: z.infer<typeof Told>): Partial<EventFunnelQuestion> =>
  range === undefined ? {} : { period: `${range.from.slice(0, 10)}/${addDays(range.to.slice(0, 10), 1)}` };

/** What the source does not say is not compared. */
const listed = (name: string, values: readonly (number | null)[] | undefined) =>
  values === undefined ? {} : { [name]: values };

function stepsCases(c: z.infer<typeof StepsCase>): EventFunnelCase[] {
  const { counts, avg_s, median_s, actors_at_step: reached, dropped_at_step: dropped } = c.expect;
  return [c.mode, ...(c.also_modes ?? [])].flatMap((mode) => {
    const part = { activities: activitiesOf(c), definition: definitionOf(c, mode) };
    const expected = { counts, ...listed('meanSeconds', avg_s), ...listed('medianSeconds', median_s) };
    const asked = eventCase(`${c.id}, ${mode}`, { ...part, question: rangeOf(c), expected });
    if (reached === undefined) return [asked];
    const persons = c.steps.map((_, i) => reached[i + 1]?.toSorted() ?? fromDropped(i, reached, dropped));
    const question = { ...rangeOf(c), breakdown: { event: 'personId', limit: 1000 } };
    return [asked, eventCase(`${c.id}, ${mode}, by person`, { ...part, question, expected: { persons } })];
  });
}

/** Those at a step are those who reached the next one and those who dropped before it. */
function fromDropped(step: number, reached: NonNullable<z.infer<typeof Actors>>, dropped: z.infer<typeof Actors>) {
  const [next, lost] = [reached[step + 2], dropped?.[step + 2]];
  return next === undefined || lost === undefined ? null : [...next, ...lost].sort();
}

function timeCase(c: z.infer<typeof TimeCase>): EventFunnelCase {
  return eventCase(c.id, {
    activities: activitiesOf(c),
    definition: definitionOf(c),
    question: {
      ...rangeOf(c),
      between: { from: `s${c.from_step}`, to: `s${c.to_step}` },
      ...(c.bin_count === undefined ? {} : { bins: c.bin_count }),
    },
    expected: { bins: c.expect.bins, meanTotalSeconds: c.expect.avg_total_s },
  });
}

function trendCase(c: z.infer<typeof TrendCase>): EventFunnelCase {
  const { range } = c;
  if (range === undefined) throw new Error(`${c.id} needs a range`);
  // A row of months is a whole month, where the vectors name its first day.
  const period = c.interval === 'month' ? `${range.from}/${addDays(range.to, 31)}` : rangeOf(c).period;
  return eventCase(c.id, {
    activities: activitiesOf(c),
    definition: definitionOf(c),
    question: {
      ...(period === undefined ? {} : { period }),
      trend: c.interval,
      timeZone: c.timezone ?? 'UTC',
      ...(c.to_step === undefined ? {} : { between: { from: 's0', to: `s${c.to_step}` } }),
    },
    expected: { trend: c.expect.buckets.map(([entered, converted]) => [entered, converted]) },
  });
}

function breakdownCase(c: z.infer<typeof BreakdownCase>): EventFunnelCase {
  const step = /^step:(\d+)$/.exec(c.attribution)?.[1];
  const attribution =
    step !== undefined
      ? { step: `s${step}` }
      : z.enum(['first', 'last', 'all']).parse(c.attribution.replace(/_.*/, ''));
  return eventCase(c.id, {
    activities: activitiesOf(c),
    definition: definitionOf(c),
    question: { ...rangeOf(c), breakdown: { event: `attributes.${c.breakdown}`, attribution } },
    expected: { groups: c.expect.by_value },
  });
}

/** Values by how many have them, the empty one as no value at all. */
function limitCases({ id, table }: z.infer<typeof LimitCase>): EventFunnelCase[] {
  return table.map(([values, limit, shown], row) => {
    const entries = Object.entries(values).map(([value, actors]) => [value === '' ? 'null' : value, actors] as const);
    const activities = entries.flatMap(([value, actors]) =>
      Array.from({ length: actors }, (_, i) =>
        happenings(`${value}-${i}`, [['a', '2026-01-01T00:00:00Z', value === 'null' ? {} : { value }]]),
      ).flat(),
    );
    const named = new Set(shown.map((value) => (value === '' ? 'null' : value)));
    const others = entries.filter(([value]) => !named.has(value)).reduce((sum, [, actors]) => sum + actors, 0);
    const groups = entries.flatMap(([value, actors]) => (named.has(value) ? [[value, [actors, 0]] as const] : []));
    return eventCase(`${id}, row ${row}`, {
      activities,
      definition: funnelOf(['a', 'b']),
      question: { breakdown: { event: 'attributes.value', limit } },
      expected: { groups: Object.fromEntries(named.has('Other') ? [...groups, ['other', [others, 0]]] : groups) },
    });
  });
}

function oddsCases({ id, table }: z.infer<typeof OddsCase>): EventFunnelCase[] {
  const trial = (person: string, has: boolean, converts: boolean) =>
    happenings(person, [
      ['a', '2026-01-01T00:00:00Z'],
      ...(has ? ([['x', '2026-01-01T01:00:00Z']] satisfies Happening[]) : []),
      ...(converts ? ([['b', '2026-01-01T02:00:00Z']] satisfies Happening[]) : []),
    ]);
  return table.map(([s, converted, f, dropped, odds, direction], row) => {
    const [numerator = 0, denominator = 1] = String(odds).split('/').map(Number);
    const exact = Number((numerator / denominator).toFixed(12));
    return eventCase(`${id}, row ${row}`, {
      activities: [
        ...Array.from({ length: converted }, (_, i) => trial(`converted-${i}`, i < s, true)).flat(),
        ...Array.from({ length: dropped }, (_, i) => trial(`dropped-${i}`, i < f, false)).flat(),
      ],
      definition: funnelOf(['a', 'b'], { window: { within: { days: 1 } } }),
      question: { correlate: 'events' },
      expected: { correlation: { converted, dropped, rows: [['x', s, f, exact, direction]] } },
    });
  });
}

/** Every case that has an answer; those of `refusedVectors` have none. */
export function posthogCases(): EventFunnelCase[] {
  return cases.flatMap((c): EventFunnelCase[] => {
    if (c.kind === 'steps') return stepsCases(c);
    if (c.kind === 'time_to_convert') return [timeCase(c)];
    if (c.kind === 'trend') return [trendCase(c)];
    if (c.kind === 'breakdown') return [breakdownCase(c)];
    if (c.kind === 'breakdown_limit') return limitCases(c);
    return c.kind === 'odds_ratio' ? oddsCases(c) : [];
  });
}

/** Rows of what others repair in silence, by the id of the case. */
export function refusedVectors(id: string): z.infer<typeof ValidationCase>['table'] {
  return cases.flatMap((c) => (c.kind === 'validation' && c.id === id ? c.table : []));
}
