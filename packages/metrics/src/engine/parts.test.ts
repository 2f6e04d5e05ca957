import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryEntries, entriesDiffer, trendDiffers, trendOfWorld } from '../testing/parts.ts';
import { arbitraryExample } from '../testing/questions.ts';
import { createMemoryEngine, MemoryCounter } from './memory.ts';

test('spans of entries counted in one pass are those counted each alone', async () => {
  const property = fc.asyncProperty(arbitraryEntries(), async ({ world, plan, spans }) => {
    const counter = new MemoryCounter(world);
    const together = counter.entries(plan, spans);
    expect(await entriesDiffer({ plan, spans }, together, (one) => counter.funnel(one))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 150 });
});

test('a step of a trend is the KPI asked for its days', async () => {
  let known = 0;
  const property = fc.asyncProperty(arbitraryExample(), async (example) => {
    const { question, context } = trendOfWorld(example);
    const { steps, differences } = await trendDiffers(createMemoryEngine(example.world), question, context);
    expect(differences).toEqual([]);
    known += steps;
  });
  await fc.assert(property, { numRuns: 30 });
  expect(known).toBeGreaterThan(100);
});
