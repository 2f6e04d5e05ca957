import { expect, test } from 'vitest';
import { funnelCases, seenBy } from './cases.ts';
import { oracleStatistics } from './oracle.ts';

test.for(funnelCases())('the oracle answers: $name', ({ records, events, plan, expected }) => {
  const statistics = oracleStatistics(records, events, plan);
  expect(seenBy(expected, statistics, plan)).toEqual(expected);
});

test('every case has a name of its own and expects something', () => {
  const cases = funnelCases();
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(cases.filter(({ expected }) => Object.keys(expected).length === 0)).toEqual([]);
});
