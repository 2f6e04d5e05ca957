import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportReport } from '@sama/metrics/contracts';
import { compileImport } from '@sama/sql';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withScratch } from '../store/duck.ts';
import { queryRows } from '../store/rows.ts';
import { DEALS, DEALS_HEADER, STAGES } from '../testing/deals.ts';
import { Bench } from '../testing/imports.ts';

const refused = (report: ImportReport): [number, string, string][] =>
  report.rejects.map(({ line, field, reason }) => [line, field, reason]);
const note = (report: ImportReport, code: string): unknown => report.notes.find((found) => found.code === code);

test('records become records and events, with a report of what was in the file', async () => {
  const bench = await Bench.open();
  const report = await bench.import(
    `${DEALS_HEADER}\nA,1054.50,2026-01-05,2026-02-01,Won\nB,0,2026-01-06,,Open\nC,,,,Open\n`,
  );
  expect(report).toMatchObject({
    rows: { read: 3, kept: 3, merged: 0, refused: 0 },
    records: 3,
    events: 3,
    undated: 1,
    dryRun: false,
    unchanged: false,
    rejects: [],
  });
  expect(await bench.rows('SELECT id, amount, currency, current_stage FROM records ORDER BY id')).toEqual([
    { id: 'A', amount: 105_450, currency: 'EUR', current_stage: null },
    { id: 'B', amount: 0, currency: 'EUR', current_stage: null },
    { id: 'C', amount: null, currency: null, current_stage: 'lead' },
  ]);
  expect(
    await bench.rows(
      'SELECT entity_id, stage, at_day, system, record_id, field FROM stage_events ORDER BY entity_id, at_day',
    ),
  ).toEqual([
    { entity_id: 'A', stage: 'lead', at_day: '2026-01-05', system: 'crm', record_id: 'A', field: 'opened' },
    { entity_id: 'A', stage: 'won', at_day: '2026-02-01', system: 'crm', record_id: 'A', field: 'closed' },
    { entity_id: 'B', stage: 'lead', at_day: '2026-01-06', system: 'crm', record_id: 'B', field: 'opened' },
  ]);
  expect(note(report, 'zero-amount')).toMatchObject({ count: 1, detail: 'Open 1' });
  expect(note(report, 'undated')).toMatchObject({ field: 'state', count: 1, examples: ['C'] });
});

test('dates kept as attributes, and a first stage without a date, are reported', async () => {
  const bench = await Bench.open();
  const { stages: _, ...rest } = DEALS;
  const report = await bench.import(
    `${DEALS_HEADER}\nA,1,2026-01-05,2026-02-01,Won\n`,
    {
      ...rest,
      stages: [{ stage: 'won', at: 'closed' }],
      attributes: { opened: { column: 'opened', type: 'date' } },
    },
    { entryStages: ['lead'] },
  );
  expect(note(report, 'unused-date')).toMatchObject({
    count: 1,
    detail: '1 date column is not used as stages: "opened"',
  });
  expect(note(report, 'undated')).toMatchObject({ field: 'lead', count: 1 });
});

test('each refused row has its line, its field and its reason, and the others are in', async () => {
  const bench = await Bench.open();
  const long = 'x'.repeat(600);
  const report = await bench.import(
    [
      DEALS_HEADER,
      'A,1,2026-01-05,,Open',
      ',1,2026-01-05,,Open',
      'C,1,2026-02-30,,Open',
      'D,1,2026-07-02,,Open',
      'E,a lot,2026-01-05,,Open',
      'F,1,2026-01-05,,Maybe',
      `${long},1,2026-01-05,,Open`,
      'H,1,2026-01-05',
      '',
      '"I","1","2026-07-01","","Open"',
      'J,=1+1,05/01/2026,,"+x"',
    ].join('\n'),
  );
  expect(report.rows).toEqual({ read: 10, kept: 2, merged: 0, refused: 8 });
  expect(refused(report)).toEqual([
    [3, 'id', 'the id is empty'],
    [4, 'opened', 'not a date written iso, such as 2026-07-01 or 2026-07-01T09:30:00+02:00'],
    [5, 'opened', 'the date is in the future, after 2026-07-01'],
    [6, 'amount', 'not an amount such as 1234.50 (without a currency sign)'],
    [7, 'state', expect.stringContaining('unknown stage; known: lead, mql, won, lost')],
    [8, 'id', 'the id is longer than 512 characters'],
    [9, '(row)', '3 columns where the header has 5'],
    [12, 'opened', expect.stringContaining('not a date')],
    [12, 'amount', expect.stringContaining('not an amount')],
    [12, 'state', expect.stringContaining('unknown stage')],
  ]);
  const file = await readFile(report.rejectsFile ?? '', 'utf8');
  expect(file.split('\n')[0]).toBe('line,field,reason,value');
  // A spreadsheet must not run what a row says.
  expect(file).toContain(`,'=1+1\n`);
  expect(file).toContain(`,'+x\n`);
});

