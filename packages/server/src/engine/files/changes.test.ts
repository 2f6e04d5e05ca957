import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Envelope, type MetricsEngine } from '@sama/metrics/contracts';
import { duckdb } from '@sama/sql';
import { expect, onTestFinished, test } from 'vitest';
import { openWorkspace } from '../../cli/workspace.ts';
import { encode, testApp } from '../../testing/app.ts';
import { temporaryFolder } from '../../testing/stores.ts';
import {
  AT,
  counted,
  fingerprints,
  openSessions,
  PEOPLE,
  people,
  personsOf,
  writeDuckDb,
} from '../../testing/warehouse-files.ts';
import { createSqlEngine } from '../sql-engine.ts';

test('a file that another process writes is said to be, and read once that has ended, with what it wrote beside the file', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'dwh.duckdb');
  await writeDuckDb(file, [`CREATE TABLE people AS SELECT 1 AS id, ${AT}`]);
  const program = `const { DuckDBInstance } = await import(${JSON.stringify(import.meta.resolve('@duckdb/node-api'))});
    const instance = await DuckDBInstance.create(process.argv[1]);
    const connection = await instance.connect();
    await connection.run('INSERT INTO people SELECT 2, now()');
    console.log('written');
    process.stdin.resume();`;
  const writer = spawn(process.execPath, ['--input-type=module', '-e', program, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void writer.kill());
  await once(writer.stdout, 'data');
  const { sessions, logged } = openSessions({ at: { file }, warehouse: personsOf('people') });
  const engine = createSqlEngine(sessions, duckdb);
  expect(await people(engine)).toMatch(/cannot be read/);
  expect(String(logged[0])).toMatch(/engine\.file: .*Could not set lock.*; wait until that process has closed it/);
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  const before = await fingerprints(folder);
  expect(Object.keys(before)).toContain(`${file}.wal`);
  expect(await people(engine)).toEqual(counted(2));
  expect(await fingerprints(folder)).toEqual(before);
  // No question is under way, so it may be written again.
  await writeDuckDb(file, [`INSERT INTO people SELECT 3, now()`]);
  expect(await people(engine)).toEqual(counted(3));
});

test('a change of the files is another version and another answer, however the file came there', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'dwh.duckdb');
  const people1 = [`CREATE TABLE people AS SELECT 1 AS id, ${AT}`];
  await writeDuckDb(file, people1);
  const long = new Date('2026-01-01');
  await utimes(file, long, long);
  const { sessions } = openSessions({ at: { file }, warehouse: personsOf('people') });
  const engine = createSqlEngine(sessions, duckdb);
  const versions = new Set<string>();
  const isNew = () => {
    const { version } = sessions;
    const known = versions.has(version());
    versions.add(version());
    return !known;
  };
  const settled = () => expect.poll(() => sessions.version() === sessions.version()).toBe(true);
  await settled();
  expect([isNew(), isNew(), await people(engine)]).toEqual([true, false, counted(1)]);
  await writeDuckDb(file, ['INSERT INTO people SELECT 2, now()']);
  await settled();
  expect([isNew(), await people(engine), isNew()]).toEqual([true, counted(2), false]);
  // Another file of the same size and time takes the name.
  await writeDuckDb(join(folder, 'next.duckdb'), [
    ...people1,
    'INSERT INTO people SELECT 2 + i, now() FROM range(2) r(i)',
  ]);
  await utimes(join(folder, 'next.duckdb'), long, long);
  await rename(join(folder, 'next.duckdb'), file);
  await settled();
  expect([isNew(), await people(engine)]).toEqual([true, counted(3)]);
  await rm(file);
  expect([isNew(), isNew()]).toEqual([true, false]);
  expect(await people(engine)).toMatch(/cannot be read/);
  await writeDuckDb(file, people1);
  // Just written: it may change once more and look the same, so nothing is known of it for long.
  expect([isNew(), await people(engine)]).toEqual([true, counted(1)]);

  const parts = { parquet: new Map([['people', { glob: 'parts/**/*.parquet', from: folder }]]) };
  const write = (name: string) =>
    writeDuckDb(':memory:', [
      `COPY (SELECT '${name}' AS id, ${AT}) TO '${join(folder, 'parts', name)}.parquet' (FORMAT parquet)`,
    ]);
  await mkdir(join(folder, 'parts', 'deep'), { recursive: true });
  await write('a');
  const some = openSessions({ at: parts, warehouse: personsOf('people') }).sessions;
  const ofParts = createSqlEngine(some, duckdb);
  const first = some.version();
  expect(await people(ofParts)).toEqual(counted(1));
  await write('deep/b');
  expect(some.version()).not.toBe(first);
  expect(await people(ofParts)).toEqual(counted(2));
});

