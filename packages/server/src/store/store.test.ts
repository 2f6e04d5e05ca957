import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { batchOf, person, temporaryFolder, testStore } from '../testing/stores.ts';
import { openStore, type Store } from './index.ts';
import { layoutOf } from './layout.ts';
import { readSettings } from './settings.ts';

const run = promisify(execFile);

async function people(store: Store): Promise<unknown[]> {
  return (await store.reader().all('SELECT id FROM records ORDER BY id')).map(({ id }) => id);
}

test('a folder that does not exist is an empty store, and is not created by reading it', async () => {
  const folder = join(await temporaryFolder(), 'none');
  const store = await testStore(folder);
  expect(store.current()).toBeNull();
  expect(await store.batches()).toEqual([]);
  expect(await store.reader().all('SELECT * FROM stage_events')).toEqual([]);
  expect(await store.reader().all(`SELECT value FROM meta WHERE key = 'demo'`)).toEqual([{ value: 'false' }]);
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
});

test('a batch is read back after reopening', async () => {
  const folder = await temporaryFolder();
  const store = await testStore(folder);
  const { info, unchanged } = await store.importChunks(batchOf('a'), [
    person('p1', { owner: "O'Neil", attributes: { note: 'a "b"\n' } }),
  ]);
  expect(unchanged).toBe(false);
  const again = await testStore(folder);
  expect(again.current()?.dataVersion).toBe(store.current()?.dataVersion);
  expect(await again.reader().all('SELECT id, owner, attributes, batch FROM records')).toEqual([
    { id: 'p1', owner: "O'Neil", attributes: '{"note":"a \\"b\\"\\n"}', batch: info.batch },
  ]);
  expect(await again.reader().all('SELECT entity_id, stage, at_day, at_ms FROM stage_events')).toEqual([
    { entity_id: 'p1', stage: 'mql', at_day: '2026-03-01', at_ms: null },
  ]);
  expect(await again.batches()).toMatchObject([{ batch: info.batch, file: 'a.json', records: 1, events: 1 }]);
});

test('the same content is not added twice', async () => {
  const store = await testStore(await temporaryFolder());
  await store.importChunks(batchOf('a'), [person('p1')]);
  const version = store.current()?.dataVersion;
  const second = await store.importChunks(batchOf('a'), [person('p1')]);
  expect(second.unchanged).toBe(true);
  expect(store.current()?.dataVersion).toBe(version);
  expect(await store.batches()).toHaveLength(1);
});

test('later batches override field by field and merge attributes; undo brings the earlier back', async () => {
  const store = await testStore(await temporaryFolder());
  await store.importChunks(batchOf('a'), [
    person('p1', { owner: 'Ann', attributes: { region: 'north', size: 5 } }),
    person('p2'),
  ]);
  const { info } = await store.importChunks(batchOf('b'), [
    person('p1', { attributes: { region: 'south', size: null, tier: 'a' } }),
  ]);
  const read = async (): Promise<unknown> => {
    const [row] = await store.reader().all(`SELECT owner, attributes FROM records WHERE id = 'p1'`);
    return { owner: row?.['owner'], ...JSON.parse(String(row?.['attributes'])) };
  };
  expect(await read()).toEqual({ owner: 'Ann', region: 'south', size: 5, tier: 'a' });
  expect(await people(store)).toEqual(['p1', 'p2']);
  await store.undo(info.batch);
  expect(await read()).toEqual({ owner: 'Ann', region: 'north', size: 5 });
  const third = await store.importChunks(batchOf('b'), [person('p3')]);
  expect(third.info.batch).not.toBe(info.batch);
  await expect(store.undo('b999')).rejects.toThrow(/no batch "b999".*a\.json/);
});

