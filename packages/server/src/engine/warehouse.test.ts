import { randomBytes } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { createMemoryEngine } from '@sama/metrics/engine';
import { DEFAULT_DEFINITIONS } from '@sama/metrics/definitions';
import { postgresql, readingFrom, saidText } from '@sama/sql';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OWN_QUESTIONS, OWN_SAID, OWN_WORLD, ownContext, ownMapping, ownTables } from '../testing/warehouse-world.ts';
import type { Row, SqlReader } from './counter.ts';
import { postgresSessions } from './postgres.ts';
import { createSqlEngine, tablesOf } from './sql-engine.ts';

const memory = createMemoryEngine(OWN_WORLD);
const context = ownContext(DEFAULT_DEFINITIONS);

test('the made-up company has something of everything', async () => {
  const [cohort, activity, snapshot, regions, points, amounts, demo, cost] = await Promise.all(
    OWN_QUESTIONS.map(async (question) => (await memory.answer(question, context)).data),
  );
  expect(cohort).toMatchObject({ stages: [{ count: 2 }, { count: 2 }, { count: 1 }, {}, {}, { count: 1 }] });
  expect(activity).toMatchObject({ stages: [{ count: 1 }, { count: 1 }, { count: 1 }, {}, {}, { count: 1 }] });
  expect(snapshot).toMatchObject({
    side: expect.arrayContaining([expect.objectContaining({ key: 'nurture', count: 1 })]),
  });
  expect(JSON.stringify(regions)).toContain("O'amer");
  expect([points, amounts].map((one) => JSON.stringify(one))).toEqual([
    expect.stringContaining('15.5'),
    expect.stringContaining('123466'),
  ]);
  expect(demo).toMatchObject({ outcomes: { entered: 2, converted: 1 } });
  expect(cost).toMatchObject({ kpis: [{ value: { result: { value: 45_000 } } }] });
});

test("a company's own tables in PostgreSQL answer as its records in memory, and nothing is copied", async () => {
  const database = await PGlite.create();
  await database.exec('CREATE SCHEMA own');
  for (const statement of ownTables('postgresql', 'own')) await database.exec(statement);
  const mapping = ownMapping('own');
  const parsers = { 20: Number, 1700: Number };
  const readerWith = (said: string | undefined): SqlReader => ({
    tables: tablesOf(mapping),
    all: async (statement) => {
      const { text, params } = readingFrom({ warehouse: mapping, said }, postgresql)(statement);
      return (await database.query<Row>(text, [...params], { parsers })).rows;
    },
  });
  const together = createMemoryEngine({ ...OWN_WORLD, events: [...OWN_WORLD.events, ...OWN_SAID] });
  const funnels = OWN_QUESTIONS.filter(({ kind }) => kind === 'funnel');
  for (const [world, said, questions] of [
    [memory, undefined, OWN_QUESTIONS],
    [together, saidText(OWN_SAID), funnels],
  ] as const) {
    const sessions = { use: <T>(work: (reader: SqlReader) => Promise<T>, beside?: string) => work(readerWith(beside)) };
    const engine = createSqlEngine(sessions, postgresql, { said: () => said });
    for (const question of questions) {
      const { data, message } = await engine.answer(question, context);
      expect(data, message).toEqual((await world.answer(question, context)).data);
    }
  }
  const { rows } = await database.query("SELECT count(*) AS n FROM pg_tables WHERE schemaname IN ('own', 'public')");
  expect(rows).toEqual([{ n: 5 }]);
  await database.close();
});

const url = process.env['DATABASE_URL'] ?? '';
describe.skipIf(url === '')('on the PostgreSQL of DATABASE_URL', () => {
  const schema = `own_${randomBytes(6).toString('hex')}`;
  const log: unknown[] = [];
  let admin: Client;
  beforeAll(async () => {
    admin = new Client({ connectionString: url });
    await admin.connect();
    await admin.query(`CREATE SCHEMA ${schema}`);
    await admin.query(`CREATE SEQUENCE ${schema}.numbers`);
    for (const statement of ownTables('postgresql', schema)) await admin.query(statement);
  });
  afterAll(async () => {
    await admin.query(`DROP SCHEMA ${schema} CASCADE`);
    await admin.end();
  });
  const options = { timeLimitMs: 30_000, log: (error: unknown) => log.push(error) };

  test('it answers as memory does', async () => {
    const sessions = postgresSessions(url, { ...options, warehouse: ownMapping(schema) });
    const engine = createSqlEngine(sessions, postgresql);
    for (const question of OWN_QUESTIONS) {
      const { data, message } = await engine.answer(question, context);
      expect(data, message).toEqual((await memory.answer(question, context)).data);
    }
    const beside = createSqlEngine(sessions, postgresql, { said: () => saidText(OWN_SAID) });
    const [question] = OWN_QUESTIONS;
    if (question === undefined) throw new Error('no question');
    const together = createMemoryEngine({ ...OWN_WORLD, events: [...OWN_WORLD.events, ...OWN_SAID] });
    expect((await beside.answer(question, context)).data).toEqual((await together.answer(question, context)).data);
    await sessions.close();
  });

  test('it reads one state, writes nothing, and stops when its reader leaves or the time is up', async () => {
    const sessions = postgresSessions(url, { ...options, schema, timeLimitMs: 300, rows: 1000 });
    const statement = (text: string) => ({ text, params: [] });
    await sessions.use(async ({ all }) => {
      const count = statement('SELECT count(*) AS n FROM hits');
      expect(await all(count)).toEqual([{ n: 3 }]);
      await admin.query(`INSERT INTO ${schema}.hits VALUES (9, 9, 'visit', now(), NULL)`);
      expect(await all(count)).toEqual([{ n: 3 }]);
    });
    const write = (text: string) => sessions.use(({ all }) => all(statement(text)));
    await expect(write('DELETE FROM hits')).rejects.toThrow('syntax error');
    await expect(write("SELECT nextval('numbers')")).rejects.toThrow('read-only');
    await expect(write('SELECT pg_sleep(20)')).rejects.toMatchObject({ code: 'timeout' });
    await expect(write('SELECT * FROM generate_series(1, 200000)')).rejects.toMatchObject({ code: 'too-large' });
    await sessions.close();
    const patient = postgresSessions(url, { ...options, schema });
    const leave = new AbortController();
    const began = Date.now();
    const slow = patient.use(({ all }) => all(statement('SELECT pg_sleep(20)'), leave.signal));
    setTimeout(() => leave.abort(new Error('left')), 50);
    await expect(slow).rejects.toThrow('left');
    expect(Date.now() - began).toBeLessThan(10_000);
    await patient.close();
    const nowhere = postgresSessions('postgresql://sama:secret@127.0.0.1:1/none', options);
    await expect(nowhere.use(async () => {})).rejects.toMatchObject({ code: 'unavailable' });
    await nowhere.close();
    expect(String(log.splice(0))).not.toContain('secret');
    expect(log).toEqual([]);
  });
});
