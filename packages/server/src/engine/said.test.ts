import { expect, test } from 'vitest';
import { saidBeside } from './said.ts';

test('a ledger that says more than goes with a question is left out, which is told', () => {
  const told: unknown[] = [];
  let version = 1;
  const event = {
    entityType: 'person' as const,
    entityId: 'p',
    stage: 'sal',
    at: '2026-03-01T09:00:00Z',
    source: { system: 'sama', recordId: '1' },
    batch: 'x',
  };
  const stages = {
    get version() {
      return version;
    },
    since: () => new Set(['p']),
    of: () => Array.from({ length: version }, () => event),
  };
  const said = saidBeside(stages, (error) => told.push(error), 2);
  expect([said.tooMuch(), said.text()]).toEqual([false, '[["p","sal",1772355600000,null]]']);
  version = 3;
  expect([said.tooMuch(), said.text()]).toEqual([true, undefined]);
  version = 4;
  expect([said.tooMuch(), said.text()]).toEqual([true, undefined]);
  expect(told).toHaveLength(1);
});