test('replaced events and doubles are left out, within a batch and across batches', async () => {
  const store = await testStore(await temporaryFolder());
  const source = (recordId: string): { system: string; recordId: string } => ({ system: 'crm', recordId });
  const event = (stage: string, recordId: string, supersedes?: string): Parameters<Store['importChunks']>[1] => [
    {
      records: [],
      events: [
        {
          entityType: 'person',
          entityId: 'p',
          stage,
          at: '2026-03-01',
          source: source(recordId),
          batch: 'x',
          ...(supersedes === undefined ? {} : { supersedes }),
        },
      ],
    },
  ];
  const stages = async (): Promise<unknown[]> =>
    (await store.reader().all('SELECT stage, batch FROM stage_events ORDER BY stage')).map(({ stage }) => stage);
  await store.importChunks(batchOf('a'), event('mql', 'r1'));
  await store.importChunks(batchOf('b'), event('mql', 'r1'));
  expect(await stages()).toEqual(['mql']);
  await store.importChunks(batchOf('c'), event('sal', 'r2', 'r1'));
  expect(await stages()).toEqual(['sal']);
  // An event does not replace itself, and another system's record is another record.
  await store.importChunks(batchOf('d'), event('won', 'r4', 'r4'));
  expect(await stages()).toEqual(['sal', 'won']);
  // A replaced event that replaced another does not bring that one back.
  await store.importChunks(batchOf('e'), event('sql', 'r3', 'r2'));
  expect(await stages()).toEqual(['sql', 'won']);
});

test('a failure while writing, building or after leaves the store as it was', async () => {
  const folder = await temporaryFolder();
  let fail = false;
  const store = await testStore(folder, {
    afterBuild: async (connection) => {
      await connection.run('CREATE TABLE journeys AS SELECT count(*) AS n FROM stage_events');
      if (fail) throw new Error('no journeys today');
    },
  });
  await store.importChunks(batchOf('a'), [person('p1')]);
  const before = store.current();
  function* broken(): Generator<ReturnType<typeof person>> {
    yield person('p2');
    throw new Error('source is gone');
  }
  await expect(store.importChunks(batchOf('b'), broken())).rejects.toThrow('source is gone');
  await expect(store.importChunks(batchOf('c'), [person('p3', { at: 'yesterday' })])).rejects.toThrow(
    /mql of person p3 has no valid day/,
  );
  fail = true;
  await expect(store.importChunks(batchOf('d'), [person('p4')])).rejects.toThrow('no journeys today');
  await expect(store.undo((await store.batches())[0]?.batch ?? '')).rejects.toThrow('no journeys today');
  fail = false;
  expect(store.current()).toEqual(before);
  expect(await people(store)).toEqual(['p1']);
  expect(await store.batches()).toHaveLength(1);
  expect(await readdir(join(folder, 'temporary'))).toEqual([]);
  expect(await readdir(join(folder, 'generations'))).toHaveLength(1);
  expect(await store.reader().all('SELECT n FROM journeys')).toEqual([{ n: 1 }]);
});

test('a generation that is missing or damaged is built again from the layers', async () => {
  const folder = await temporaryFolder();
  const store = await testStore(folder);
  await store.importChunks(batchOf('a'), [person('p1')]);
  await store.close();
  const [name = ''] = await readdir(join(folder, 'generations'));
  const path = join(folder, 'generations', name);
  for (const damage of [
    () => writeFile(path, 'not a database'),
    () => rm(path, { force: true }),
    () => rm(join(folder, 'CURRENT')),
    () => writeFile(join(folder, 'CURRENT'), '77.duckdb'),
  ]) {
    await damage();
    const again = await openStore(folder, { threads: 1 });
    expect(await people(again)).toEqual(['p1']);
    await again.close();
  }
});

test('an import killed after its layer was in place is finished when the store is opened', async () => {
  const folder = await temporaryFolder();
  const store = await testStore(folder);
  await store.importChunks(batchOf('a'), [person('p1')]);
  const generations = join(folder, 'generations');
  await cp(generations, join(folder, 'kept'), { recursive: true });
  const current = await readFile(join(folder, 'CURRENT'));
  await store.importChunks(batchOf('b'), [person('p2')]);
  await store.close();
  // As it was before CURRENT moved on.
  await rm(generations, { recursive: true });
  await rename(join(folder, 'kept'), generations);
  await writeFile(join(folder, 'CURRENT'), current);
  const again = await testStore(folder);
  expect(await people(again)).toEqual(['p1', 'p2']);
});

