import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/stores.ts';
import { knownStages, loadConfig } from './config.ts';
import { requireOwnStore } from './kept.ts';

const funnel = {
  kind: 'funnel',
  id: 'deals',
  version: '1.0.0',
  grain: 'opportunity',
  owners: ['sales'],
  stages: [
    { key: 'talk', owner: 'sales' },
    { key: 'won', owner: 'sales' },
  ],
};

test('without a file the defaults apply', async () => {
  const folder = await temporaryFolder();
  const config = await loadConfig({ workingFolder: folder, store: join(folder, 'none') });
  expect(config).toMatchObject({ timeZone: 'UTC', currency: 'EUR' });
  expect(config.path).toBeUndefined();
  expect(knownStages(config.definitions).map(({ key }) => key)).toEqual(
    expect.arrayContaining(['lead', 'mql', 'won', 'lost', 'nurture']),
  );
});

test('the file named comes first, then the working folder, then the store', async () => {
  const folder = await temporaryFolder();
  const store = join(folder, 'store');
  await mkdir(store);
  await writeFile(
    join(store, 'sama.config.json'),
    JSON.stringify({ timeZone: 'Europe/Berlin', definitions: [funnel] }),
  );
  expect(await loadConfig({ workingFolder: folder, store })).toMatchObject({ timeZone: 'Europe/Berlin' });
  await writeFile(join(folder, 'sama.config.json'), JSON.stringify({ timeZone: 'Asia/Tokyo' }));
  expect(await loadConfig({ workingFolder: folder, store })).toMatchObject({ timeZone: 'Asia/Tokyo' });
  const named = await loadConfig({ workingFolder: folder, store, config: join(store, 'sama.config.json') });
  expect(knownStages(named.definitions).map(({ key }) => key)).toContain('talk');
});

test('errors name the file and the field', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'sama.config.json');
  const load = (): Promise<unknown> => loadConfig({ workingFolder: folder });
  await writeFile(path, '{');
  await expect(load()).rejects.toThrow(`${path} is not JSON`);
  await writeFile(path, JSON.stringify({ timezone: 'UTC' }));
  await expect(load()).rejects.toThrow(
    /sama\.config\.json: timezone: is not a known field \(use \$schema, definitions, timeZone, /,
  );
  await writeFile(path, JSON.stringify({ definitions: [{ ...funnel, owners: undefined }] }));
  await expect(load()).rejects.toThrow(/sama\.config\.json: definitions\.0\.owners: name the teams/);
  await writeFile(path, JSON.stringify({ definitions: [{ ...funnel, grain: 'deal' }] }));
  await expect(load()).rejects.toThrow(/definitions\.0\.grain/);
  await writeFile(path, JSON.stringify({ definitions: [{ ...funnel, anchor: 'tlak' }] }));
  await expect(load()).rejects.toThrow(
    /sama\.config\.json: definitions\.0\.anchor: "tlak" is no stage of this funnel \(use one of talk, won\)/,
  );
  await writeFile(path, JSON.stringify({ fiscal: { kind: 'months', startMonth: 13 } }));
  await expect(load()).rejects.toThrow(/fiscal\.startMonth/);
  const formula = {
    kpi: 'winRate.cohort',
    inputs: { created: { cohort: { funnel: 'deals', take: 'reached', to: 'wn' } } },
  };
  const kpi = { kind: 'kpi', id: 'win-rate', version: '1.0.0', owners: ['sales'], formula };
  await writeFile(path, JSON.stringify({ definitions: [funnel, kpi] }));
  await expect(load()).rejects.toThrow(/sama\.config\.json: definitions\.1\.formula\.inputs\.won: is missing/);
  await writeFile(path, JSON.stringify({ definitions: [funnel, { ...kpi, owners: [] }] }));
  await expect(load()).rejects.toThrow(/sama\.config\.json: definitions\.1\.owners: is empty \(name the teams/);
  await writeFile(path, JSON.stringify({ timeZone: 'Europe/Nowhere' }));
  await expect(load()).rejects.toThrow(/Europe\/Nowhere/);
  await expect(loadConfig({ config: join(folder, 'other.json') })).rejects.toThrow(
    /other\.json: there is no such file/,
  );
});

