import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { oracleStatistics } from '../testing/oracle.ts';
import { agrees, PROPERTIES, type Answerer } from '../testing/properties.ts';
import { arbitraryExample } from '../testing/questions.ts';
import { MemoryCounter } from './memory.ts';

const memory: Answerer = (records, events, plan) => new MemoryCounter({ records, events }).funnel(plan);

test('a thousand random histories: the engine counts as the text says', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryExample(), async ({ world, plan }) => {
      expect(await agrees(oracleStatistics, memory, world, plan)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test.for(PROPERTIES)('of the in-memory engine: $name', async ({ of, broken }) => {
  await fc.assert(
    fc.asyncProperty(arbitraryExample(of), async (example) => {
      expect(await broken(memory, example)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