test('a layer that cannot be read is an error that names it', async () => {
  const folder = await temporaryFolder();
  const store = await testStore(folder);
  const { info } = await store.importChunks(batchOf('a'), [person('p1')]);
  const path = join(folder, 'layers', info.batch, 'batch.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, '{');
  await expect(openStore(folder)).rejects.toThrow(`${path} is not JSON`);
  await rename(path, `${path}.away`);
  await expect(openStore(folder)).rejects.toThrow(`${path} is missing`);
  await writeFile(path, text);
  await (await openStore(folder)).close();
});

test('a store of a newer version is refused, in store.json and in a layer', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'store.json'), JSON.stringify({ schemaVersion: 99, nextBatch: 1, nextGeneration: 1 }));
  await expect(openStore(folder)).rejects.toThrow(
    /written by a newer Sama \(store version 99; this one reads up to 2\)/,
  );
});

test('an older store.json is migrated step by step, and one without a way forward is refused', async () => {
  const folder = await temporaryFolder();
  const layout = layoutOf(folder);
  await writeFile(layout.settings, JSON.stringify({ schemaVersion: 1, next: 7 }));
  const steps = {
    1: ({ next }: Record<string, unknown>) => ({ nextBatch: next, nextGeneration: 1 }),
    2: (settings: Record<string, unknown>) => ({ ...settings, nextGeneration: 9 }),
  };
  expect(await readSettings(layout, steps, 3)).toEqual({ schemaVersion: 3, nextBatch: 7, nextGeneration: 9 });
  await expect(readSettings(layout, { 1: steps[1] }, 3)).rejects.toThrow('no way forward from store version 2');
});

test('a store of the first version is read, and takes activities from then on', async () => {
  const folder = join(await temporaryFolder(), 'store');
  const before = await openStore(folder, { threads: 1 });
  const { info } = await before.importChunks(batchOf('a'), [person('1')]);
  await before.close();
  // As the first version left it: nothing of a store spoke of activities or figures.
  const layout = layoutOf(folder);
  const { activities: _activities, figures: _figures, ...known } = info;
  const settings = { schemaVersion: 1, nextBatch: 2, nextGeneration: 2 };
  await writeFile(layout.settings, JSON.stringify(settings));
  await writeFile(join(layout.layer(info.batch), 'batch.json'), JSON.stringify({ ...known, schemaVersion: 1 }));
  const old = await (await DuckDBInstance.create(layout.generation('1.duckdb'))).connect();
  for (const table of ['activity_events', 'figures']) await old.run(`DROP TABLE ${table}`);
  await old.run(`UPDATE meta SET value = '1' WHERE key = 'schema_version'`);
  old.closeSync();

  const store = await testStore(folder);
  expect(await store.reader().all('SELECT id FROM records')).toEqual([{ id: '1' }]);
  expect(await store.reader().all('SELECT * FROM activity_events')).toEqual([]);
  expect(JSON.parse(await readFile(layout.settings, 'utf8'))).toMatchObject({ schemaVersion: 2 });
  const source = { system: 'web', recordId: '1' };
  await store.importChunks(batchOf('b'), [
    { records: [], events: [], activities: [{ name: 'call', at: '2026-03-01', attributes: {}, source, batch: 'x' }] },
  ]);
  expect(await store.reader().all('SELECT name FROM activity_events')).toEqual([{ name: 'call' }]);
  expect((await store.batches()).map(({ activities }) => activities)).toEqual([0, 1]);
});

test('what a killed writer left behind is removed when the store is opened', async () => {
  const folder = await temporaryFolder();
  const store = await testStore(folder);
  await store.importChunks(batchOf('a'), [person('p1')]);
  await mkdir(join(folder, 'temporary', 'half'), { recursive: true });
  await writeFile(join(folder, 'temporary', 'half', 'records.parquet'), 'half');
  await testStore(folder);
  expect(await readdir(join(folder, 'temporary'))).toEqual([]);
});

