import { expect, test } from 'vitest';
import { recordCases } from '../testing/record-cases.ts';
import { MemoryCounter } from './memory.ts';

test.each(recordCases())('records of a KPI: $name', ({ records, events, plan, expected }) => {
  expect(new MemoryCounter({ records, events }).records(plan)).toEqual(expected);
});
