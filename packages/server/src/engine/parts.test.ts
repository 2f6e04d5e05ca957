import { answerWith } from '@sama/metrics/engine';
import {
  arbitraryEntries,
  arbitraryExample,
  arbitraryMembers,
  entriesDiffer,
  membersInMemory,
  trendDiffers,
  trendOfWorld,
  untilMet,
} from '@sama/metrics/testing';
import { duckdb, postgresql } from '@sama/sql';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CanonicalTables } from '../testing/canonical-tables.ts';
import { PostgresTables } from '../testing/postgres-tables.ts';
import { SqlCounter } from './counter.ts';
import { keepLines } from './keep.ts';

let duck: CanonicalTables;
let postgres: PostgresTables;
beforeAll(async () => {
  [duck, postgres] = await Promise.all([CanonicalTables.open(), PostgresTables.open()]);
});
afterAll(() => postgres.close());

test('spans of entries counted in one statement are those counted each alone, from events and from the kept line', async () => {
  const property = fc.asyncProperty(arbitraryEntries(), async (example) => {
    const { world, plan, spans } = example;
    const differences = await duck.holding(world.records, world.events, async (reader, connection) => {
      const fresh = await new SqlCounter(reader).entries(plan, spans);
      const alone = new SqlCounter(reader);
      const found = await entriesDiffer(example, fresh, (one) => alone.funnel(one));
      await keepLines(connection, [plan.line]);
      const kept = await new SqlCounter(reader).entries(plan, spans);
      expect(kept).toEqual(fresh);
      return found;
    });
    expect(differences).toEqual([]);
  });
  await fc.assert(property, { numRuns: 12 });
});

test('PostgreSQL counts spans of entries as it counts each alone', async () => {
  const property = fc.asyncProperty(arbitraryEntries(), async (example) => {
    const { world, plan, spans } = example;
    const differences = await postgres.holding(world.records, world.events, async (reader) => {
      const counter = new SqlCounter(reader, postgresql);
      return entriesDiffer(example, await counter.entries(plan, spans), (one) => counter.funnel(one));
    });
    expect(differences).toEqual([]);
  });
  await fc.assert(property, { numRuns: 8 });
});

test('a step of a trend is the KPI asked for its days, in SQL', async () => {
  let known = 0;
  const property = fc.asyncProperty(arbitraryExample(), async (example) => {
    const { records, events } = example.world;
    const { question: asked, context } = trendOfWorld(example);
    const question = { ...asked, trend: 'month' as const };
    for (const [tables, dialect] of [[duck, duckdb] as const, [postgres, postgresql] as const]) {
      const { steps, differences } = await tables.holding(records, events, (reader) => {
        const counter = new SqlCounter(reader, dialect);
        const how = { name: dialect.name, now: () => '' };
        return trendDiffers({ answer: (asked, within) => answerWith(asked, within, counter, how) }, question, context);
      });
      expect(differences, dialect.name).toEqual([]);
      known += steps;
    }
  });
  await untilMet(property, { numRuns: 2, met: () => known > 0 });
  expect(known).toBeGreaterThan(0);
});

test('the members behind a mark are the same in memory and in SQL, page by page, in order', async () => {
  let met = 0;
  const property = fc.asyncProperty(arbitraryMembers(), async ({ world, members: plan }) => {
    const expected = membersInMemory(world, plan);
    met += expected.members.length;
    await duck.holding(world.records, world.events, async (reader, connection) => {
      expect(await new SqlCounter(reader).members(plan), 'DuckDB').toEqual(expected);
      await keepLines(connection, [plan.funnel.line]);
      expect(await new SqlCounter(reader).members(plan), 'kept').toEqual(expected);
    });
    const onPostgres = await postgres.holding(world.records, world.events, (reader) =>
      new SqlCounter(reader, postgresql).members(plan),
    );
    expect(onPostgres, 'PostgreSQL').toEqual(expected);
  });
  await untilMet(property, { numRuns: 15, met: () => met > 0 });
  expect(met).toBeGreaterThan(0);
});
