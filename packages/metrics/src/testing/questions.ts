import * as fc from 'fast-check';
import type { Criteria, FieldTest } from '../contracts/index.ts';
import type { FunnelPlan } from '../funnel/plan.ts';
import type { World, WorldOptions } from './histories.ts';
import { arbitraryWorld } from './histories.ts';
import { dayAfter } from './oracle-days.ts';
import type { Choices } from './plans.ts';
import { planOf } from './plans.ts';
import type { Calendar } from './seasons.ts';
import { SPANS } from './seasons.ts';

/** A world and a question to it; `choices` makes the same question for the planner (`questionOf`). @beta */
export interface Example {
  world: World;
  choices: Choices;
  plan: FunnelPlan;
}

/** What a random example is limited to. @beta */
export interface ExampleOptions extends WorldOptions {
  /** Fixes a part of every question. */
  choose?: Choices;
}

/** Every permitted question to a random world. @beta */
export function arbitraryExample(options: ExampleOptions = {}): fc.Arbitrary<Example> {
  return arbitraryWorld(options).chain((world) =>
    arbitraryChoices(world, options).map((asked) => {
      const choices: Choices = Object.assign({}, world.frame, asked);
      return { world, choices, plan: planOf(choices) };
    }),
  );
}

/** The combinations of unit and entry policy that are not refused. */
const UNITS = [
  { unit: 'entity', entryPolicy: 'first' },
  { unit: 'entity', entryPolicy: 'last' },
  { unit: 'cycle', entryPolicy: 'every' },
  { unit: 'visit', entryPolicy: 'first' },
  { unit: 'visit', entryPolicy: 'every' },
] as const satisfies readonly Choices[];

function arbitraryChoices(world: World, options: ExampleOptions): fc.Arbitrary<Choices> {
  const { calendar, frame } = world;
  const period = arbitraryPeriod(calendar);
  const filter = arbitraryCriteria(calendar);
  // Mostly everybody: narrow questions to small worlds are answered with zeros.
  const narrow: fc.Arbitrary<Choices> = fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: fc.record({ period }) },
    { weight: 1, arbitrary: fc.record({ filter }) },
    { weight: 1, arbitrary: fc.record({ period, filter }) },
  );
  return fc
    .record(
      {
        view: fc.constantFrom('cohort', 'cohort', 'cohort', 'activity', 'snapshot'),
        anchor: fc.constantFrom(...frame.stages.slice(0, 2), ...frame.stages),
        skipPolicy: fc.constantFrom('impute', 'strict', 'open'),
        units: fc.constantFrom(...UNITS),
        measure: fc.constantFrom('count', 'value'),
        narrow,
        window: fc.constantFrom(...SPANS, { days: 100 }),
        time: fc.boolean(),
        estimate: fc.boolean(),
        reasons: fc.boolean(),
      },
      { requiredKeys: ['view', 'anchor', 'skipPolicy', 'units', 'measure', 'narrow', 'time', 'estimate'] },
    )
    .map(({ units, narrow, ...rest }) => permitted(Object.assign({}, units, narrow, rest), options));
}

/** Fixes what is chosen and takes back what a view refuses. */
function permitted(free: Choices, { choose }: ExampleOptions): Choices {
  const asked: Choices = { ...free, ...choose };
  return asked.view === 'activity' ? { ...asked, skipPolicy: 'open' } : asked;
}

/** From one day of the calendar to another, both within the crowd of events. */
function arbitraryPeriod({ season, days }: Calendar): fc.Arbitrary<[string, string]> {
  return fc
    .tuple(fc.constantFrom(...days), fc.constantFrom(...days, 119), fc.nat(1))
    .map(([one, other, more]): [number, number] => [Math.min(one, other), Math.max(one, other) + 1 + more])
    .map(([first, end]) => [dayAfter(season.firstDay, first), dayAfter(season.firstDay, end)]);
}

/** Filters that use every test, values of the wrong type and the letters that mean something in SQL. */
function arbitraryCriteria(calendar: Calendar, depth = 2): fc.Arbitrary<Criteria> {
  const leaf = arbitraryTest(calendar);
  if (depth === 0) return leaf;
  const inner = arbitraryCriteria(calendar, depth - 1);
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.record({ not: inner }) },
    { weight: 1, arbitrary: fc.record({ all: fc.array(inner, { maxLength: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(inner, { maxLength: 2 }) }) },
  );
}

const FIELDS = [
  'id',
  'owner',
  'amount',
  'currency',
  'currentStage',
  'personId',
  'attributes.region',
  'attributes.score',
  'attributes.vip',
  'attributes.since',
  'attributes.none',
] as const;

function arbitraryTest({ season, days }: Calendar): fc.Arbitrary<FieldTest> {
  const field = fc.constantFrom(...FIELDS);
  const scalar = fc.constantFrom(
    'P1',
    'O2',
    'ann',
    '',
    'EUR',
    'mql',
    'emea',
    '10',
    'true',
    0,
    0.5,
    10,
    true,
    false,
    null,
  );
  const since = fc.constantFrom(...days).map((offset) => dayAfter(season.firstDay, offset));
  const limit = fc.oneof(fc.constantFrom('', 'P2', 'Z', 'b', 'amer', 'emea', -1, 0, 0.5, 10, 500_000), since);
  return fc.oneof(
    fc.record({ field, eq: scalar }),
    fc.record({ field, in: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
    fc.record({ field, gt: limit }),
    fc.record({ field, gte: limit }),
    fc.record({ field, lt: limit }),
    fc.record({ field, lte: limit }),
    fc.record({ field, present: fc.boolean() }),
    fc.record({
      field: fc.constant('attributes.since'),
      within: fc.record({ days: fc.constantFrom(0, 0.5, 1, 10, 40) }),
    }),
    fc.record({
      field: fc.constantFrom('id', 'owner', 'attributes.region', 'attributes.score'),
      matches: fc.constantFrom('*', '', '?', 'ANN', 'a?b', 'a*', '*b', 'a%b', '*_*', '%', 'e*a', 'p?', '1?'),
    }),
  );
}
