import type { DateFormat, Mapping } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { Bench } from '../testing/imports.ts';

async function dates(format: DateFormat, values: readonly string[]): Promise<unknown[]> {
  const bench = await Bench.open();
  const mapping: Mapping = {
    source: 'x',
    rows: 'records',
    entityType: 'person',
    id: 'id',
    dates: { format },
    stages: [{ stage: 'mql', at: 'at' }],
  };
  await bench.import(
    `id,at\n${values.map((value, index) => `${String(index).padStart(2, '0')},"${value}"`).join('\n')}\nzz,\n`,
    mapping,
  );
  const found = await bench.rows('SELECT entity_id, at_day, at_ms FROM stage_events');
  return values.map((_, index) => {
    const row = found.find(({ entity_id }) => Number(entity_id) === index);
    return row === undefined
      ? 'refused'
      : typeof row['at_ms'] === 'number'
        ? new Date(row['at_ms']).toISOString()
        : row['at_day'];
  });
}

test('ISO days and instants; a time without an offset is local, a day that does not exist is refused', async () => {
  expect(
    await dates('iso', [
      '2026-03-29',
      ' 2026-03-29 ',
      '2026-02-29',
      '2026-3-9',
      '-016-01-05',
      'epoch',
      'infinity',
      '2026-03-28T09:30',
      '2026-03-29 09:30:15.25',
      '2026-03-28T09:30Z',
      '2026-03-28T09:30:00-0500',
      '2026-03-28T25:00',
      '2026-03-28 09:30:00 Europe/Berlin',
    ]),
  ).toEqual([
    '2026-03-29',
    '2026-03-29',
    'refused',
    'refused',
    'refused',
    'refused',
    'refused',
    '2026-03-28T08:30:00.000Z',
    '2026-03-29T07:30:15.250Z',
    '2026-03-28T09:30:00.000Z',
    '2026-03-28T14:30:00.000Z',
    'refused',
    'refused',
  ]);
});

test('written dates are read by their format only', async () => {
  expect(
    await dates('dd/mm/yyyy', ['31/01/2026', '1/2/2026', '01/31/2026', '31/01/2026 09:30', '2026-01-31', '31/02/2026']),
  ).toEqual(['2026-01-31', '2026-02-01', 'refused', '2026-01-31T08:30:00.000Z', 'refused', 'refused']);
  expect(await dates('mm/dd/yyyy', ['01/31/2026', '31/01/2026', '6/30/2026 23:59:59'])).toEqual([
    '2026-01-31',
    'refused',
    '2026-06-30T21:59:59.000Z',
  ]);
  expect(await dates('dd.mm.yyyy', ['31.01.2026', '1.2.2026 08:00', '31/01/2026'])).toEqual([
    '2026-01-31',
    '2026-02-01T07:00:00.000Z',
    'refused',
  ]);
});

test('epochs in milliseconds and seconds', async () => {
  expect(await dates('epoch-ms', ['1769850000000', '1769850000', 'x'])).toEqual([
    '2026-01-31T09:00:00.000Z',
    '1970-01-21T11:37:30.000Z',
    'refused',
  ]);
  expect(await dates('epoch-s', ['1769850000', '1769850000.5', '-1'])).toEqual([
    '2026-01-31T09:00:00.000Z',
    '2026-01-31T09:00:00.500Z',
    '1969-12-31T23:59:59.000Z',
  ]);
});

test('today is not in the future, until midnight in the reporting time zone', async () => {
  // The bench's clock stands at 14:00 of 1 July 2026 in Berlin.
  expect(await dates('iso', ['2026-07-01', '2026-07-02', '2026-07-01T23:59:59+02:00', '2026-07-01T22:00:00Z'])).toEqual(
    ['2026-07-01', 'refused', '2026-07-01T21:59:59.000Z', 'refused'],
  );
});

async function amounts(
  values: readonly string[],
  amount: NonNullable<Mapping['amount']>,
): Promise<{ minor: unknown[]; rounded: number }> {
  const bench = await Bench.open();
  const mapping: Mapping = { source: 'x', rows: 'records', entityType: 'opportunity', id: 'id', amount };
  const report = await bench.import(
    `id,sum,cur\n${values.map((value, index) => `${index},"${value.split(' ')[0]}",${value.split(' ')[1] ?? ''}`).join('\n')}\nzz,,\n`,
    mapping,
  );
  const found = await bench.rows('SELECT id, amount, currency FROM records');
  return {
    minor: values.map((_, index) => {
      const row = found.find(({ id }) => id === String(index));
      return row === undefined ? 'refused' : row['amount'];
    }),
    rounded: report.notes.find(({ code }) => code === 'rounded-amount')?.count ?? 0,
  };
}

