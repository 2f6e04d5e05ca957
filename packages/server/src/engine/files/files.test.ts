import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@sama/metrics';
import { DEFAULT_DEFINITIONS } from '@sama/metrics/definitions';
import { createMemoryEngine } from '@sama/metrics/engine';
import { duckdb, saidText, type Warehouse } from '@sama/sql';
import { expect, test } from 'vitest';
import type { FilesAt } from '../../config/files.ts';
import { temporaryFolder } from '../../testing/stores.ts';
import {
  AT,
  counted,
  fingerprints,
  openSessions,
  people,
  personsOf,
  writeDuckDb,
  writeOwnFile,
  writeOwnParquet,
} from '../../testing/warehouse-files.ts';
import { OWN_QUESTIONS, OWN_SAID, OWN_WORLD, ownContext, ownMapping } from '../../testing/warehouse-world.ts';
import { createSqlEngine } from '../sql-engine.ts';

const context = ownContext(DEFAULT_DEFINITIONS);

test.each([
  {
    what: 'a DuckDB file',
    schema: 'own',
    make: async (folder: string): Promise<FilesAt> => {
      await writeOwnFile(join(folder, 'dwh.duckdb'));
      return { file: join(folder, 'dwh.duckdb') };
    },
  },
  { what: 'Parquet files', schema: undefined, make: writeOwnParquet },
])(
  "a company's own tables in $what answer as its records in memory, and nothing is copied",
  async ({ schema, make }) => {
    const folder = await temporaryFolder();
    const at = await make(folder);
    const before = await fingerprints(folder);
    const { sessions, logged } = openSessions({ at, warehouse: ownMapping(schema) });
    const together = { ...OWN_WORLD, events: [...OWN_WORLD.events, ...OWN_SAID] };
    for (const [world, said] of [
      [OWN_WORLD, undefined],
      [together, saidText(OWN_SAID)],
    ] as const) {
      const memory = createMemoryEngine(world);
      const engine = createSqlEngine(sessions, duckdb, { said: () => said });
      for (const question of OWN_QUESTIONS) {
        const { data, message } = await engine.answer(question, context);
        expect(data, message).toEqual((await memory.answer(question, context)).data);
      }
    }
    expect(logged).toEqual([]);
    expect(await fingerprints(folder)).toEqual(before);
  },
);

test('paths and names are data, whatever they hold, and the files reach no others', async () => {
  const folder = await temporaryFolder();
  const odd = join(folder, `it's; DROP TABLE x --`, '[a-z]*');
  await mkdir(odd, { recursive: true });
  await mkdir(join(folder, `it's; DROP TABLE x --`, 'b'), { recursive: true });
  const rows = (n: number) =>
    `SELECT 'p' || i AS id, TIMESTAMPTZ '2026-01-05 10:00:00+00' AS at, i AS "o'clock; --" FROM range(${n}) r(i)`;
  const path = join(odd, `x' ;[1]*.parquet`);
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  await writeDuckDb(':memory:', [
    `COPY (${rows(2)}) TO ${quoted(path)} (FORMAT parquet)`,
    // A pattern would find these.
    `COPY (${rows(5)}) TO ${quoted(join(odd, `x' ;1.parquet`))} (FORMAT parquet)`,
    `COPY (${rows(5)}) TO ${quoted(join(folder, `it's; DROP TABLE x --`, 'b', `x' ;1.parquet`))} (FORMAT parquet)`,
  ]);
  const name = `t); DROP TABLE t; --'`;
  const named = { table: name, entityType: 'person', id: 'id', attributes: { "a'; --": "o'clock; --" } } as const;
  const of = { ...personsOf(name), records: [named] };
  const parquet = openSessions({ at: { parquet: new Map([[name, { path }]]) }, warehouse: of });
  expect(await people(createSqlEngine(parquet.sessions, duckdb))).toEqual(counted(2));

  // Tables called as Sama's own, and as keywords, in a file whose view names the file itself.
  const file = join(odd, `dwh.duckdb`);
  await writeDuckDb(file, [
    ...['records', 'stage_events', 'select', 'line_days'].map(
      (table, i) => `CREATE TABLE "${table}" AS ${rows(i + 1)}`,
    ),
    'CREATE VIEW of_file AS SELECT * FROM dwh.main.records',
    `CREATE VIEW elsewhere AS SELECT column0 AS id, now() AS at FROM read_csv('/etc/hosts', header = false, delim = '|', columns = {'column0': 'VARCHAR'})`,
  ]);
  for (const [table, n] of [
    ['records', 1],
    ['stage_events', 2],
    ['Select', 3],
    ['main.line_days', 4],
    ['dwh.main.select', 3],
    ['of_file', 1],
  ] as const) {
    const { sessions } = openSessions({ at: { file }, warehouse: personsOf(table) });
    expect([table, await people(createSqlEngine(sessions, duckdb))]).toEqual([table, counted(n)]);
  }
  const { sessions, logged } = openSessions({ at: { file }, warehouse: personsOf('elsewhere') });
  expect(await people(createSqlEngine(sessions, duckdb))).toMatch(/cannot be read; the log/);
  expect(logged).toMatchObject([
    { field: 'engine.warehouse.records.0.table', reason: expect.stringContaining('disabled') },
  ]);
  // Whatever SQL came to run, it could neither write nor look elsewhere.
  const plain = openSessions({ at: { file }, warehouse: personsOf('records') }).sessions;
  const parts = parquet.sessions;
  for (const [where, text] of [
    [plain, `SELECT * FROM read_text('/etc/hosts')`],
    [plain, `SELECT * FROM glob('/etc/*')`],
    [plain, `SELECT * FROM read_parquet(${quoted(path.replace('[1]*', '[[]1][*]'))})`],
    [parts, `SELECT * FROM read_text(${quoted(file)})`],
  ] as const)
    await expect(where.use(({ all }) => all({ text, params: [] }))).rejects.toThrow(/disabled by configuration/);
});

