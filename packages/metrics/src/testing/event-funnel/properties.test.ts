import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { OWNER_RIGHTS, type ActivityEvent, type EventFunnelDefinition } from '../../contracts/index.ts';
import { packDataset } from '../../engine/dataset.ts';
import { EventCounter } from '../../engine/event/index.ts';
import { planEventFunnel, type EventFunnelStatistics } from '../../funnel/index.ts';
import { arbitraryEventExample, type EventExample } from './random.ts';

function count(
  definition: EventFunnelDefinition,
  activities: readonly ActivityEvent[],
  range: EventExample['range'],
): EventFunnelStatistics {
  const context = { rights: OWNER_RIGHTS, asOf: new Date(range.asOf).toISOString(), timeZone: 'UTC' };
  const { plan } = planEventFunnel({ kind: 'eventFunnel', funnel: definition.id }, definition, context);
  return new EventCounter(activities, packDataset([], [])).count({ ...plan, ...range });
}
const reached = ({ steps }: EventFunnelStatistics): number[] => steps.map((s) => s.reached);
const holds = (property: (example: EventExample) => void): void =>
  fc.assert(fc.property(arbitraryEventExample(), property), { numRuns: 300 });

/** Only steps and window: what every order understands. */
const plain = ({ steps, window, ...rest }: EventFunnelDefinition): EventFunnelDefinition => ({
  kind: 'funnel',
  mode: 'event',
  id: rest.id,
  version: rest.version,
  owners: rest.owners,
  steps: steps.map(({ id, event }) => ({ id, ...(event === undefined ? {} : { event }) })),
  ...(window === undefined ? {} : { window: { within: window.within } }),
});

test('the order in which events are given changes nothing', () => {
  holds(({ definition, activities, range }) => {
    expect(count(definition, activities.toReversed(), range)).toEqual(count(definition, activities, range));
  });
});

test('events given twice change nothing', () => {
  holds(({ definition, activities, range }) => {
    expect(count(definition, [...activities, ...activities], range)).toEqual(count(definition, activities, range));
  });
});

test('the trials of a step are those that went on, are open or dropped', () => {
  holds(({ definition, activities, range }) => {
    const { steps } = count(definition, activities, range);
    const ended = steps.reduce((sum, s) => sum + s.open + s.dropped, 0);
    expect((steps[0]?.reached ?? 0) - ended).toBe(steps.at(-1)?.reached);
    for (const s of steps) expect(s.open + s.dropped).toBeLessThanOrEqual(s.reached);
  });
});

test('the entries of two halves of the time add up to those of the whole', () => {
  holds(({ definition, activities, range }) => {
    const entries: EventFunnelDefinition = { ...plain(definition), unit: 'entry' };
    const middle = (range.from + range.to) / 2;
    const [early, late] = [
      reached(count(entries, activities, { ...range, to: middle })),
      reached(count(entries, activities, { ...range, from: middle })),
    ];
    expect(early.map((n, i) => n + (late[i] ?? 0))).toEqual(reached(count(entries, activities, range)));
  });
});

test('a wider window and a laxer order never lose anybody', () => {
  const noFewer = (more: EventFunnelStatistics, fewer: EventFunnelStatistics): void =>
    reached(fewer).forEach((n, i) => expect(reached(more)[i]).toBeGreaterThanOrEqual(n));
  holds(({ definition, activities, range }) => {
    const ordered = plain(definition);
    const { window: _, ...endless } = ordered;
    noFewer(count(endless, activities, range), count(ordered, activities, range));
    noFewer(count(ordered, activities, range), count({ ...ordered, order: 'strict' }, activities, range));
    noFewer(count({ ...ordered, order: 'any' }, activities, range), count(ordered, activities, range));
  });
});
