import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryMembers, countOfMark } from '../testing/members.ts';
import { untilMet } from '../testing/until-met.ts';
import { MemoryCounter } from './memory.ts';

test('there are as many members as the funnel counts, and its pages hold each of them once', async () => {
  let met = 0;
  const property = fc.asyncProperty(arbitraryMembers(), async ({ world, members: plan }) => {
    const counter = new MemoryCounter(world);
    const { total } = counter.members(plan);
    met += total;
    expect(total).toBe(countOfMark(counter.funnel(plan.funnel), plan));
    const all = counter.members({ ...plan, offset: 0, limit: 500 }).members;
    expect(all).toHaveLength(total);
    const pages = Array.from({ length: Math.ceil(total / plan.limit) }, (_, i) =>
      counter.members({ ...plan, offset: i * plan.limit }),
    );
    expect(pages.flatMap(({ members }) => members)).toEqual(all);
    const distinct = plan.funnel.unit === 'entity' ? new Set(all.map(({ id }) => id)).size : total;
    expect(distinct).toBe(total);
  });
  await untilMet(property, { numRuns: 150, met: () => met > 30 });
  expect(met).toBeGreaterThan(30);
});
