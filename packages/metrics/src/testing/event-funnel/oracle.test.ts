import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventFunnelDefinition, OWNER_RIGHTS, type ActivityEvent } from '../../contracts/index.ts';
import { EventCounter } from '../../engine/event/index.ts';
import { packDataset } from '../../engine/dataset.ts';
import { planEventFunnel } from '../../funnel/index.ts';
import { oracleCounts } from './oracle.ts';
import { funnelOf } from './scene.ts';

/** Few names and few instants, so that steps repeat and events meet. */
const NAMES = ['a', 'b', 'c', 'x'];
const BEGIN = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;

const history = fc.array(
  fc.record({
    person: fc.constantFrom('p', 'q'),
    name: fc.constantFrom(...NAMES),
    hour: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 12 },
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
const definition = fc
  .oneof({ arbitrary: inOrder, weight: 3 }, { arbitrary: inAnyOrder, weight: 1 })
  // As if read from a file: what is undefined is left out.
  .map((choices) => EventFunnelDefinition.parse(JSON.parse(JSON.stringify({ ...funnelOf([]), ...choices }))));

const eventsOf = (happened: readonly { person: string; name: string; hour: number }[]): ActivityEvent[] =>
  happened.map(({ person, name, hour }, i) => ({
    name,
    at: new Date(BEGIN + hour * HOUR).toISOString(),
    personId: person,
    attributes: {},
    source: { system: 's', recordId: String(i).padStart(3, '0') },
    batch: 'b',
  }));

test('the engine counts random histories as the rules say, with every choice', () => {
  const met = { runs: 0, any: 0, strict: 0, optional: 0, converted: 0, open: 0, dropped: 0 };
  fc.assert(
    fc.property(definition, history, fc.integer({ min: 0, max: 12 }), (funnel, happened, hours) => {
      const events = eventsOf(happened);
      const asOf = BEGIN + hours * HOUR;
      const { plan } = planEventFunnel({ kind: 'eventFunnel', funnel: funnel.id }, funnel, {
        rights: OWNER_RIGHTS,
        asOf: new Date(asOf).toISOString(),
        timeZone: 'UTC',
      });
      const range = { from: BEGIN + HOUR, to: BEGIN + 8 * HOUR };
      const data = packDataset([], []);
      const seen = new EventCounter(events, data.entities).count({ ...plan, ...range });
      const expected = oracleCounts(funnel, events, { ...range, asOf });
      const sum = (pick: 'open' | 'dropped'): number => seen.steps.reduce((n, s) => n + s[pick], 0);
      expect({
        counts: seen.steps.map((s) => s.reached),
        open: sum('open'),
        dropped: sum('dropped'),
        times: seen.durations?.map((d) => d.flatMap(([ms, n]) => Array.from({ length: n }, () => ms))),
      }).toEqual(expected);
      met.runs++;
      if (funnel.order === 'any') met.any++;
      if (funnel.order === 'strict') met.strict++;
      if (funnel.steps.some((s) => s.optional)) met.optional++;
      if ((expected.counts.at(-1) ?? 0) > 0) met.converted++;
      if (expected.open > 0) met.open++;
      if (expected.dropped > 0) met.dropped++;
    }),
    { numRuns: 3000 },
  );
  // A generator that seldom meets a case proves little about it.
  for (const [name, times] of Object.entries(met)) expect([name, times > 300]).toEqual([name, true]);
});
