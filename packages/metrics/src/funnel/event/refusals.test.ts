import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import {
  Definition,
  describeIssues,
  EventFunnelDefinition,
  OWNER_RIGHTS,
  type EventFunnelQuestion,
} from '../../contracts/index.ts';
import { planEventFunnel } from './make-plan.ts';

const context = { rights: OWNER_RIGHTS, asOf: '2026-07-01T00:00:00Z', timeZone: 'UTC' };
const sound = {
  kind: 'funnel',
  mode: 'event',
  id: 'signup',
  version: '1.0.0',
  owners: ['marketing'],
  steps: [{ id: 'a' }, { id: 'b', event: 'B' }, { id: 'c', event: 'C' }],
  window: { within: { days: 14 } },
};

const refusals: [name: string, change: object, message: RegExp][] = [
  ['an unknown field', { windw: 3 }, /windw/],
  ['an owner missing', { owners: [] }, /^owners: name at least one team/],
  ['owners missing', { owners: undefined }, /^owners:/],
  ['a window of no time', { window: { within: { days: 0 } } }, /^window\.within: .* give more than 0/],
  ['a window of negative time', { window: { within: { days: -1 } } }, /^window\.within\.days:/],
  ['a window in months', { window: { within: { months: 1 } } }, /months/],
  ['one step', { steps: [{ id: 'a' }] }, /^steps:/],
  ['two steps of one id', { steps: [{ id: 'a' }, { id: 'a' }] }, /^steps\.1\.id: .* id of its own/],
  ['an optional end', { steps: [{ id: 'a' }, { id: 'b', optional: true }] }, /^steps\.1\.optional: /],
  [
    'a step longer than the window',
    { steps: [{ id: 'a' }, { id: 'b', within: { days: 20 } }] },
    /^steps\.1\.within: longer than the whole window/,
  ],
  [
    'an exclusion of an unknown step',
    { exclusions: [{ event: 'x', from: 'a', to: 'z' }] },
    /^exclusions\.0\.to: step "z" is unknown; the steps are a, b, c/,
  ],
  [
    'an exclusion from a step to itself',
    { exclusions: [{ event: 'x', from: 'b', to: 'b' }] },
    /^exclusions\.0\.to: "b" must be a later step/,
  ],
  [
    'an exclusion backwards',
    { exclusions: [{ event: 'x', from: 'c', to: 'b' }] },
    /^exclusions\.0\.to: "b" must be a later step/,
  ],
  [
    'an exclusion within any order',
    { order: 'any', exclusions: [{ event: 'x', from: 'a', to: 'b' }] },
    /^exclusions\.0: .* from the first to the last step/,
  ],
  ['an exclusion of everything', { exclusions: [{ from: 'a', to: 'b' }] }, /^exclusions\.0: .* set event or where/],
  ['conversions of three steps', { unit: 'conversion' }, /^unit: .* use two steps/],
  ['attribution to a step in any order', { order: 'any', attribution: { step: 'b' } }, /^attribution: in any order/],
  ['attribution to an unknown step', { attribution: { step: 'z' } }, /^attribution\.step: /],
  [
    'a stage of an event',
    { steps: [{ id: 'a', where: { field: 'stage', eq: 'mql' } }, { id: 'b' }] },
    /^steps\.0\.where: an event has no field "stage"/,
  ],
  [
    'stages of a record',
    { where: { field: 'reached.mql', present: true } },
    /^where: "reached\.mql" needs a stage funnel/,
  ],
];

test.each(refusals)('a definition with %s is refused when it is read', (_, change, message) => {
  const read = Definition.safeParse({ ...sound, ...change }, { error: z.locales.en().localeError });
  expect(read.success ? '' : describeIssues(read.error.issues)).toMatch(message);
});

test('a sound one is read, and refused changes are refused again when asked', () => {
  const definition = EventFunnelDefinition.parse(sound);
  expect(Definition.parse(sound)).toEqual(sound);
  expect(() =>
    planEventFunnel(
      { kind: 'eventFunnel', funnel: 'signup' },
      { ...definition, window: { within: { days: 0 } } },
      context,
    ),
  ).toThrow(/funnel "signup", window\.within: /);
});

const questions: [name: string, change: Partial<EventFunnelQuestion>, message: RegExp][] = [
  [
    'an unknown step',
    { between: { from: 'a', to: 'z' } },
    /between\.to: step "z" is not in funnel "signup"; its steps are a, b, c/,
  ],
  ['steps backwards', { between: { from: 'b', to: 'a' } }, /between\.to: "a" must be a later step/],
  ['a trend without a period', { trend: 'day' }, /trend needs a period/],
  ['a trend of too many rows', { trend: 'hour', period: '2026' }, /more than 1000 rows/],
  ['an unknown segment', { segment: 'vip' }, /segment "vip" is not defined/],
  ['stages as a filter', { filter: { field: 'stage', eq: 'mql' } }, /filter: "stage"/],
  [
    'an unknown step of a breakdown',
    { breakdown: { event: 'attributes.x', attribution: { step: 'z' } } },
    /breakdown\.attribution\.step/,
  ],
];

test.each(questions)('a question with %s is refused', (_, change, message) => {
  const definition = EventFunnelDefinition.parse(sound);
  const ask = () => planEventFunnel({ kind: 'eventFunnel', funnel: 'signup', ...change }, definition, context);
  expect(ask).toThrow(message);
});

test('a trend begins its rows with the calendar of the time zone', () => {
  const definition = EventFunnelDefinition.parse(sound);
  const boundsOf = (trend: 'day' | 'week' | 'quarter', period: string, timeZone: string) =>
    planEventFunnel(
      { kind: 'eventFunnel', funnel: 'signup', trend, period, timeZone },
      definition,
      context,
    ).plan.trend?.bounds.map((ms) => new Date(ms).toISOString());
  // The clocks of Berlin went forward on 29 March 2026: that day has 23 hours.
  expect(boundsOf('day', '2026-03-28/2026-03-31', 'Europe/Berlin')).toEqual([
    '2026-03-27T23:00:00.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
    '2026-03-30T22:00:00.000Z',
  ]);
  // 1 July 2026 is a Wednesday.
  expect(boundsOf('week', '2026-07-01/2026-07-14', 'UTC')).toEqual([
    '2026-07-01T00:00:00.000Z',
    '2026-07-06T00:00:00.000Z',
    '2026-07-13T00:00:00.000Z',
    '2026-07-14T00:00:00.000Z',
  ]);
  const sundays = {
    kind: 'eventFunnel',
    funnel: 'signup',
    trend: 'week',
    weekStart: 7,
    period: '2026-07-01/2026-07-14',
  } as const;
  expect(planEventFunnel(sundays, definition, context).plan.trend?.bounds[1]).toBe(Date.parse('2026-07-05'));
  expect(boundsOf('quarter', '2026-02-01/2027-01-01', 'UTC')).toEqual(
    ['2026-02-01', '2026-04-01', '2026-07-01', '2026-10-01', '2027-01-01'].map((day) => `${day}T00:00:00.000Z`),
  );
});
