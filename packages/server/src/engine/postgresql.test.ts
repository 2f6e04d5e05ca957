import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { answerWith } from '@sama/metrics/engine';
import { agrees, arbitraryExample, funnelCases, measureCases, oracleStatistics, seenBy } from '@sama/metrics/testing';
import { postgresql, readingFrom } from '@sama/sql';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerOf, step } from '../testing/ledger-steps.ts';
import { PostgresTables } from '../testing/postgres-tables.ts';
import { SqlCounter } from './counter.ts';
import { saidBeside } from './said.ts';

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

  test('counts what its tables and a ledger beside them say', async () => {
    let laid = 0;
    const property = fc.asyncProperty(
      arbitraryExample().filter(({ world }) => world.frame.grain === 'person' || world.events.length > 5),
      fc.array(step, { minLength: 12, maxLength: 20 }),
      async (example, steps) => {
        const { world, plan } = example;
        const { keeper, play } = await ledgerOf(example);
        for (const one of steps) await play(one);
        const said = saidBeside(keeper.stages, () => undefined).text();
        const read = readingFrom({ said }, postgresql);
        const counted = await tables.holding(world.records, world.events, (reader) =>
          new SqlCounter({ all: (statement) => reader.all(read(statement)) }, postgresql).funnel(plan),
        );
        const events = [...world.events, ...keeper.desk.stageEvents()];
        laid += events.length - world.events.length;
        await keeper.close();
        expect(await agrees(oracleStatistics, () => counted, { ...world, events }, plan)).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 10 });
    expect(laid).toBeGreaterThan(0);
  });

  test('hostile ids and reasons travel as text', async () => {
    const event = (entityId: string, reason: string) => ({
      entityType: 'person' as const,
      entityId,
      stage: 'lost',
      at: '2026-03-01T09:00:00Z',
      reason,
      source: { system: 'sama', recordId: '1' },
      batch: 'x',
    });
    const events = [event(`it's "\\" $1`, `a'); DROP TABLE records; --`), event('half \uD800 nul \0', 'none')];
    const stages = { version: 1, since: () => new Set(['all']), of: () => events };
    const read = readingFrom({ said: saidBeside(stages, () => undefined).text() }, postgresql);
    const rows = await tables.holding([], [], (reader) =>
      reader.all(read({ text: 'SELECT entity_id, at_ms, reason FROM stage_events ORDER BY entity_id', params: [] })),
    );
    expect(rows).toEqual([
      { entity_id: 'half \uFFFD nul \uFFFD', at_ms: Date.parse('2026-03-01T09:00:00Z'), reason: 'none' },
      { entity_id: `it's "\\" $1`, at_ms: Date.parse('2026-03-01T09:00:00Z'), reason: `a'); DROP TABLE records; --` },
    ]);
  });
});
