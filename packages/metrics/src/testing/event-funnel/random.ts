import * as fc from 'fast-check';
import { EventFunnelDefinition, type ActivityEvent } from '../../contracts/index.ts';
import { HOUR_MS } from '../../time/index.ts';
import { funnelOf } from './scene.ts';

/** Few names and few instants, so that steps repeat and events meet. */
const NAMES = ['a', 'b', 'c', 'x'];
const BEGIN = Date.UTC(2026, 0, 5);

const happened = fc.array(
  fc.record({
    person: fc.constantFrom('p', 'q'),
    name: fc.constantFrom(...NAMES),
    hour: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 16 },
);
const eventNames = fc.oneof(
  fc.constantFrom('a', 'b', 'c'),
  fc.constant(undefined),
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }),
);
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const maybe = <T extends string>(...values: readonly T[]) => some(fc.constantFrom(...values));
const step = fc.record({
  event: eventNames,
  optional: fc.boolean(),
  within: some(fc.record({ hours: fc.integer({ min: 1, max: 3 }) })),
});
const end = maybe('inclusive', 'exclusive');

const inOrder = fc
  .record({
    steps: fc.array(step, { minLength: 2, maxLength: 4 }),
    order: maybe('ordered', 'strict'),
    window: some(
      fc.record({
        within: fc.record({ hours: fc.integer({ min: 3, max: 8 }) }),
        end,
        anchor: maybe('entry', 'previous-step'),
      }),
    ),
    excluded: some(fc.uniqueArray(fc.nat(3), { minLength: 2, maxLength: 2 })),
    unit: maybe('actor', 'entry'),
    pick: maybe('nearest', 'earliest'),
    tries: maybe('all', 'first'),
    repeats: maybe('pass', 'end'),
    returns: maybe('pass', 'end'),
    sameInstant: maybe('any-order', 'never'),
  })
  .map(({ steps, excluded, unit, ...choices }) => {
    const [from = 0, to = 0] = excluded?.map((i) => Math.min(i, steps.length - 1)).sort() ?? [];
    return {
      ...choices,
      unit: choices.tries === 'first' ? undefined : unit,
      steps: steps.map((s, i) => {
        const inner = i > 0 && i < steps.length - 1;
        return { ...s, id: `s${i}`, optional: s.optional && inner, within: i > 0 ? s.within : undefined };
      }),
      exclusions: from < to ? [{ event: 'x', from: `s${from}`, to: `s${to}` }] : undefined,
    };
  });
const inAnyOrder = fc
  .record({
    events: fc.array(eventNames, { minLength: 2, maxLength: 4 }),
    window: some(fc.record({ within: fc.record({ hours: fc.integer({ min: 1, max: 8 }) }), end })),
    excluded: fc.boolean(),
    pick: maybe('nearest', 'earliest'),
  })
  .map(({ events, excluded, ...choices }) => ({
    ...choices,
    order: 'any',
    steps: events.map((event, i) => ({ id: `s${i}`, event })),
    exclusions: excluded ? [{ event: 'x', from: 's0', to: `s${events.length - 1}` }] : undefined,
  }));
const definition: fc.Arbitrary<EventFunnelDefinition> = fc
  .oneof({ arbitrary: inOrder, weight: 3 }, { arbitrary: inAnyOrder, weight: 1 })
  // As if read from a file: what is undefined is left out.
  .map((choices) => EventFunnelDefinition.parse(JSON.parse(JSON.stringify({ ...funnelOf([]), ...choices }))));

const eventsOf = (events: readonly { person: string; name: string; hour: number }[]): ActivityEvent[] =>
  events.map(({ person, name, hour }, i) => ({
    name,
    at: new Date(BEGIN + hour * HOUR_MS).toISOString(),
    personId: person,
    attributes: {},
    source: { system: 's', recordId: String(i).padStart(3, '0') },
    batch: 'b',
  }));

/**
 * A definition with any of its choices, a history to ask it of, entries from `from` to `to`, and a moment to ask at.
 * @beta
 */
export interface EventExample {
  definition: EventFunnelDefinition;
  activities: ActivityEvent[];
  range: { from: number; to: number; asOf: number };
}

/** Random activities and a random event funnel to ask of them. @beta */
export const arbitraryEventExample = (): fc.Arbitrary<EventExample> =>
  fc
    .record({ definition, happened, hours: fc.integer({ min: 3, max: 12 }) })
    .map(({ definition, happened, hours }) => ({
      definition,
      activities: eventsOf(happened),
      range: { from: BEGIN + HOUR_MS, to: BEGIN + 8 * HOUR_MS, asOf: BEGIN + hours * HOUR_MS },
    }));