test('line numbers are those of the file, also after line breaks within quotes and unreadable rows', async () => {
  const bench = await Bench.open();
  const report = await bench.import(
    `${DEALS_HEADER}\r\n"A\r\nx",1,2026-01-05,,Open\r\n\r\nB,1\r\nC,1,nonsense,,Open\r\nD,"1,2026-01-05,,Open\r\nE,1,nonsense,,Open`,
  );
  expect(refused(report).map(([line, field]) => [line, field])).toEqual([
    [5, '(row)'],
    [6, 'opened'],
    [7, '(row)'],
    [8, 'opened'],
  ]);
  expect(await bench.rows('SELECT id FROM records')).toEqual([{ id: 'A\r\nx' }]);
});

test('parsing joins nothing, since lines are counted by the order of the rows, which a join would lose', async () => {
  const many = Array.from({ length: 40 }, (_, index) => `other-${index}`);
  const mapping = {
    ...DEALS,
    stages: [{ stage: 'won', at: 'closed', when: { column: 'state', in: many } }],
    attributes: { open: { column: 'open', type: 'boolean' as const } },
  };
  const columns = [...DEALS_HEADER.split(','), 'open'];
  const options = {
    knownStages: [...STAGES, ...many],
    timeZone: 'Europe/Berlin',
    today: '2026-07-01',
    endOfTodayMs: 0,
  };
  const { parse } = compileImport(mapping, columns, { ...options, batch: 'b', fetchedAtMs: 0 });
  await withScratch({}, async (connection) => {
    await connection.run(`CREATE TABLE staged (${columns.map((_, index) => `c${index} VARCHAR`).join(', ')})`);
    await connection.run(`INSERT INTO staged (c0) SELECT range::VARCHAR FROM range(10000)`);
    const plan = JSON.stringify(await queryRows(connection, `EXPLAIN ${parse('staged')}`));
    expect(plan).toContain('SEQ_SCAN');
    expect(plan).not.toContain('JOIN');
  });
});

test('identical rows are merged, a different row with the same id is refused with the earlier line', async () => {
  const bench = await Bench.open();
  const report = await bench.import(
    `${DEALS_HEADER}\nA,x,2026-01-05,,Open\nA,1,2026-01-05,,Open\nA,1,2026-01-05,,Open\nA,2,2026-01-05,,Open\nA,1,2026-01-05,,Open\nB,1,,,\nB,1,,,\n`,
  );
  expect(report.rows).toEqual({ read: 7, kept: 2, merged: 3, refused: 2 });
  expect(refused(report)).toEqual([
    [2, 'amount', expect.stringContaining('not an amount')],
    [5, 'id', 'the id stands already in line 3 with other values'],
  ]);
  expect(note(report, 'duplicate-id')).toMatchObject({ field: 'id', count: 4 });
  expect(await bench.rows(`SELECT amount FROM records WHERE id = 'A'`)).toEqual([{ amount: 100 }]);
});

test('the same file twice changes nothing; another mapping does', async () => {
  const bench = await Bench.open();
  const content = `${DEALS_HEADER}\nA,1,2026-01-05,,Open\nB,1,2026-13-05,,Open\n`;
  const first = await bench.import(content);
  const version = bench.store.current();
  const second = await bench.import(content, DEALS, { name: 'renamed.csv' });
  expect(second).toMatchObject({ unchanged: true, batch: first.batch, rows: first.rows });
  expect(bench.store.current()).toEqual(version);
  const third = await bench.import(content, { ...DEALS, source: 'other' });
  expect(third.unchanged).toBe(false);
  expect(await bench.store.batches()).toHaveLength(2);
});

test('events stand in the order of their ids, whatever the order of the rows', async () => {
  for (const ids of ['ABC', 'CAB', 'BBA']) {
    const bench = await Bench.open();
    await bench.import(`${DEALS_HEADER}\n${[...ids].map((id) => `${id},1,2026-01-05,2026-02-01,Won\n`).join('')}`);
    const found = await bench.rows('SELECT entity_id FROM stage_events ORDER BY rowid');
    expect(found.map(({ entity_id }) => entity_id)).toEqual([...new Set(ids)].sort().flatMap((id) => [id, id]));
  }
});

