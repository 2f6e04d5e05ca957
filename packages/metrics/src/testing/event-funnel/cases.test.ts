import { describe, expect, test } from 'vitest';
import { Envelope, EventFunnelDefinition } from '../../contracts/index.ts';
import { createMemoryEngine } from '../../engine/index.ts';
import fixture from '../fixtures/event-funnel-vectors.json' with { type: 'json' };
import others from '../fixtures/other-engines-vectors.json' with { type: 'json' };
import { eventContextOf, eventFunnelCases, seenInEvents } from './cases.ts';
import { refusedVectors } from './cases/posthog.ts';
import { funnelOf } from './scene.ts';

const cases = eventFunnelCases();

test.each(cases)('memory answers: $name', async (c) => {
  expect(EventFunnelDefinition.parse(c.definition)).toEqual(c.definition);
  const { activities, records = [] } = c;
  const envelope = await createMemoryEngine({ activities, records }).answer(c.question, eventContextOf(c));
  expect(Envelope.parse(JSON.parse(JSON.stringify(envelope)))).toEqual(envelope);
  const { data, message } = envelope;
  const answer = data?.kind === 'eventFunnel' ? data : undefined;
  expect(answer === undefined ? message : seenInEvents(c.expected, answer)).toEqual(c.expected);
});

test('every case of the vectors is asked or refused, under a name of its own', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  const asked = (id: string): boolean => cases.some(({ name }) => name === id || new RegExp(`^${id}[,:]`).test(name));
  const refused = ['window-fallback', 'excl-invalid'];
  expect(fixture.cases.map(({ id }) => id).filter((id) => !asked(id))).toEqual(refused);
  const ids = [
    others.metricflow,
    others.clickhouse_windowfunnel,
    others.plausible,
    others.growthbook,
    others.hubspot,
  ].flatMap((engine) => engine.cases.map(({ id }) => id));
  // These are no funnels of events, or rules without numbers; `other-engines.test.ts` looks at them.
  expect(ids.filter((id) => !asked(id))).toEqual(['pl-limits', 'gb-window-seconds', 'hs-any-stages']);
});

describe('what others repair in silence is refused', () => {
  test.each(refusedVectors('window-fallback'))(
    'a window of %s days, which is read as %s elsewhere',
    (days, effective) => {
      const read = EventFunnelDefinition.safeParse({ ...funnelOf(['a', 'b']), window: { within: { days } } });
      expect(read.success).toBe(days === effective);
    },
  );

  test.each(refusedVectors('excl-invalid'))('of %i steps an exclusion from %i to %i', (steps, from, to) => {
    const names = Array.from({ length: Number(steps) }, (_, i) => `step ${i}`);
    const definition = funnelOf(names, { exclusions: [{ event: 'x', from: `s${from}`, to: `s${to}` }] });
    const read = EventFunnelDefinition.safeParse(definition);
    expect(read.error?.issues[0]?.path.join('.')).toMatch(/^exclusions\.0\.(from|to)$/);
  });
});
