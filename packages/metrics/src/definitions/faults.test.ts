import { expect, test } from 'vitest';
import type { AttributionDefinition } from '../contracts/index.ts';
import { Definition, describeIssues } from '../contracts/index.ts';
import { definitionFaults, LEAD_TO_WON } from './index.ts';

const credit: AttributionDefinition = {
  kind: 'attribution',
  id: 'credit',
  version: '1.0.0',
  owners: ['marketing', 'sales'],
  model: { model: 'linear' },
  journeys: { funnel: 'lead-to-won', leadCreation: 'lead', touches: [{ channel: 'attributes.channel' }] },
};
const journeys = (part: object): object => ({ journeys: { ...credit.journeys, ...part } });

test.each<[string, object, string]>([
  ['nothing', {}, ''],
  [
    'an unknown funnel',
    journeys({ funnel: 'deals' }),
    '1.journeys.funnel: funnel "deals" is not defined; use one of lead-to-won, or define it',
  ],
  [
    'an unknown conversion',
    journeys({ conversion: 'closed' }),
    '1.journeys.conversion: "closed" is no stage of funnel "lead-to-won"; use one of lead, mql, sal, sql, opportunity, won',
  ],
  [
    'an unknown milestone',
    journeys({ opportunityCreation: 'lost' }),
    '1.journeys.opportunityCreation: "lost" is no stage of funnel "lead-to-won"; use one of lead, mql, sal, sql, opportunity, won',
  ],
  [
    'a group that the grain lacks',
    journeys({ group: 'opportunity' }),
    '1.journeys.group: a funnel of grain "person" has no opportunity of its own; use "account" or "person"',
  ],
])('of an attribution with %s', (_, part, fault) => {
  const definition = Definition.parse({ ...credit, ...part });
  const found = definitionFaults([LEAD_TO_WON, definition], [LEAD_TO_WON, definition]);
  const expected = fault === '' ? [] : [`definitions.${fault}`];
  expect(found.map(({ field, reason, remedy }) => `${field}: ${reason}; ${remedy}`)).toEqual(expected);
});

test.each<[string, object, string[]]>([
  ['stages there are', {}, []],
  [
    'an unknown stage',
    {
      steps: [
        { id: 'a', event: ['stage:lead', 'stage:led'] },
        { id: 'b', event: 'stage:lost' },
      ],
    },
    ['steps.0.event: "led" is no stage of any funnel'],
  ],
  [
    'what no stage is',
    { exclusions: [{ event: 'call', from: 'a', to: 'b' }] },
    ['exclusions.0.event: "call" is no entry into a stage, and source "stages" has nothing else'],
  ],
  ['what people did as well', { source: 'both', exclusions: [{ event: 'call', from: 'a', to: 'b' }] }, []],
])('of a funnel of events that reads %s', (_, part, faults) => {
  const definition = Definition.parse({
    kind: 'funnel',
    mode: 'event',
    id: 'way',
    version: '1.0.0',
    owners: ['sales'],
    source: 'stages',
    steps: [
      { id: 'a', event: 'stage:lead' },
      { id: 'b', event: 'stage:won' },
    ],
    ...part,
  });
  const found = definitionFaults([definition], [LEAD_TO_WON, definition]);
  expect(found.map(({ field, reason }) => `${field}: ${reason}`)).toEqual(faults.map((one) => `definitions.0.${one}`));
  expect(found.every(({ remedy }) => remedy.startsWith('use one of stage:lead, stage:mql, '))).toBe(true);
});

test.each<[string, object, string]>([
  ['owner', { owners: [] }, 'owners: the list is empty (name the teams that own the definition)'],
  [
    'look-back',
    { lookback: { days: 0 } },
    'lookback: a window of 0 holds no touch (give a length of time above 0, or "none")',
  ],
  [
    'half-life',
    { model: { model: 'timeDecay', halfLife: { days: 0 } } },
    'model.halfLife: 0 is no time to lose half in (give a length of time above 0)',
  ],
  [
    'field of an event',
    journeys({ touches: [{ channel: { is: 'Any' }, where: { field: 'stage', eq: 'won' } }] }),
    'journeys.touches.0.where: an event has no field "stage" (use its attributes.NAME, amount, currency, owner or links)',
  ],
  [
    'order of rules',
    journeys({ touches: [{ channel: { is: 'Any' } }, { event: 'call', channel: { is: 'Call' } }] }),
    'journeys.touches.0: every event fits, so that no later rule is ever asked (put it last, or set event or where)',
  ],
])('an attribution is refused when it is read: %s', (_, part, message) => {
  const parsed = Definition.safeParse({ ...credit, ...part });
  expect(parsed.success ? '' : describeIssues(parsed.error.issues)).toBe(message);
});