test('an event that stands in two files counts once, whichever file is rebuilt from its layer', async () => {
  const bench = await Bench.open();
  await bench.import(`${DEALS_HEADER}\nA,1,2026-01-05,2026-02-01,Won\n`);
  await bench.import(`${DEALS_HEADER}\nA,1,2026-01-05,2026-02-01,Won\nB,1,2026-01-06,,Open\n`);
  const events = 'SELECT entity_id, stage FROM stage_events ORDER BY entity_id, at_day';
  const once = [
    { entity_id: 'A', stage: 'lead' },
    { entity_id: 'A', stage: 'won' },
    { entity_id: 'B', stage: 'lead' },
  ];
  expect(await bench.rows(events)).toEqual(once);
  await bench.store.rebuild();
  expect(await bench.rows(events)).toEqual(once);
});

test('a dry run reports the same and leaves no trace', async () => {
  const bench = await Bench.open();
  const content = `${DEALS_HEADER}\nA,1,2026-01-05,,Open\nB,1,never,,Open\n`;
  const dry = await bench.import(content, DEALS, { dryRun: true });
  expect(dry).toMatchObject({ dryRun: true, batch: '', rows: { read: 2, kept: 1, merged: 0, refused: 1 } });
  await expect(readdir(bench.store.folder)).rejects.toThrow('ENOENT');
  const real = await bench.import(content);
  expect({ ...real, batch: '', dryRun: true, rejectsFile: undefined }).toEqual({ ...dry, rejectsFile: undefined });
});

test('undo brings back the state before, refused rows included', async () => {
  const bench = await Bench.open();
  const first = await bench.import(`${DEALS_HEADER}\nA,1,2026-01-05,,Open\n`);
  const before = bench.store.current()?.dataVersion;
  const second = await bench.import(`${DEALS_HEADER}\nA,5,2026-01-05,2026-02-02,Won\nB,,x,,\n`);
  expect(await bench.rows('SELECT amount FROM records')).toEqual([{ amount: 500 }]);
  await bench.store.undo(second.batch);
  expect(bench.store.current()?.dataVersion).toBe(before);
  expect(await bench.rows('SELECT amount, batch FROM records')).toEqual([{ amount: 100, batch: first.batch }]);
  expect(await readdir(join(bench.store.folder, 'rejects'))).toEqual([]);
});

test('a file of which no row can be taken makes no batch', async () => {
  const bench = await Bench.open();
  const report = await bench.import(`${DEALS_HEADER}\n,1,2026-01-05,,Open\n`);
  expect(report).toMatchObject({ batch: '', rows: { read: 1, kept: 0, refused: 1 } });
  expect(await bench.store.batches()).toEqual([]);
});

test('columns the mapping names must be there; the error lists what is and what was meant', async () => {
  const bench = await Bench.open();
  const wrong = { ...DEALS, id: 'Id', owner: 'Ownr', stages: [{ stage: 'woon', at: 'opened' }] };
  const failure = bench.import(`${DEALS_HEADER},owner\nA,1,,,,x\n`, wrong);
  await expect(failure).rejects.toThrow('id: the file has no column "Id"; did you mean "id"?');
  await expect(failure).rejects.toThrow('owner: the file has no column "Ownr"; did you mean "owner"?');
  await expect(failure).rejects.toThrow('The file has the columns: id, amount, opened, closed, state, owner');
  await expect(failure).rejects.toThrow('stages[0].stage: no definition has the stage "woon"; did you mean "won"?');
  await expect(bench.import('id,id,amount,opened,closed,state\nA,A,,,,\n')).rejects.toThrow(
    'the file has 2 columns named "id"',
  );
  expect(await bench.store.batches()).toEqual([]);
});

test('files without rows are refused by name', async () => {
  const bench = await Bench.open();
  await expect(bench.import('')).rejects.toThrow('deals.csv: the file is empty');
  await expect(bench.import('\n\n')).rejects.toThrow('the file is empty');
  await expect(bench.import(`${DEALS_HEADER}\n`)).rejects.toThrow('the file has a header and no rows');
  await expect(bench.import('id,"amount\nA,1\n')).rejects.toThrow(
    'line 1: the header cannot be read: a quote is opened and never closed',
  );
});

