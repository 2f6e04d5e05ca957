import { OWNER_RIGHTS, type EntityRecord, type StageEvent } from '@sama/metrics/contracts';
import { answerWith } from '@sama/metrics/engine';
import type { FunnelPlan, FunnelStatistics } from '@sama/metrics/funnel';
import {
  agrees,
  arbitraryExample,
  funnelCases,
  measureCases,
  metIn,
  oracleStatistics,
  seenBy,
  type Example,
} from '@sama/metrics/testing';
import { lineTables } from '@sama/sql';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { CanonicalTables } from '../testing/canonical-tables.ts';
import { SqlCounter, type SqlReader } from './counter.ts';
import { keepLines } from './keep.ts';

let tables: CanonicalTables;

beforeAll(async () => {
  tables = await CanonicalTables.open();
});

/** Statistics from the events anew, and from the kept line where that is right (`fromKept`). */
function statistics(
  of: CanonicalTables,
  records: readonly EntityRecord[],
  events: readonly StageEvent[],
  plan: FunnelPlan,
): Promise<{ fresh: FunnelStatistics; kept: FunnelStatistics; fromKept: boolean }> {
  return of.holding(records, events, async (reader, connection) => {
    const fresh = await new SqlCounter(reader).funnel(plan);
    await keepLines(connection, [plan.line]);
    let fromKept = false;
    const watched: SqlReader = {
      all: (statement) => {
        fromKept ||= statement.text.includes(`"${lineTables(plan.line).journeys}"`);
        return reader.all(statement);
      },
    };
    const kept = await new SqlCounter(watched).funnel(plan);
    return { fresh, kept, fromKept };
  });
}

test.each(funnelCases())('$name', async ({ events, records, plan, expected }) => {
  const { fresh, kept } = await statistics(tables, records, events, plan);
  expect(seenBy(expected, fresh, plan), 'fresh').toEqual(expected);
  expect(seenBy(expected, kept, plan), 'kept').toEqual(expected);
});

test('more than a thousand random histories: SQL counts as the text says, from events and from the kept line', async () => {
  const shown: Example[] = [];
  let kept = 0;
  // Planning a statement takes one core: two databases keep two busy.
  const half = async (): Promise<void> => {
    const own = await CanonicalTables.open();
    const property = fc.asyncProperty(arbitraryExample(), async (example) => {
      shown.push(example);
      const { world, plan } = example;
      const answers = await statistics(own, world.records, world.events, plan);
      expect(await agrees(oracleStatistics, () => answers.fresh, world, plan), 'fresh').toEqual([]);
      expect(await agrees(oracleStatistics, () => answers.kept, world, plan), 'kept').toEqual([]);
      if (answers.fromKept) kept += 1;
    });
    await fc.assert(property, { numRuns: 225 });
  };
  await Promise.all([half(), half()]);
  const met = { ...metIn(shown), kept };
  console.info('SQL agreed with the oracle on', met);
  expect(met.histories).toBeGreaterThan(1000);
  expect(Math.min(...Object.values(met)), JSON.stringify(met)).toBeGreaterThan(10);
});

test.each(measureCases())('$name', async ({ records, events, definitions, question, expected }) => {
  const context = { definitions, rights: OWNER_RIGHTS, asOf: '2026-03-01', timeZone: 'UTC' };
  const { data } = await tables.holding(records, events, (reader) =>
    answerWith(question, context, new SqlCounter(reader), { name: 'duckdb', now: () => '' }),
  );
  expect(data).toMatchObject(expected);
});
