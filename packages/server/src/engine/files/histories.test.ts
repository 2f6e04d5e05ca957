import { join } from 'node:path';
import type { EntityRecord, EntityType, StageEvent } from '@sama/metrics/contracts';
import { agrees, arbitraryExample, metIn, oracleStatistics, type Example, untilMet } from '@sama/metrics/testing';
import { duckdb, sqlText, type Warehouse } from '@sama/sql';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FilesAt } from '../../config/files.ts';
import { temporaryFolder } from '../../testing/stores.ts';
import { openSessions, writeDuckDb } from '../../testing/warehouse-files.ts';
import { SqlCounter } from '../counter.ts';

type World = Example['world'];

const TYPES: readonly EntityType[] = ['person', 'account', 'opportunity'];
/** Of a record, in the order of the columns. */
const KEPT = ['entityType', 'id', 'accountId', 'personId', 'owner', 'amount', 'currency', 'currentStage'] as const;
const TABLES = ['things', 'moments', 'days'] as const;

/** One table of records and two of entries, as somebody keeps them who has columns of one type each. */
const MAPPING: Warehouse = {
  records: TYPES.map((entityType) => ({
    table: 'things',
    only: { kind: entityType },
    entityType,
    id: 'id',
    accountId: 'account',
    personId: 'person',
    owner: 'owner',
    amount: { column: 'amount', digits: 0 },
    currency: 'currency',
    currentStage: 'stage',
    attributes: { region: 'region', score: 'score', vip: 'vip', since: 'since' },
  })),
  events: TYPES.flatMap((entityType) => {
    const of = { only: { kind: entityType }, entityType, entityId: 'id', stage: 'stage', reason: 'reason' } as const;
    return [
      { ...of, table: 'moments', at: 'at' },
      { ...of, table: 'days', at: { column: 'at', as: 'day' as const } },
    ];
  }),
};

/** What such tables can hold of a world: a column has one type, and nobody says where an entry is from or which it replaces. */
function asKept(world: World): World {
  const records = world.records.map((record): EntityRecord => {
    const { region = null, score, vip, since } = record.attributes;
    const attributes = {
      region,
      score: typeof score === 'number' ? score : null,
      vip: typeof vip === 'boolean' ? vip : null,
      since: since === undefined || since === null ? null : String(since),
    };
    return { ...record, attributes };
  });
  const events = world.events.map(({ entityType, entityId, stage, at, reason }, i): StageEvent => ({
    entityType,
    entityId,
    stage,
    at,
    batch: 'own',
    source: { system: 'own', recordId: `r${i}` },
    ...(reason === undefined ? {} : { reason }),
  }));
  return { ...world, records, events };
}

/** The statements that make those tables of a world. */
function tablesOf({ records, events }: World): string[] {
  const rows = (table: string, values: readonly (readonly unknown[])[]): string[] =>
    values.map((row) => `INSERT INTO ${table} VALUES (${row.map(literal).join(', ')})`);
  const isDay = ({ at }: StageEvent): boolean => at.length === 10;
  const entry = ({ entityType, entityId, stage, at, reason }: StageEvent): unknown[] => [
    entityType,
    entityId,
    stage,
    at,
    reason,
  ];
  return [
    'CREATE TABLE things (kind VARCHAR, id VARCHAR, account VARCHAR, person VARCHAR, owner VARCHAR, amount BIGINT, currency VARCHAR, stage VARCHAR, region VARCHAR, score DOUBLE, vip BOOLEAN, since VARCHAR)',
    'CREATE TABLE moments (kind VARCHAR, id VARCHAR, stage VARCHAR, "at" TIMESTAMPTZ, reason VARCHAR)',
    'CREATE TABLE days (kind VARCHAR, id VARCHAR, stage VARCHAR, "at" DATE, reason VARCHAR)',
    ...rows(
      'things',
      records.map((one) => [
        ...KEPT.map((column) => one[column]),
        ...['region', 'score', 'vip', 'since'].map((name) => one.attributes[name]),
      ]),
    ),
    ...rows('moments', events.filter((event) => !isDay(event)).map(entry)),
    ...rows('days', events.filter(isDay).map(entry)),
  ];
}

const literal = (value: unknown): string =>
  value === undefined || value === null ? 'NULL' : typeof value === 'string' ? sqlText(value) : String(value);

async function written(world: World, parquet: boolean): Promise<FilesAt> {
  const folder = await temporaryFolder();
  const file = join(folder, 'dwh.duckdb');
  const of = (table: string): string => join(folder, `${table}.parquet`);
  const copies = TABLES.map((table) => `COPY ${table} TO ${sqlText(of(table))} (FORMAT parquet)`);
  await writeDuckDb(parquet ? ':memory:' : file, ['BEGIN', ...tablesOf(world), 'COMMIT', ...(parquet ? copies : [])]);
  return parquet ? { parquet: new Map(TABLES.map((table) => [table, { path: of(table) }])) } : { file };
}

test('random histories in files of others are counted as the text says', async () => {
  const shown: Example[] = [];
  const property = fc.asyncProperty(
    // A question to many histories costs no more than one to few.
    arbitraryExample({ sizes: [0, 14, 18, 20] }),
    fc.boolean(),
    async (example, parquet) => {
      const { plan } = example;
      const world = asKept(example.world);
      shown.push({ ...example, world });
      const { sessions, logged } = openSessions({ at: await written(world, parquet), warehouse: MAPPING });
      const counted = await sessions.use((reader) => new SqlCounter(reader, duckdb).funnel(plan));
      expect(await agrees(oracleStatistics, () => counted, world, plan)).toEqual([]);
      expect(logged).toEqual([]);
      await sessions.close();
    },
  );
  const met = (): Record<string, number> => ({ ...metIn(shown) });
  const enough = (): boolean => {
    const { empty: _, unknownStages: __, ...histories } = met();
    return Math.min(...Object.values(histories)) > 4;
  };
  await untilMet(property, { numRuns: 8, endOnFailure: true, met: enough });
  expect(enough(), JSON.stringify(met())).toBe(true);
});
