import type {
  ActivityEvent,
  AnswerContext,
  Criteria,
  EntityRecord,
  EventFunnelDefinition,
  EventFunnelQuestion,
  StageEvent,
} from '@sama/metrics/contracts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import * as fc from 'fast-check';

/** A question about events with everything around them: records, stages, accounts, days. */
export interface EventWorld {
  data: { records: EntityRecord[]; events: StageEvent[]; activities: ActivityEvent[] };
  definition: EventFunnelDefinition;
  question: EventFunnelQuestion;
  context: AnswerContext;
}

const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
/** Present once in five times: choices that leave little to count. */
const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, value);
/** Days of late March, when the clocks of Berlin change; some moments lie on their borders. */
const when = fc.oneof(
  { arbitrary: fc.integer({ min: 27, max: 31 }).map((day) => `2026-03-${day}`), weight: 1 },
  {
    arbitrary: fc
      .tuple(fc.integer({ min: 27, max: 31 }), fc.constantFrom('00:30', '08:00', '12:00', '21:59', '22:00', '23:30'))
      .map(([day, time]) => `2026-03-${day}T${time}:00Z`),
    weight: 4,
  },
);
const persons = fc.constantFrom('p', 'q', 'r');
const value = fc.constantFrom<(string | number | boolean)[]>('1', 1, true, 'Ä', 'b', 0);

const activity = fc.record({
  name: fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', 'x', 'y'),
  at: when,
  personId: fc.oneof({ arbitrary: persons, weight: 4 }, fc.constant(undefined)),
  accountId: fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, fc.constantFrom('acme', 'umbrella')),
  owner: some(fc.constantFrom('ann', 'bob')),
  amount: some(fc.constantFrom(5, 100)),
  attributes: fc.record({ k: value, 'odd "key"/~': value }, { requiredKeys: [] }),
  source: fc.record({ system: fc.constantFrom('crm', 'web', 'Web'), recordId: fc.constantFrom('1', '2', '10') }),
});
const entered = fc.record({
  entity: fc.constantFrom<['person' | 'opportunity', string][]>(['person', 'p'], ['person', 'q'], ['opportunity', 'o']),
  stage: fc.constantFrom('mql', 'won'),
  at: when,
});
const record = fc.record({
  id: persons,
  accountId: some(fc.constantFrom('acme', 'umbrella')),
  owner: some(fc.constantFrom('ann', 'bob')),
  attributes: fc.record({ region: value }),
});

const ofEvent = fc.constantFrom<Criteria[]>(
  { field: 'attributes.k', eq: '1' },
  { field: 'attributes.k', in: [1, true] },
  { not: { field: 'owner', eq: 'ann' } },
  { field: 'amount', gte: 50 },
  { field: 'personId', present: true },
);
const ofRecord = fc.constantFrom<Criteria[]>(
  { field: 'attributes.region', present: true },
  { not: { field: 'attributes.region', eq: 1 } },
  { field: 'id', in: ['p', 'acme', 'o'] },
  { field: 'owner', eq: 'ann' },
);
const named = fc.constantFrom<(string | string[])[]>(
  'a',
  'b',
  'c',
  'stage:mql',
  'stage:won',
  ['a', 'b'],
  ['c', 'stage:mql'],
);
const step = fc.record({
  event: named,
  where: seldom(ofEvent),
  firstTime: seldom(fc.constantFrom('match' as const, 'event' as const)),
});
const field = fc.constantFrom('attributes.k', 'owner', 'personId', 'accountId', 'attributes.odd "key"/~');
const actor = fc.constantFrom<EventFunnelDefinition['actor'][]>(
  undefined,
  'person',
  'account',
  'person',
  'account',
  'opportunity',
  { property: 'attributes.k' },
  { property: 'owner' },
);

/** As if read from a file: what is undefined is left out. */
function clean<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

