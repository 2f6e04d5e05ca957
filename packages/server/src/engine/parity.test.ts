import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { OWNER_RIGHTS, type EntityRecord, type StageEvent } from '@sama/metrics/contracts';
import { answerWith } from '@sama/metrics/engine';
import type { FunnelPlan, FunnelStatistics } from '@sama/metrics/funnel';
import { DATE_ONLY_DAYS, keepFacts, keepLine, type Sql } from '@sama/sql';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { agrees, arbitraryExample, funnelCases, measureCases, oracleStatistics, seenBy } from '@sama/metrics/testing';
import { SqlCounter } from './counter.ts';

let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `CREATE TABLE stage_events(entity_type VARCHAR, entity_id VARCHAR, stage VARCHAR, at_ms BIGINT, at_day DATE)`,
  );
  await connection.run(`CREATE TABLE records(entity_type VARCHAR, id VARCHAR, account_id VARCHAR, person_id VARCHAR, campaign_id VARCHAR,
    amount BIGINT, currency VARCHAR, owner VARCHAR, current_stage VARCHAR, attributes JSON, batch VARCHAR)`);
});

async function all(sql: Sql | { text: string; params: readonly (string | number | boolean | null)[] }) {
  const { text, params } = 'parts' in sql ? sql.statement() : sql;
  const result = await connection.runAndReadAll(text, [...params]);
  return result.getRowObjectsJS();
}

const quote = (value: string | number | null | undefined): string =>
  value === null || value === undefined
    ? 'NULL'
    : typeof value === 'number'
      ? String(value)
      : `'${value.replaceAll("'", "''")}'`;

async function load(records: readonly EntityRecord[], events: readonly StageEvent[]): Promise<void> {
  await connection.run('DELETE FROM stage_events; DELETE FROM records');
  const replaces = (by: StageEvent, e: StageEvent): boolean =>
    by !== e &&
    by.supersedes === e.source.recordId &&
    by.source.system === e.source.system &&
    by.entityType === e.entityType &&
    by.entityId === e.entityId;
  const seen = new Set<string>();
  const rows: string[] = [];
  for (const e of events) {
    if (events.some((by) => replaces(by, e))) continue;
    const day = e.at.length === 10;
    const at = day ? e.at : Date.parse(e.at);
    const key = JSON.stringify([
      e.entityType,
      e.entityId,
      e.stage,
      at,
      e.source.system,
      e.source.recordId,
      e.source.field,
    ]);
    if (seen.has(key)) continue;
    seen.add(key);
    rows.push(
      `(${quote(e.entityType)}, ${quote(e.entityId)}, ${quote(e.stage)}, ${day ? 'NULL' : at}, ${day ? `DATE '${e.at}'` : 'NULL'})`,
    );
  }
  if (rows.length > 0) await connection.run(`INSERT INTO stage_events VALUES ${rows.join(', ')}`);
  const last = new Map(records.map((r) => [`${r.entityType} ${r.id}`, r]));
  const values = Array.from(
    last.values(),
    (r) =>
      `(${[r.entityType, r.id, r.accountId, r.personId, r.campaignId, r.amount, r.currency, r.owner, r.currentStage, JSON.stringify(r.attributes), r.batch].map(quote).join(', ')})`,
  );
  if (values.length > 0) await connection.run(`INSERT INTO records VALUES ${values.join(', ')}`);
}

/** Statistics from the events anew, and from the kept line where that is right. */
async function statistics(
  records: readonly EntityRecord[],
  events: readonly StageEvent[],
  plan: FunnelPlan,
): Promise<{ fresh: FunnelStatistics; kept: FunnelStatistics }> {
  await load(records, events);
  const counter = new SqlCounter({ all: (statement) => all(statement) });
  const fresh = await counter.funnel(plan);
  const days = (await all(DATE_ONLY_DAYS)).map((row) => String(row['day']));
  for (const statement of [...keepLine(plan.line, days), keepFacts(plan.line)]) await all(statement);
  const kept = await counter.funnel(plan);
  for (const name of await all({
    text: `SELECT table_name AS name FROM duckdb_tables() WHERE table_name LIKE 'journeys_%'`,
    params: [],
  }))
    await connection.run(`DROP TABLE "${String(name['name'])}"`);
  return { fresh, kept };
}

test.each(funnelCases())('$name', async ({ events, records, plan, expected }) => {
  const { fresh, kept } = await statistics(records, events, plan);
  expect(seenBy(expected, fresh, plan), 'fresh').toEqual(expected);
  expect(seenBy(expected, kept, plan), 'kept').toEqual(expected);
});

test('three hundred random worlds: SQL counts as the text says, from events and from the kept line', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryExample(), async ({ world, plan }) => {
      const { fresh, kept } = await statistics(world.records, world.events, plan);
      expect(await agrees(oracleStatistics, () => fresh, world, plan), 'fresh').toEqual([]);
      expect(await agrees(oracleStatistics, () => kept, world, plan), 'kept').toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test.each(measureCases())('$name', async ({ records, events, definitions, question, expected }) => {
  await load(records, events);
  const counter = new SqlCounter({ all: (statement) => all(statement) });
  const context = { definitions, rights: OWNER_RIGHTS, asOf: '2026-03-01', timeZone: 'UTC' };
  const { data } = await answerWith(question, context, counter, { name: 'duckdb', now: () => '' });
  expect(data).toMatchObject(expected);
});
