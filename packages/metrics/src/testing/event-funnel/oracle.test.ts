import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { OWNER_RIGHTS } from '../../contracts/index.ts';
import { packDataset } from '../../engine/dataset.ts';
import { EventCounter } from '../../engine/event/index.ts';
import { planEventFunnel } from '../../funnel/index.ts';
import { oracleEventCounts, seenByOracle } from './oracle.ts';
import { arbitraryEventExample } from './random.ts';

test('the engine counts random histories as the rules say, with every choice', () => {
  const met = { runs: 0, any: 0, strict: 0, optional: 0, converted: 0, open: 0, dropped: 0 };
  fc.assert(
    fc.property(arbitraryEventExample(), ({ definition, activities, range }) => {
      const asOf = new Date(range.asOf).toISOString();
      const question = { kind: 'eventFunnel', funnel: definition.id } as const;
      const { plan } = planEventFunnel(question, definition, { rights: OWNER_RIGHTS, asOf, timeZone: 'UTC' });
      const statistics = new EventCounter(activities, packDataset([], [])).count({ ...plan, ...range });
      const expected = oracleEventCounts(definition, activities, range);
      expect(seenByOracle(statistics)).toEqual(expected);
      met.runs++;
      if (definition.order === 'any') met.any++;
      if (definition.order === 'strict') met.strict++;
      if (definition.steps.some((s) => s.optional)) met.optional++;
      if ((expected.counts.at(-1) ?? 0) > 0) met.converted++;
      if (expected.open > 0) met.open++;
      if (expected.dropped > 0) met.dropped++;
    }),
    { numRuns: 3000 },
  );
  // A generator that seldom meets a case proves little about it.
  expect(Math.min(...Object.values(met)), JSON.stringify(met)).toBeGreaterThan(200);
});