export const arbitraryEventWorld = (): fc.Arbitrary<EventWorld> =>
  fc
    .record({
      activities: fc.array(activity, { minLength: 8, maxLength: 40 }),
      events: fc.array(entered, { maxLength: 5 }),
      records: fc.array(record, { minLength: 2, maxLength: 6 }),
      opportunity: some(fc.record({ personId: some(persons), accountId: some(fc.constantFrom('acme', 'umbrella')) })),
      steps: fc.array(step, { minLength: 2, maxLength: 3 }),
      choices: fc.record({
        actor,
        source: fc.constantFrom(
          'activities' as const,
          'activities' as const,
          'both' as const,
          'both' as const,
          'stages' as const,
        ),
        order: some(fc.constantFrom('ordered' as const, 'strict' as const, 'any' as const)),
        window: some(
          fc.record({
            within: fc.record({ days: fc.integer({ min: 1, max: 3 }) }),
            grain: some(fc.constantFrom('day' as const, 'week' as const)),
          }),
        ),
        exclusions: some(fc.constant([{ event: 'x', from: 's0', to: 's1' }])),
        eventFilter: seldom(ofEvent),
      }),
      period: some(fc.constantFrom('2026-03-28/2026-03-31', '2026-03')),
      asOf: fc.constantFrom('2026-03-29T12:00:00Z', '2026-03-31T23:00:00Z', '2026-05-01T00:00:00Z', '2026-06-01'),
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo'),
      filter: some(ofRecord),
      asked: fc.constantFrom('trend', 'event', 'all', 'record', 'events', 'actor'),
      field,
      frequent: fc.boolean(),
    })
    .map(
      ({
        activities,
        events,
        records,
        opportunity,
        steps,
        choices,
        period,
        asOf,
        timeZone,
        filter,
        asked,
        field,
        frequent,
      }) => {
        const inAnyOrder = choices.order === 'any';
        const byProperty = typeof choices.actor === 'object';
        const definition: EventFunnelDefinition = {
          kind: 'funnel',
          mode: 'event',
          id: 'random',
          version: '1.0.0',
          owners: ['marketing'],
          // Half of the funnels begin with what is frequent: one that nobody enters says little.
          steps: steps.map((s, i) => ({
            ...s,
            ...(i === 0 && frequent ? { event: ['a', 'stage:mql'] } : {}),
            id: `s${i}`,
          })),
          ...choices,
          exclusions: choices.exclusions?.map((e) => ({ ...e, to: inAnyOrder ? `s${steps.length - 1}` : e.to })),
        };
        const question: EventFunnelQuestion = {
          kind: 'eventFunnel',
          funnel: 'random',
          period: period ?? (asked === 'trend' ? '2026-03' : undefined),
          filter,
          trend: asked === 'trend' ? 'day' : undefined,
          breakdown:
            asked === 'event' || asked === 'all'
              ? { event: field, attribution: asked === 'all' ? 'all' : 'last' }
              : asked === 'record' && !byProperty
                ? { actor: 'attributes.region' }
                : undefined,
          correlate:
            asked === 'events'
              ? 'events'
              : asked === 'actor' && !byProperty
                ? { actor: 'attributes.region' }
                : undefined,
        };
        return {
          data: clean({
            activities: activities.map((a): ActivityEvent => ({ ...a, batch: 'b' })),
            events: events.map(({ entity: [entityType, entityId], stage, at }, i): StageEvent => ({
              entityType,
              entityId,
              stage,
              at,
              source: { system: 'crm', recordId: String(i) },
              batch: 'b',
            })),
            records: [
              // One for each id: stores keep the last.
              ...new Map(records.map((r) => [r.id, { ...r, entityType: 'person' as const, batch: 'b' }])).values(),
              ...(opportunity === undefined
                ? []
                : [{ ...opportunity, entityType: 'opportunity' as const, id: 'o', attributes: {}, batch: 'b' }]),
            ],
          }),
          definition: clean(definition),
          question: clean(question),
          context: { definitions: [clean(definition)], rights: OWNER_RIGHTS, asOf, timeZone },
        };
      },
    );