test('an engine is what configuration and environment say together, and no message repeats an address', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'sama.config.ts');
  const load = (url?: string) => loadConfig({ workingFolder: folder, environment: { SAMA_ENGINE_URL: url } });
  expect((await load()).engine).toEqual({ kind: 'duckdb' });
  expect((await load('http://u:p@host:8123')).engine).toEqual({ kind: 'clickhouse', url: 'http://u:p@host:8123' });
  await writeFile(path, `export default { engine: { kind: 'postgresql', schema: 'sama' }, limits: { seconds: 60 } };`);
  expect((await load('postgresql://u:p@host/db')).engine).toMatchObject({ kind: 'postgresql', schema: 'sama' });
  await expect(load()).rejects.toThrow(
    /sama\.config\.ts: engine: the address of the postgresql database is missing; set SAMA_ENGINE_URL in the environment/,
  );
  const wrong = load('mysql://u:s3cret@host/db');
  await expect(wrong).rejects.toThrow(
    /SAMA_ENGINE_URL is no address of a postgresql database; write it like postgresql:/,
  );
  await expect(wrong).rejects.not.toThrow(/s3cret/);
  for (const [config, message] of [
    [{ engine: { kind: 'postgresql', url: 'x' } }, /sama\.config\.ts: engine\.url: is not a known field \(use kind, /],
    [{ engine: { kind: 'clickhouse', warehouse: { events: [] } } }, /engine\.warehouse\.events/],
    [{ limits: { seconds: 0 } }, /limits\.seconds/],
  ] as const) {
    await writeFile(path, `export default ${JSON.stringify(config)};`);
    await expect(load('http://host')).rejects.toThrow(message);
  }
  await writeFile(path, 'export const config = {};');
  await expect(load()).rejects.toThrow(/sama\.config\.ts cannot be run: it has no default export/);
  await writeFile(path, 'throw new Error("broken");');
  await expect(load()).rejects.toThrow(/sama\.config\.ts cannot be run: broken/);
});

test('files of others are meant from the folder of the configuration on, and fit what the mapping reads', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'sama.config.json');
  const load = async (engine: object) => {
    await writeFile(path, JSON.stringify({ engine: { kind: 'duckdb', ...engine } }));
    return (await loadConfig({ config: path, environment: { SAMA_ENGINE_URL: 'postgresql://host/db' } })).engine;
  };
  const event = { entityType: 'person', entityId: 'id', stage: { is: 'lead' }, at: 'at' };
  const warehouse = { events: [{ ...event, table: 'people' }] };
  expect(await load({})).toEqual({ kind: 'duckdb' });
  expect(await load({ file: '../dwh.duckdb', warehouse })).toEqual({
    kind: 'files',
    at: { file: join(folder, '../dwh.duckdb') },
    warehouse,
  });
  expect(await load({ parquet: { people: { glob: 'p/*.parquet' } }, warehouse })).toMatchObject({
    at: { parquet: new Map([['people', { glob: 'p/*.parquet', from: folder }]]) },
  });
  // Nobody would see what is imported meanwhile.
  const reading = await loadConfig({ config: path, environment: {} });
  expect(() => requireOwnStore(reading)).toThrow(/files of your own, which are only read; let whoever writes them/);
  const both = { events: [...warehouse.events, { ...event, table: 'People' }] };
  const dotted = { events: [{ ...event, table: 'crm.people' }] };
  for (const [engine, message] of [
    [{ file: 'a.duckdb' }, /engine\.warehouse: is missing; say which columns of a\.duckdb/],
    [{ warehouse }, /engine\.file: is missing, and warehouse reads its tables; name a DuckDB file/],
    [{ file: 'a', parquet: { people: 'b' }, warehouse }, /engine\.parquet: there is engine\.file too;/],
    [
      { parquet: { people: 'b', persons: 'b' }, warehouse },
      /engine\.parquet\.persons: no table .* is called so; it reads people/,
    ],
    [{ parquet: {}, warehouse }, /engine\.parquet\.people: is missing, and engine\.warehouse reads it/],
    [
      { parquet: { people: 'b', People: 'b' }, warehouse: both },
      /engine\.parquet\.People: DuckDB takes it for people;/,
    ],
    [{ parquet: { 'crm.people': 'b' }, warehouse: dotted }, /engine\.parquet\.crm\.people: .*leave the dot out/],
    [{ file: 's3://bucket/a.duckdb', warehouse }, /engine\.file: is no path of this machine/],
    [{ file: 'md:a', warehouse }, /engine\.file: is no path of this machine/],
    [{ file: 'a\u0000b', warehouse }, /engine\.file: is no path of this machine/],
    [{ parquet: { people: { glob: 'https://host/*.parquet' } }, warehouse }, /engine\.parquet\.people/],
    [{ file: 'a', warehouse, refresh: 5 }, /engine\.refresh: is not a known field/],
  ] as const)
    await expect(load(engine)).rejects.toThrow(message);
});