test('what is wrong with files and mapping is said by setting and remedy, and a reader hears no path', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'dwh.duckdb');
  await writeDuckDb(file, [
    `CREATE TABLE people AS SELECT 1 AS id, ${AT}, 'a lot' AS total, true AS gone, [1, 2] AS several, 17 AS n, 'gestern' AS day`,
    'CREATE SCHEMA crm',
    'CREATE VIEW crm.all_people AS SELECT * FROM people',
  ]);
  await writeFile(join(folder, 'text.duckdb'), 'no database at all, but long enough to be one'.repeat(400));
  await writeFile(join(folder, 'half.parquet'), 'PAR1 and then nothing');
  const record = { table: 'people', entityType: 'person', id: 'id' } as const;
  const event = { table: 'people', entityType: 'person', entityId: 'id', stage: { is: 'lead' } } as const;
  const parquet = (path: string): FilesAt => ({ parquet: new Map([['people', { path: join(folder, path) }]]) });
  const glob = (pattern: string): FilesAt => ({ parquet: new Map([['people', { glob: pattern, from: folder }]]) });
  const cases: [FilesAt, Partial<Warehouse>, RegExp][] = [
    [{ file: join(folder, 'none.duckdb') }, {}, /^engine\.file: there is no .*none\.duckdb; name a file/],
    [{ file: folder }, {}, /^engine\.file: .* is no file; name a file/],
    [
      { file: join(folder, 'text.duckdb') },
      {},
      /^engine\.file: .*not a valid DuckDB database file.*; name a DuckDB file/,
    ],
    [parquet('none.parquet'), {}, /^engine\.parquet\.people: there is no .*none\.parquet;/],
    [parquet('half.parquet'), {}, /^engine\.parquet\.people: .*; write Parquet files whole under another name/],
    [glob('of-*.parquet'), {}, /^engine\.parquet\.people: nothing is called of-\*\.parquet in .*; write the files/],
    [
      { file },
      { records: [{ ...record, table: 'persons' }] },
      /^engine\.warehouse\.records\.0\.table: there is no table persons; it has crm\.all_people, people$/,
    ],
    [{ file }, { records: [{ ...record, table: 'crm.people' }] }, /\.table: there is no table crm\.people; it has/],
    [
      { file },
      { records: [{ ...record, owner: 'boss' }] },
      /^engine\.warehouse\.records\.0\.owner: people has no column boss; it has id, at, total/,
    ],
    [
      { file },
      { records: [{ ...record, owner: 'several' }] },
      /\.owner: several of people is INTEGER\[\], which is more than one value;/,
    ],
    [
      { file },
      { records: [{ ...record, amount: { column: 'gone', digits: 2 } }] },
      /^engine\.warehouse\.records\.0\.amount\.column: gone of people is BOOLEAN, which is not an amount; name/,
    ],
    [
      { file },
      { records: [{ ...record, only: { gone: 'no' } }] },
      /^engine\.warehouse\.records\.0\.only\.gone: gone of people is BOOLEAN, and "no" is none of its values; write/,
    ],
    [
      { file },
      { events: [{ ...event, at: 'n' }] },
      /^engine\.warehouse\.events\.0\.at: n of people is INTEGER, which is not a moment; .* "as": "milliseconds"/,
    ],
    [
      { file },
      { events: [{ ...event, at: { column: 'at', as: 'milliseconds' } }] },
      /^engine\.warehouse\.events\.0\.at\.column: at of people is TIMESTAMP WITH TIME ZONE, which is not milliseconds since 1970;/,
    ],
    [
      { file },
      { events: [{ ...event, at: { column: 'day', as: 'day' } }] },
      /^engine\.warehouse\.events\.0\.at\.column: 1 value of day in people is not a day; mend/,
    ],
    [
      { file },
      { records: [{ ...record, amount: { column: 'total', digits: 2 } }] },
      /\.amount\.column: 1 value of total in people is not an amount; mend/,
    ],
  ];
  const funnel = { kind: 'funnel', funnel: 'lead-to-won', measure: 'value' } as const;
  for (const [at, change, message] of cases) {
    const { sessions, logged } = openSessions({ at, warehouse: { ...personsOf('people'), ...change } });
    const [fault, ...others] = await sessions.faults();
    expect(fault?.message).toMatch(message);
    expect(others).toEqual([]);
    const engine = createSqlEngine(sessions, duckdb);
    const answer = await engine.answer(funnel, context);
    expect(answer).toMatchObject({ status: 'error', code: 'unavailable' });
    expect(JSON.stringify(answer)).not.toContain(folder);
    expect(logged).toEqual([fault]);
    expect(fault).toBeInstanceOf(InputError);
  }
});