test.each([
  ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`), undefined],
  ['UTF-16 little endian', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
  ['UTF-16 big endian', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), 'utf-16be'],
  ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le'), 'utf-16le'],
  ['Windows-1252', (text: string) => Buffer.from(text, 'latin1'), 'windows-1252'],
])('%s is read, and said when it is not UTF-8', async (_, encode, name) => {
  const bench = await Bench.open();
  const report = await bench.import(encode(`${DEALS_HEADER}\nMüller,1,2026-01-05,,Open\nx,1,x,,Open\n`));
  expect(await bench.rows('SELECT id FROM records')).toEqual([{ id: 'Müller' }]);
  expect(refused(report)).toEqual([[3, 'opened', expect.stringContaining('not a date')]]);
  const said = report.notes.filter(({ code }) => code === 'encoding').map(({ detail }) => detail?.split(':')[0]);
  expect(said).toEqual(name === undefined ? [] : [`read as ${name}`]);
});

test('a UTF-8 file with some damaged rows stays UTF-8, and those rows are refused', async () => {
  const bench = await Bench.open();
  const report = await bench.import(
    Buffer.concat([
      Buffer.from(`${DEALS_HEADER}\nMüller,1,2026-01-05,,Open\nM`),
      Buffer.from([0xfc]),
      Buffer.from('ller2,1,2026-01-05,,Open\n'),
    ]),
  );
  expect(refused(report)).toEqual([[3, '(row)', 'the text is not UTF-8']]);
  expect(await bench.rows('SELECT id FROM records')).toEqual([{ id: 'Müller' }]);
});

test('mixed line breaks, NULs, a very long line and lone carriage returns lose nothing', async () => {
  const bench = await Bench.open();
  const long = `L,${'9'.repeat(10_000_000)},,,`;
  const report = await bench.import(
    `${DEALS_HEADER}\r\nA,1,2026-01-05,,Open\nB,1,2026-01-05,\0,Open\r\n${long}\nC,1,2026-01\r-05,,Open\nD,1,2026-01-05,,Open\r\n`,
  );
  expect(report.rows).toEqual({ read: 5, kept: 2, merged: 0, refused: 3 });
  expect(refused(report).map(([line, , reason]) => [line, reason])).toEqual([
    [3, 'a NUL character stands in the row'],
    [4, 'the row is longer than 2000000 bytes'],
    [5, 'a carriage return stands inside the line'],
  ]);
  expect(await bench.rows('SELECT id FROM records ORDER BY id')).toEqual([{ id: 'A' }, { id: 'D' }]);
  const mac = await bench.import(`${DEALS_HEADER}\rM1,1,2026-01-05,,Open\rM2,1,2026-01-05,,Open`);
  expect(mac.rows).toEqual({ read: 2, kept: 2, merged: 0, refused: 0 });
});

test('rows of nothing but delimiters are passed over and counted apart, and a row without an id is refused alone', async () => {
  const bench = await Bench.open();
  const report = await bench.import(
    `${DEALS_HEADER}\r\nA,1,2026-01-05,,Open\r\n,,,,\r\n,5,,,Open\r\nB,1,2026-01-05,,Open\r\n,,,,\r\n,,\r\n`,
  );
  expect(report.rows).toEqual({ read: 3, kept: 2, merged: 0, refused: 1 });
  expect(refused(report)).toEqual([[4, 'id', expect.any(String)]]);
  expect(note(report, 'empty-row')).toMatchObject({ count: 3 });
});

test('other delimiters, and a file of one column with blank lines', async () => {
  const bench = await Bench.open();
  const semicolons = await bench.import(
    `${DEALS_HEADER.replaceAll(',', ';')}\nA;"1.054,50";2026-01-05;;Open\nB;7,5;2026-01-05;;Open\n`,
  );
  expect(semicolons.rows.kept).toBe(2);
  expect(await bench.rows('SELECT amount FROM records ORDER BY id')).toEqual([{ amount: 105_450 }, { amount: 750 }]);
  const single = await bench.import('id\n\nA1\n\n\nA2\n', {
    source: 'x',
    rows: 'records',
    entityType: 'account',
    id: 'id',
  });
  expect(single.rows).toEqual({ read: 2, kept: 2, merged: 0, refused: 0 });
});

test('read = kept + merged + refused, whatever the file holds', async () => {
  const bench = await Bench.open();
  const cell = fc.constantFrom(
    'A',
    'B',
    '',
    '1',
    '2026-01-05',
    '2026-99-99',
    'Open',
    '"',
    '"x',
    '""',
    '"a,b"',
    '"l\nm"',
    '"l\r\nm"',
    'é',
    '\0',
    '  ',
    "'; DROP TABLE records; --",
  );
  const row = fc.array(cell, { minLength: 1, maxLength: 6 }).map((cells) => cells.join(','));
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('\n', '\r\n', '\r\n\n'),
      async (rows, end) => {
        number += 1;
        const report = await bench
          .import(`${[DEALS_HEADER, ...rows].join(end)}${end}`, DEALS, { dryRun: true, name: `f${number}.csv` })
          .catch((error: unknown) => {
            // Only blank lines are no rows at all.
            if (!String(error).includes('a header and no rows')) throw error;
            return undefined;
          });
        if (report === undefined) return;
        const { read, kept, merged, refused } = report.rows;
        expect(read).toBe(kept + merged + refused);
        expect(report.records).toBe(kept);
        expect(new Set(report.rejects.map(({ line }) => line)).size).toBe(refused);
      },
    ),
    { numRuns: 60 },
  );
});
