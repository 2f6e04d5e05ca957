import { expect, test } from 'vitest';
import { funnelCases, seenBy } from '../testing/cases.ts';
import { MemoryCounter } from './memory.ts';

test.each(funnelCases())('$name', ({ events, records, plan, expected }) => {
  const statistics = new MemoryCounter({ records, events }).funnel(plan);
  expect(seenBy(expected, statistics, plan)).toEqual(expected);
});