test('moments of any type and zone, and attributes of any type, are what they are in PostgreSQL', async () => {
  const file = join(await temporaryFolder(), 'dwh.duckdb');
  await writeDuckDb(file, [
    `CREATE TABLE moments AS SELECT * FROM (VALUES
      ('zone', TIMESTAMPTZ '2026-01-09 00:30:00+01', TIMESTAMP '2026-01-09 00:30:00', '2026-01-09T00:30:00+01:00'),
      ('text', TIMESTAMPTZ '2026-07-09 00:30:00+02', TIMESTAMP '2026-07-09 00:30:00', '2026-07-09 00:30:00')) t(id, zoned, plain, said)`,
    `CREATE TABLE things AS SELECT 1 AS id, 2.50::DECIMAL(9, 2) AS amount, 'nan'::DOUBLE AS odd, DATE '2026-01-05' AS day,
      TIMESTAMPTZ '2026-01-05 10:00:00.25+00' AS zoned, TIMESTAMP '2026-01-05 10:00:00' AS plain, 3::HUGEINT AS huge, -0.005::DOUBLE AS cents`,
  ]);
  const read = async (table: string, at: string, timeZone?: string) => {
    const moment = timeZone === undefined ? at : { column: at, timeZone };
    const events = [{ table, entityType: 'person', entityId: 'id', stage: { is: 'lead' }, at: moment } as const];
    const { sessions } = openSessions({ at: { file }, warehouse: { events } });
    return sessions.use(({ all }) =>
      all({ text: 'SELECT at_ms AS ms FROM stage_events ORDER BY entity_id DESC', params: [] }),
    );
  };
  const winter = Date.parse('2026-01-08T23:30:00Z');
  const summer = Date.parse('2026-07-08T22:30:00Z');
  for (const column of ['zoned', 'plain', 'said'])
    expect([column, await read('moments', column, 'Europe/Berlin')]).toEqual([
      column,
      [{ ms: winter }, { ms: summer }],
    ]);
  expect(await read('moments', 'zoned')).toEqual([{ ms: winter }, { ms: summer }]);
  const attributes = Object.fromEntries(['amount', 'odd', 'day', 'zoned', 'plain', 'huge'].map((name) => [name, name]));
  const records = [
    { table: 'things', entityType: 'person', id: 'id', attributes, amount: { column: 'cents', digits: 2 } } as const,
  ];
  const events = [
    { table: 'things', entityType: 'person', entityId: 'id', stage: { is: 'lead' }, at: 'zoned' } as const,
  ];
  const { sessions } = openSessions({ at: { file }, warehouse: { records, events } });
  const [row] = await sessions.use(({ all }) => all({ text: 'SELECT attributes, amount FROM records', params: [] }));
  expect(JSON.parse(String(row?.['attributes']))).toEqual({
    amount: 2.5,
    odd: null,
    day: '2026-01-05',
    zoned: '2026-01-05T10:00:00.25+00:00',
    plain: '2026-01-05T10:00:00',
    huge: 3,
  });
  expect(row?.['amount']).toBe(-1);
});
