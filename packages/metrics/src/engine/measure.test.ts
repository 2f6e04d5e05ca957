import { expect, test } from 'vitest';
import { OWNER_RIGHTS } from '../contracts/index.ts';
import { measureCases } from '../testing/measure-cases.ts';
import { createMemoryEngine } from './memory.ts';

test.each(measureCases())('$name', async ({ records, events, definitions, question, expected }) => {
  const engine = createMemoryEngine({ records, events });
  const { data } = await engine.answer(question, {
    definitions,
    rights: OWNER_RIGHTS,
    asOf: '2026-03-01',
    timeZone: 'UTC',
  });
  expect(data).toMatchObject(expected);
});
