import { expect, test } from 'vitest';
import { figureCases } from '../testing/figure-cases.ts';
import { recordCases } from '../testing/record-cases.ts';
import { MemoryCounter } from './memory.ts';

test.each(recordCases())('records of a KPI: $name', ({ records, events, plan, expected }) => {
  expect(new MemoryCounter({ records, events }).records(plan)).toEqual(expected);
});

test.each(figureCases())('$name', ({ figures, plan, expected }) => {
  expect(new MemoryCounter({ figures }).figures(plan)).toEqual(expected);
});