test('readers finish on the generation they began on and then see the new one', async () => {
  const folder = await temporaryFolder();
  const store = await testStore(folder);
  await store.importChunks(batchOf('a'), [person('p1')]);
  const other = await testStore(folder);
  await other.reader().use(async (session) => {
    expect(await session.all('SELECT count(*) AS n FROM records')).toEqual([{ n: 1 }]);
    await store.importChunks(batchOf('b'), [person('p2')]);
    expect(await other.reader().all('SELECT count(*) AS n FROM records')).toEqual([{ n: 2 }]);
    expect(await session.all('SELECT count(*) AS n FROM records')).toEqual([{ n: 1 }]);
  });
  expect(await people(other)).toEqual(['p1', 'p2']);
  expect(await readdir(join(folder, 'generations'))).toHaveLength(1);
});

test('another process that opened the store is told of new data', async () => {
  const folder = await temporaryFolder();
  const server = await testStore(folder);
  const changed = new Promise((resolve) => server.onChange(resolve));
  const writer = await testStore(folder);
  await writer.importChunks(batchOf('a'), [person('p1')]);
  expect(await changed).toEqual(writer.current());
});

test('there is one writer, within a process and across processes', async () => {
  const folder = await temporaryFolder();
  const store = await testStore(folder);
  const second = await testStore(folder, { lockPatience: 0 });
  const entry = join(import.meta.dirname, '..', 'testing', 'write-once.ts');
  await store.addLayer(batchOf('a'), async () => {
    await expect(second.importChunks(batchOf('b'), [person('p2')])).rejects.toThrow(
      /another import is running \(pid \d+, since /,
    );
    const { stdout } = await run(process.execPath, [entry, folder]);
    expect(stdout).toContain(`another import is running (pid ${process.pid}, since`);
    return { rows: { read: 0, kept: 0, merged: 0, refused: 0 } };
  });
  const { stdout } = await run(process.execPath, [entry, folder]);
  expect(stdout).toContain('written');
  expect(await people(store)).toEqual(['from-child']);
});

test('writers that come together wait for each other', async () => {
  const folder = await temporaryFolder();
  const stores = await Promise.all(['a', 'b', 'c'].map(() => testStore(folder, { lockPatience: 20_000 })));
  await Promise.all(stores.map((store, index) => store.importChunks(batchOf(`${index}`), [person(`p${index}`)])));
  const [first] = stores;
  expect(await first?.reader().all('SELECT id FROM records ORDER BY id')).toHaveLength(3);
});

test('a statement is interrupted by its signal, and the connection serves the next', async () => {
  const store = await testStore(await temporaryFolder(), { reader: { connections: 1 } });
  const abort = new AbortController();
  const slow = store
    .reader()
    .all('SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b', [], { signal: abort.signal });
  setTimeout(() => abort.abort(new Error('the reader left')), 30);
  await expect(slow).rejects.toThrow('the reader left');
  await expect(store.reader().all('SELECT 1', [], { signal: abort.signal })).rejects.toThrow('the reader left');
  expect(await store.reader().all('SELECT $1 + 1 AS n, $2 AS s, $3 AS f', [2 ** 40, "'", 0.5])).toEqual([
    { n: 2 ** 40 + 1, s: "'", f: 0.5 },
  ]);
});

test('a reader reaches nothing but the store', async () => {
  const folder = await temporaryFolder();
  const store = await testStore(folder);
  await store.importChunks(batchOf('a'), [person('p1')]);
  await expect(store.reader().all(`SELECT * FROM read_text('/etc/hostname')`)).rejects.toThrow(/disabled|Permission/i);
  await expect(store.reader().all(`COPY records TO '${folder}/out.csv'`)).rejects.toThrow(/disabled|Permission/i);
  await expect(store.reader().all('DELETE FROM records')).rejects.toThrow(/read-only/i);
});

test('a closed store says so', async () => {
  const store = await openStore(await temporaryFolder());
  await store.close();
  await expect(store.reader().all('SELECT 1')).rejects.toThrow('closed');
  await expect(store.importChunks(batchOf('a'), [])).rejects.toThrow('closed');
});
