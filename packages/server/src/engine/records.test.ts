import { OWNER_RIGHTS, type KpiDefinition, type KpiQuestion } from '@sama/metrics/contracts';
import { answerWith, createMemoryEngine } from '@sama/metrics/engine';
import { measureCases, recordCases } from '@sama/metrics/testing';
import { postgresql } from '@sama/sql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CanonicalTables } from '../testing/canonical-tables.ts';
import { PostgresTables } from '../testing/postgres-tables.ts';
import { SqlCounter } from './counter.ts';

let duck: CanonicalTables;
let postgres: PostgresTables;
beforeAll(async () => {
  [duck, postgres] = await Promise.all([CanonicalTables.open(), PostgresTables.open()]);
});
afterAll(() => postgres.close());

test.each(recordCases())('$name', async ({ records, events, plan, expected }) => {
  const onDuck = await duck.holding(records, events, (reader) => new SqlCounter(reader).records(plan));
  const onPostgres = await postgres.holding(records, events, (reader) =>
    new SqlCounter(reader, postgresql).records(plan),
  );
  expect(onDuck, 'DuckDB').toEqual(expected);
  expect(onPostgres, 'PostgreSQL').toEqual(expected);
});

test('a KPI has the same answer in memory and in SQL', async () => {
  const { records = [], events = [], definitions = [] } = measureCases()[0] ?? {};
  const won = { of: 'opportunity', funnel: 'pipeline', during: 'reached.won' } as const;
  const size: KpiDefinition = {
    kind: 'kpi',
    id: 'size',
    version: '1.0.0',
    owners: ['sales'],
    formula: {
      kpi: 'avgDealSize',
      inputs: {
        wonAmount: { records: { ...won, value: { field: 'amount' } } },
        won: { records: won },
        amounts: { records: { ...won, value: { field: 'amount' } } },
      },
    },
  };
  const context = { definitions: [...definitions, size], rights: OWNER_RIGHTS, asOf: '2026-03-01', timeZone: 'UTC' };
  const question: KpiQuestion = { kind: 'kpi', kpis: ['size', 'win-rate'], period: '2026-01', trend: 'week' };
  const { data } = await createMemoryEngine({ records, events }).answer(question, context);
  const sql = await duck.holding(records, events, (reader) =>
    answerWith(question, context, new SqlCounter(reader), { name: 'duckdb', now: () => '' }),
  );
  expect(sql.data).toEqual(data);
  expect(sql.data).toMatchObject({ kpis: [{ value: { result: { value: 2000 } } }, {}] });
});