test('amounts become whole minor units, exactly; what can be read two ways is refused', async () => {
  const euro = { column: 'sum', currency: 'EUR' } as const;
  expect(
    await amounts(
      [
        '1',
        '0.285',
        '-1234.50',
        '1.005',
        '1234,5',
        '1,234.50',
        '1.234,50',
        '1,234',
        '1.234.567',
        '$5',
        '1e5',
        '9999999999999',
        '99999999999999',
        'NaN',
      ],
      euro,
    ),
  ).toEqual({
    minor: [
      100,
      29,
      -123_450,
      101,
      123_450,
      123_450,
      123_450,
      'refused',
      'refused',
      'refused',
      'refused',
      999_999_999_999_900,
      'refused',
      'refused',
    ],
    rounded: 2,
  });
});

test('the currency decides how many minor units there are', async () => {
  const byColumn = { column: 'sum', currency: { column: 'cur' } };
  expect(await amounts(['5 EUR', '5 JPY', '5 kwd', '5', '5 Euro'], byColumn)).toEqual({
    minor: [500, 5, 5000, 'refused', 'refused'],
    rounded: 0,
  });
  expect(await amounts(['500', '5.5'], { column: 'sum', currency: 'EUR', unit: 'minor' })).toEqual({
    minor: [500, 6],
    rounded: 1,
  });
});

test('the decimal sign of the mapping says what the other sign is', async () => {
  const euro = { column: 'sum', currency: 'EUR' };
  const values = ['1.234', '1.234,5', '12.345.678', '1234,50', '7', '-1.000', '1,234.50', '1234.5', '0.125'];
  const comma = await amounts(values, { ...euro, decimal: ',' });
  const refused = ['refused', 'refused', 'refused'];
  expect(comma.minor).toEqual([123_400, 123_450, 1_234_567_800, 123_450, 700, -100_000, ...refused]);
  const point = await amounts(['1,234', '1.234', '12,345,678.5', '1234,50'], { ...euro, decimal: '.' });
  expect(point.minor).toEqual([123_400, 123, 1_234_567_850, 'refused']);
});

test('a file whose amounts may all be thousands is refused until the mapping says, and nothing is kept', async () => {
  const bench = await Bench.open();
  const amount = { column: 'sum', currency: 'EUR' };
  const mapping: Mapping = { source: 'x', rows: 'records', entityType: 'opportunity', id: 'id', amount };
  const file = 'id;sum\na;1.234\nb;12.500\nc;900\n';
  await expect(bench.import(file, { ...mapping, delimiter: ';' })).rejects.toThrow(
    /"sum": "1\.234" can be read as 1234 or 1\.234; set "decimal" in "amount" to "," for the first or "\." for the second/,
  );
  await expect(bench.import(`${file}d;unknown\n`, { ...mapping, delimiter: ';' })).rejects.toThrow(/"decimal"/);
  expect(await bench.rows('SELECT * FROM records')).toEqual([]);
  const report = await bench.import(file, { ...mapping, delimiter: ';', amount: { ...amount, decimal: ',' } });
  expect(report.rows.refused).toBe(0);
  expect(await bench.rows('SELECT amount FROM records ORDER BY id')).toEqual([
    { amount: 123_400 },
    { amount: 1_250_000 },
    { amount: 90_000 },
  ]);
});

test('attributes keep their type, and values are replaced on the way in', async () => {
  const bench = await Bench.open();
  const mapping: Mapping = {
    source: 'x',
    rows: 'records',
    entityType: 'account',
    id: 'id',
    attributes: {
      text: { column: 'a', values: { GTXPro: 'GTX Pro' } },
      size: { column: 'b', type: 'number' },
      customer: { column: 'c', type: 'boolean' },
      since: { column: 'd', type: 'date' },
    },
  };
  const report = await bench.import(
    'id,a,b,c,d\n1,GTXPro,"1.234,5",Yes,2026-01-05\n2,,,,\n3, x ,7,0,2026-01-05T10:00\n4,x,many,yes,\n5,x,,perhaps,\n6,x,,,soon\n',
    mapping,
  );
  const found = await bench.rows('SELECT id, attributes FROM records ORDER BY id');
  expect(found.map((row) => JSON.parse(String(row['attributes'])))).toEqual([
    { text: 'GTX Pro', size: 1234.5, customer: true, since: '2026-01-05' },
    { text: null, size: null, customer: null, since: null },
    { text: ' x ', size: 7, customer: false, since: '2026-01-05T09:00:00.000Z' },
  ]);
  expect(report.rejects.map(({ line, field }) => [line, field])).toEqual([
    [5, 'b'],
    [6, 'c'],
    [7, 'd'],
  ]);
});