test('an answer that is kept is given again until the file changes, also to who names it', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'dwh.duckdb');
  await writeDuckDb(file, [`CREATE TABLE people AS SELECT 1 AS id, ${AT}`]);
  const config = join(folder, 'sama.config.json');
  await writeFile(
    config,
    JSON.stringify({ engine: { kind: 'duckdb', file: 'dwh.duckdb', warehouse: personsOf('people') } }),
  );
  const place = { store: join(folder, 'store'), config, asOf: '2026-03-01' };
  const workspace = await openWorkspace(place, (error) => expect(error).toBeUndefined());
  onTestFinished(() => workspace.close());
  let asked = 0;
  const { answer } = workspace.desk.engine;
  const engine: MetricsEngine = {
    answer: (...question) => {
      asked += 1;
      return answer(...question);
    },
  };
  const { app } = testApp({ ...workspace.desk, engine });
  const get = async (etag = '') => {
    const response = await app.request(`/v1/query?q=${encode(PEOPLE)}`, { headers: { 'if-none-match': etag } });
    const { data } = response.status === 200 ? Envelope.parse(await response.json()) : {};
    const values = data?.kind === 'measure' ? data.values : [];
    return { status: response.status, values, etag: response.headers.get('etag') ?? '' };
  };
  await expect.poll(() => workspace.desk.dataVersion() === workspace.desk.dataVersion()).toBe(true);
  const first = await get();
  expect([first.status, first.values, (await get()).values, asked]).toEqual([200, counted(1), counted(1), 1]);
  expect((await get(first.etag)).status).toBe(304);
  await writeDuckDb(file, ['INSERT INTO people SELECT 2, now()']);
  expect(await get(first.etag)).toMatchObject({ status: 200, values: counted(2) });
  expect(asked).toBe(2);
});

test('a question whose files change while it reads them is asked again, and given up where they never rest', async () => {
  const file = join(await temporaryFolder(), 'dwh.duckdb');
  await writeDuckDb(file, [`CREATE TABLE people AS SELECT 1 AS id, ${AT}`]);
  const { sessions } = openSessions({ at: { file }, warehouse: personsOf('people') });
  const touch = (day: number) => utimes(file, new Date(2026, 0, day), new Date(2026, 0, day));
  const asked: number[] = [];
  const count = { text: 'SELECT count(*) AS n FROM records', params: [] };
  expect(
    await sessions.use(async ({ all }) => {
      const rows = await all(count);
      if (asked.push(asked.length) === 1) await touch(1);
      return rows;
    }),
  ).toEqual([{ n: 1 }]);
  expect(asked).toHaveLength(2);
  const restless = sessions.use(async ({ all }) => {
    await touch(asked.push(0));
    return all(count);
  });
  await expect(restless).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('being written'),
  });
});

test('a question stops when its reader leaves or the time is up', async () => {
  const file = join(await temporaryFolder(), 'dwh.duckdb');
  await writeDuckDb(file, [`CREATE TABLE people AS SELECT 1 AS id, ${AT}`]);
  const slow = {
    text: 'SELECT count(*) AS n FROM range(100000000) a, range(100000000) b WHERE (a.range * b.range) % 7 = 1',
    params: [],
  };
  const hasty = openSessions({ at: { file }, warehouse: personsOf('people') }, { timeLimitMs: 50 }).sessions;
  await expect(hasty.use(({ all }) => all(slow))).rejects.toMatchObject({ code: 'timeout' });
  const leave = new AbortController();
  const { sessions } = openSessions({ at: { file }, warehouse: personsOf('people') });
  const left = sessions.use(({ all }) => all(slow, leave.signal));
  leave.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
});
