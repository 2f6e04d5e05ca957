import { expect, test } from 'vitest';
import { LEAD_TO_WON } from '../definitions/index.ts';
import { Definition, faultsOf } from './index.ts';

const faults = (part: object): string[] => {
  const parsed = Definition.safeParse({ ...LEAD_TO_WON, ...part });
  return parsed.success
    ? []
    : faultsOf(parsed.error.issues).map(({ field, reason, remedy }) => `${field}: ${reason}; ${remedy}`);
};
const owned = (...keys: string[]): object[] => keys.map((key) => ({ key, owner: 'both' }));

test('a funnel that says every choice has no faults', () => {
  expect(
    faults({
      anchor: 'mql',
      reentryStage: 'lead',
      handoff: { from: 'mql', to: 'sal', within: { hours: 4 } },
      window: { days: 90 },
      entryPolicy: 'every',
      unit: 'cycle',
      coolingOff: { days: 0 },
      where: { not: { field: 'reached.disqualified', present: true } },
      segments: [{ id: 'won', where: { field: 'reached.won', present: true } }],
    }),
  ).toEqual([]);
});

test.each<[string, object, string]>([
  ['owner', { owners: [] }, 'owners: is empty; name the teams that answer for it, such as marketing and sales'],
  [
    'anchor',
    { anchor: 'qml' },
    'anchor: "qml" is no stage of this funnel; use one of lead, mql, sal, sql, opportunity, won',
  ],
  [
    're-entry by a side stage',
    { reentryStage: 'nurture' },
    'reentryStage: "nurture" is no stage of this funnel; use one of lead, mql, sal, sql, opportunity, won',
  ],
  [
    'hand-off',
    { handoff: { from: 'mql', to: 'sla', within: { hours: 4 } } },
    'handoff.to: "sla" is no stage of this funnel; use one of lead, mql, sal, sql, opportunity, won',
  ],
  [
    'hand-off backwards',
    { handoff: { from: 'sal', to: 'mql', within: { hours: 4 } } },
    'handoff.to: "mql" does not come after "sal"; use a stage after sal',
  ],
  [
    'promise of no time',
    { handoff: { from: 'mql', to: 'sal', within: { hours: 0 } } },
    'handoff.within: is no time to decide in; write a time above 0, such as { "hours": 24 }',
  ],
  [
    'window of no time',
    { window: { days: 0 } },
    'window: lets nobody convert: it has no length; write a time above 0, such as { "days": 90 }, or leave it out',
  ],
  [
    'repeated stage',
    { stages: owned('lead', 'mql', 'lead') },
    'stages.2.key: "lead" is also the key of stages.0; give each stage its own key',
  ],
  [
    'side stage on the main line',
    { side: [{ key: 'won', outcome: 'lost', terminal: true }] },
    'side.0.key: "won" is also the key of stages.5; give each stage its own key',
  ],
  [
    'main stage of the name of a default side stage',
    { stages: owned('lead', 'nurture', 'won') },
    'stages.1.key: "nurture" is also a default side stage; give it another key, or list the side stages of your own in side',
  ],
  [
    'repeated segment',
    {
      segments: [
        { id: 'a', where: { all: [] } },
        { id: 'a', where: { any: [] } },
      ],
    },
    'segments.1.id: "a" is also the id of segments.0; give each segment its own id',
  ],
  [
    'unit that one policy contradicts',
    { entryPolicy: 'every', unit: 'entity' },
    'unit: "entity" counts each once, which entryPolicy "every" does not; use unit "cycle" or "visit", or entryPolicy "first" or "last"',
  ],
  [
    'unit that needs another policy',
    { unit: 'cycle' },
    'unit: "cycle" makes each cycle a trial, entryPolicy "first" one of all; use entryPolicy "every", or leave unit out',
  ],
  [
    'stage in criteria',
    { segments: [{ id: 'a', where: { any: [{ not: { field: 'reached.demo', present: true } }] } }] },
    'segments.0.where: reads reached.demo, and "demo" is no stage of this funnel; use one of lead, mql, sal, sql, opportunity, won, returned, recycled, nurture, disqualified, expired, lost, churned',
  ],
])('an impossible %s is named with its place and the remedy', (_, part, fault) => {
  expect(faults(part)).toEqual([fault]);
});
