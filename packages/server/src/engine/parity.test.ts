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
  type ExampleOptions,
  untilMet,
} from '@sama/metrics/testing';
import { lineTables } from '@sama/sql';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CanonicalTables } from '../testing/canonical-tables.ts';
import { SqlCounter, type SqlReader } from './counter.ts';
import { keepLines } from './keep.ts';

let tables: CanonicalTables;
let written: CanonicalTables;

beforeAll(async () => {
  [tables, written] = await Promise.all([CanonicalTables.open(), CanonicalTables.open('written')]);
});
afterAll(() => {
  tables.close();
  written.close();
});

/** A statement that was read is not read again: what it reads is the same all the while. */
function reading(reader: SqlReader): SqlReader {
  const known = new Map<string, ReturnType<SqlReader['all']>>();
  return {
    all: (statement) => {
      const key = JSON.stringify([statement.text, statement.params]);
      const rows = known.get(key) ?? reader.all(statement);
      known.set(key, rows);
      return rows;
    },
  };
}

/** Statistics from the events anew, and from the kept line where that is right (`fromKept`). */
function statistics(
  of: CanonicalTables,
  records: readonly EntityRecord[],
  events: readonly StageEvent[],
  plan: FunnelPlan,
): Promise<{ fresh: FunnelStatistics; kept: FunnelStatistics; fromKept: boolean }> {
  return of.holding(records, events, async (reader, connection) => {
    const events = reading(reader);
    const fresh = await new SqlCounter(events).funnel(plan);
    await keepLines(connection, [plan.line]);
    let fromKept = false;
    const watched: SqlReader = {
      all: (statement) => {
        fromKept ||= statement.text.includes(`"${lineTables(plan.line).journeys}"`);
        // Which tables there are has changed; the events have not.
        return statement.text.includes('duckdb_tables') ? reader.all(statement) : events.all(statement);
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

describe('more than a thousand random histories: SQL counts as the text says, from events and from the kept line', () => {
  const shown: Example[] = [];
  let kept = 0;
  // To plan a statement takes longer than to run it, so that a question to many histories costs no more than one to
  // few, and half of them are run as they are written.
  const parts: [string, ExampleOptions, number, () => CanonicalTables][] = [
    ['none in a world', { sizes: [0] }, 12, () => tables],
    ['few in a world', {}, 45, () => tables],
    ['few in a world, as written', {}, 45, () => written],
    ['many in a world', { sizes: [16, 18, 20] }, 30, () => tables],
    ['many in a world, as written', { sizes: [16, 18, 20] }, 30, () => written],
  ];

  const property = (options: ExampleOptions, of: () => CanonicalTables): fc.IAsyncProperty<[Example]> =>
    fc.asyncProperty(arbitraryExample(options), async (example) => {
      shown.push(example);
      const { world, plan } = example;
      const answers = await statistics(of(), world.records, world.events, plan);
      expect(await agrees(oracleStatistics, () => answers.fresh, world, plan), 'fresh').toEqual([]);
      expect(await agrees(oracleStatistics, () => answers.kept, world, plan), 'kept').toEqual([]);
      if (answers.fromKept) kept += 1;
    });

  // A test each, so that each has the time of one on a busy machine.
  test.each(parts)('%s', async (_, options, numRuns, of) => {
    const before = shown.length;
    await fc.assert(property(options, of), { numRuns });
    expect(shown.length - before).toBe(numRuns);
  });

  test('more than a thousand, and of every kind', async () => {
    const met = (): Record<string, number> => ({ ...metIn(shown), kept });
    const enough = (): boolean => (met()['histories'] ?? 0) > 1000 && Math.min(...Object.values(met())) > 10;
    if (!enough())
      await untilMet(
        property({}, () => tables),
        { numRuns: 5, met: enough },
      );
    console.info('SQL agreed with the oracle on', met());
    expect(enough(), JSON.stringify(met())).toBe(true);
  });
});

test.each(measureCases())('$name', async ({ records, events, definitions, question, expected }) => {
  const context = { definitions, rights: OWNER_RIGHTS, asOf: '2026-03-01', timeZone: 'UTC' };
  const { data } = await tables.holding(records, events, (reader) =>
    answerWith(question, context, new SqlCounter(reader), { name: 'duckdb', now: () => '' }),
  );
  expect(data).toMatchObject(expected);
});
