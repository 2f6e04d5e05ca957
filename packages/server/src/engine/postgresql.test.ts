import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { answerWith } from '@sama/metrics/engine';
import { agrees, arbitraryExample, funnelCases, measureCases, oracleStatistics, seenBy } from '@sama/metrics/testing';
import { postgresql } from '@sama/sql';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PostgresTables } from '../testing/postgres-tables.ts';
import { SqlCounter } from './counter.ts';

const url = process.env['DATABASE_URL'];
const places: [string, string | undefined][] = [
  ['PostgreSQL in this process', undefined],
  ...(url === undefined ? [] : ([['the PostgreSQL of DATABASE_URL', url]] satisfies [string, string][])),
];

describe.each(places)('%s', (_name, address) => {
  let tables: PostgresTables;
  beforeAll(async () => {
    tables = await PostgresTables.open(address);
  });
  afterAll(() => tables.close());

  test.each(funnelCases())('$name', async ({ events, records, plan, expected }) => {
    const counted = await tables.holding(records, events, (reader) => new SqlCounter(reader, postgresql).funnel(plan));
    expect(seenBy(expected, counted, plan)).toEqual(expected);
  });

  test.each(measureCases())('$name', async ({ records, events, definitions, question, expected }) => {
    const context = { definitions, rights: OWNER_RIGHTS, asOf: '2026-03-01', timeZone: 'UTC' };
    const { data } = await tables.holding(records, events, (reader) =>
      answerWith(question, context, new SqlCounter(reader, postgresql), { name: 'postgresql', now: () => '' }),
    );
    expect(data).toMatchObject(expected);
  });

  test('random histories are counted as the text says', async () => {
    const property = fc.asyncProperty(arbitraryExample(), async ({ world, plan }) => {
      const counted = await tables.holding(world.records, world.events, (reader) =>
        new SqlCounter(reader, postgresql).funnel(plan),
      );
      expect(await agrees(oracleStatistics, () => counted, world, plan)).toEqual([]);
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
