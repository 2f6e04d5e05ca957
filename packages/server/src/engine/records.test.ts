import { OWNER_RIGHTS, type Figure, type KpiDefinition, type KpiQuestion } from '@sama/metrics/contracts';
import { answerWith, createMemoryEngine } from '@sama/metrics/engine';
import { figureCases, measureCases, recordCases } from '@sama/metrics/testing';
import { duckdb, postgresql } from '@sama/sql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CanonicalTables } from '../testing/canonical-tables.ts';
import { PostgresTables } from '../testing/postgres-tables.ts';
import { SqlCounter, type SqlReader } from './counter.ts';

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

test.each(figureCases())('$name', async ({ figures, plan, expected }) => {
  for (const [tables, dialect] of [[duck, duckdb] as const, [postgres, postgresql] as const]) {
    const read = (reader: SqlReader) => new SqlCounter(reader, dialect).figures(plan);
    expect(await tables.holding([], [], read, [], figures), dialect.name).toEqual(expected);
  }
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

test('a KPI from supplied figures has the same answer in memory and in SQL, and is refused where there are none', async () => {
  const figure = (name: string, from: string, to: string, value: number, part: Partial<Figure> = {}): Figure => ({
    name,
    from,
    to,
    value,
    batch: 'f',
    ...part,
  });
  const figures = [
    figure('cost', '2026-01-01', '2026-02-01', 90_000, { currency: 'EUR' }),
    // The later one stands.
    figure('cost', '2026-01-01', '2026-02-01', 100_000, { currency: 'EUR' }),
    figure('cost', '2026-02-01', '2026-03-01', 60_000, { currency: 'EUR' }),
    figure('customers', '2026-01-01', '2026-02-01', 3),
    figure('customers', '2026-02-01', '2026-03-01', 2),
    figure('forecast', '2026-01-01', '2026-03-01', 10.5, { segment: 'north' }),
    figure('forecast', '2026-01-01', '2026-03-01', 20.5, { segment: 'South' }),
    figure('actual', '2026-01-01', '2026-03-01', 12, { segment: 'north' }),
    figure('actual', '2026-01-01', '2026-03-01', 18, { segment: 'South' }),
  ];
  const kpi = (id: string, key: string, inputs: Record<string, string>): KpiDefinition => ({
    kind: 'kpi',
    id,
    version: '1.0.0',
    owners: ['marketing', 'sales'],
    formula: {
      kpi: key,
      inputs: Object.fromEntries(Object.entries(inputs).map(([name, figure]) => [name, { figure }])),
    },
  });
  const definitions = [
    kpi('cac', 'cac', { salesMarketingCost: 'cost', newCustomers: 'customers' }),
    kpi('accuracy', 'forecastAccuracy', { forecast: 'forecast', actual: 'actual' }),
  ];
  const context = { definitions, rights: OWNER_RIGHTS, asOf: '2026-03-31', timeZone: 'UTC' };
  const question: KpiQuestion = {
    kind: 'kpi',
    kpis: ['cac', 'accuracy'],
    period: '2026-01-01/2026-03-01',
    trend: 'month',
  };
  const { data } = await createMemoryEngine({ figures }).answer(question, context);
  // 160,000 for 5 customers; the forecasts miss by 1.5 and 2.5 of 30.
  expect(data).toMatchObject({
    kpis: [{ value: { result: { value: 32_000 } } }, { value: { result: { value: 1 - 4 / 30 } } }],
  });
  for (const [tables, dialect] of [[duck, duckdb] as const, [postgres, postgresql] as const]) {
    const ask = (reader: SqlReader) =>
      answerWith(question, context, new SqlCounter(reader, dialect), { name: dialect.name, now: () => '' });
    expect((await tables.holding([], [], ask, [], figures)).data, dialect.name).toEqual(data);
    const without = (reader: SqlReader) =>
      ask({
        all: async (statement) => (statement.text.includes('information_schema') ? [{ n: 0 }] : reader.all(statement)),
      });
    expect(await tables.holding([], [], without)).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('holds no supplied figures'),
    });
  }
});
