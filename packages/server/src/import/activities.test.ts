import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImportMapping, type ActivityMapping, type FigureMapping } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { Bench } from '../testing/imports.ts';

const CLICKS: ActivityMapping = {
  source: 'web',
  rows: 'activities',
  name: { column: 'what', values: { Visit: 'page.view' } },
  at: 'when',
  links: { personId: 'person', campaignId: 'campaign' },
  amount: { column: 'worth', currency: 'EUR', decimal: '.' },
  attributes: { channel: { column: 'channel' }, seconds: { column: 'seconds', type: 'number' } },
};
const HEAD = 'what,when,person,campaign,worth,channel,seconds';

const SPEND: FigureMapping = {
  rows: 'figures',
  name: { column: 'kind' },
  from: 'month',
  each: 'month',
  segment: 'channel',
  amount: { column: 'cost', currency: 'EUR' },
};
const SPEND_HEAD = 'kind,month,channel,cost';

test('activities are imported, rows that are one are merged, and each other row that is refused says why', async () => {
  const bench = await Bench.open();
  const content = [
    HEAD,
    'Visit,2026-03-01T09:00:00Z,p1,spring,12.345,search,30',
    'Visit,2026-03-01T09:00:00Z,p1,spring,12.345,search,30',
    'call,2026-03-02,p2,,,phone,',
    ',2026-03-02,p2,,,phone,',
    'call,soon,p2,,,phone,',
    'call,,p2,,,phone,',
    'call,2027-01-01,p2,,,phone,',
    'call,2026-03-02,,,,phone,',
    'call,2026-03-02,p3,,much,phone,long',
  ].join('\n');
  const report = await bench.import(content, CLICKS, { name: 'clicks.csv' });
  expect(report).toMatchObject({
    rows: { read: 9, kept: 2, merged: 1, refused: 6 },
    records: 0,
    events: 0,
    activities: 2,
    figures: 0,
  });
  expect(report.rejects.map(({ line, field, reason }) => [line, field, reason])).toEqual([
    [5, 'what', 'the name is empty'],
    [6, 'when', 'not a date written iso, such as 2026-07-01 or 2026-07-01T09:30:00+02:00'],
    [7, 'when', 'the date is empty'],
    [8, 'when', 'the date is in the future, after 2026-07-01'],
    [9, 'person', 'it belongs to nobody, and the mapping names no "id"'],
    [10, 'worth', expect.stringContaining('not an amount')],
    [10, 'seconds', 'not a number such as 1234.5'],
  ]);
  expect(report.notes.map(({ code, field, count }) => [code, field, count])).toEqual([
    ['date-only', 'when', 1],
    ['missing-link', 'campaign', 1],
    ['rounded-amount', 'worth', 1],
    ['duplicate-id', 'when', 1],
  ]);
  expect(
    await bench.rows(
      'SELECT name, at_ms, at_day, person_id, campaign_id, amount, currency, attributes, system, record_id FROM activity_events ORDER BY name DESC',
    ),
  ).toEqual([
    {
      name: 'page.view',
      at_ms: Date.parse('2026-03-01T09:00:00Z'),
      at_day: null,
      person_id: 'p1',
      campaign_id: 'spring',
      amount: 1235,
      currency: 'EUR',
      attributes: '{"channel":"search","seconds":30.0}',
      system: 'web',
      record_id: 'p1',
    },
    {
      name: 'call',
      at_ms: null,
      at_day: '2026-03-02',
      person_id: 'p2',
      campaign_id: null,
      amount: null,
      currency: null,
      attributes: '{"channel":"phone","seconds":null}',
      system: 'web',
      record_id: 'p2',
    },
  ]);
  expect((await bench.import(content, CLICKS, { name: 'clicks.csv' })).unchanged).toBe(true);
  await bench.store.undo(report.batch);
  expect(await bench.rows('SELECT * FROM activity_events')).toEqual([]);
});

test('an id tells activities apart that belong to nobody, also in NDJSON and with one name for all', async () => {
  const bench = await Bench.open();
  const rows = ['a', 'b', 'a'].map((id) => JSON.stringify({ id, at: '2026-03-01T09:00' }));
  const report = await bench.import(
    rows.join('\n'),
    { source: 'mail', rows: 'activities', name: { is: 'mail.sent' }, at: 'at', id: 'id' },
    { name: 'mails.ndjson' },
  );
  expect(report.rows).toEqual({ read: 3, kept: 2, merged: 1, refused: 0 });
  expect(await bench.rows('SELECT name, at_ms, record_id FROM activity_events ORDER BY record_id')).toEqual(
    ['a', 'b'].map((id) => ({ name: 'mail.sent', at_ms: Date.parse('2026-03-01T08:00:00Z'), record_id: id })),
  );
});

test('figures are imported; a line that speaks of days which an earlier one has is merged or refused', async () => {
  const bench = await Bench.open();
  const content = [
    SPEND_HEAD,
    'spend,2026-01-01,search,1000.50',
    'spend,2026-01-01,search,1000.50',
    'spend,2026-01-15,search,7',
    'spend,2026-01-01,fair,20',
    'spend,2027-02-01,search,30',
    'Spend!,2026-01-01,search,30',
    'spend,2026-01-01T09:00:00Z,,30',
    'spend,,fair,30',
    'spend,2026-03-01,fair,',
  ].join('\n');
  const report = await bench.import(content, SPEND, { name: 'spend.csv' });
  expect(report).toMatchObject({ rows: { read: 9, kept: 3, merged: 1, refused: 5 }, figures: 3, activities: 0 });
  expect(report.rejects.map(({ line, field, reason }) => [line, field, reason])).toEqual([
    [4, 'month', 'line 2 has another figure of the same days'],
    [7, 'kind', 'the name of a figure is a key, such as marketing-cost'],
    [8, 'month', 'a figure is of whole days: give a day without a time'],
    [9, 'month', 'the day is empty'],
    [10, 'cost', 'the value is empty'],
  ]);
  expect(
    await bench.rows('SELECT name, from_day, to_day, value, currency, segment FROM figures ORDER BY from_day, segment'),
  ).toEqual([
    { name: 'spend', from_day: '2026-01-01', to_day: '2026-02-01', value: 2000, currency: 'EUR', segment: 'fair' },
    { name: 'spend', from_day: '2026-01-01', to_day: '2026-02-01', value: 100_050, currency: 'EUR', segment: 'search' },
    { name: 'spend', from_day: '2027-02-01', to_day: '2027-03-01', value: 3000, currency: 'EUR', segment: 'search' },
  ]);
  const later = await bench.import(`${SPEND_HEAD}\nspend,2026-01-01,fair,25\n`, SPEND, { name: 'later.csv' });
  expect(await bench.rows(`SELECT value FROM figures WHERE segment = 'fair'`)).toEqual([{ value: 2500 }]);
  await bench.store.undo(later.batch);
  expect(await bench.rows(`SELECT value FROM figures WHERE segment = 'fair'`)).toEqual([{ value: 2000 }]);
});

test('figures that overlap those of another batch are refused as a whole, by their days, with what helps', async () => {
  const bench = await Bench.open();
  const quarter: FigureMapping = { ...SPEND, each: 'quarter' };
  const months = await bench.import(
    `${SPEND_HEAD}\nspend,2026-01-01,search,10\nspend,2026-02-01,search,20\nspend,2026-01-01,fair,5\n`,
    SPEND,
    { name: 'months.csv' },
  );
  const ask = (dryRun: boolean) =>
    bench.import(`${SPEND_HEAD}\nspend,2026-01-01,search,30\nspend,2026-04-01,search,40\n`, quarter, {
      name: 'quarters.csv',
      dryRun,
    });
  for (const dryRun of [true, false]) {
    const message = await ask(dryRun).then(String, ({ message: text }: Error) => text);
    expect(message.split('\n')).toEqual([
      'quarters.csv: nothing was imported, because figures overlap and their common days would count twice:',
      `  spend, search, 2026-01-01 to 2026-03-31: batch ${months.batch} (months.csv) has 2026-01-01 to 2026-01-31`,
      `  spend, search, 2026-01-01 to 2026-03-31: batch ${months.batch} (months.csv) has 2026-02-01 to 2026-02-28`,
      `Give a figure the very days of the one it corrects, whose place it then takes, or take the other batch out first: sama import --undo ${months.batch}.`,
    ]);
  }
  expect(await bench.rows('SELECT sum(value) AS value FROM figures')).toEqual([{ value: 3500 }]);
  expect(await bench.store.batches()).toHaveLength(1);
  // Another segment, another name, and days that only meet.
  const others = 'spend,2026-01-01,event,1\nfees,2026-01-01,search,2\nspend,2026-04-01,search,3\n';
  expect(await bench.import(`${SPEND_HEAD}\n${others}`, quarter, { name: 'others.csv' })).toMatchObject({ figures: 3 });
  await bench.store.undo(months.batch);
  expect(await bench.import(`${SPEND_HEAD}\nspend,2026-01-01,search,30\n`, quarter)).toMatchObject({ figures: 1 });
});

test('made-up figures stand in the way of nobody’s own', async () => {
  const bench = await Bench.open();
  const figure = { name: 'spend', from: '2026-01-01', to: '2026-04-01', value: 1, segment: 'search', batch: 'demo' };
  const batch = { file: 'made up', contentHash: 'a'.repeat(64), mappingHash: 'b'.repeat(64), demo: true };
  await bench.store.importChunks(batch, [{ records: [], events: [], figures: [figure] }]);
  expect(await bench.import(`${SPEND_HEAD}\nspend,2026-01-01,search,10\n`, SPEND)).toMatchObject({ figures: 1 });
});

test('figures in their own shape must not overlap among themselves', async () => {
  const bench = await Bench.open();
  const figure = (from: string, to: string) => ({ name: 'cost', from, to, value: 1 });
  const content = JSON.stringify({ figures: [figure('2026-01-01', '2026-02-01'), figure('2026-01-15', '2026-03-01')] });
  await expect(bench.import(content, undefined, { name: 'own.json' })).rejects.toThrow(
    'cost, 2026-01-15 to 2026-02-28: this file also has 2026-01-01 to 2026-01-31',
  );
  expect(await bench.store.batches()).toEqual([]);
});

test('a figure may have a last day, and a number without a currency', async () => {
  const bench = await Bench.open();
  const mapping: FigureMapping = {
    rows: 'figures',
    name: { is: 'survey' },
    from: 'from',
    last: 'until',
    value: { column: 'score' },
    segment: 'item',
  };
  const content = 'from,until,item,score\n2026-01-01,2026-01-31,trust,3.5\n2026-01-31,2026-01-30,trust,3\n';
  const report = await bench.import(content, mapping, { name: 'survey.csv' });
  expect(report.rejects).toMatchObject([{ line: 3, field: 'until' }]);
  expect(await bench.rows('SELECT from_day, to_day, value, currency, segment FROM figures')).toEqual([
    { from_day: '2026-01-01', to_day: '2026-02-01', value: 3.5, currency: null, segment: 'trust' },
  ]);
});

test('activities and figures in their own shape need no mapping', async () => {
  const bench = await Bench.open();
  const source = { system: 'web', recordId: '1' };
  const content = JSON.stringify({
    activities: [
      { name: 'call', at: '2026-03-01', personId: 'p', attributes: { channel: 'phone' }, source },
      { name: 'call', at: '2027-03-01', personId: 'p', attributes: {}, source },
      { name: 'call', at: 'soon', attributes: {}, source },
    ],
    figures: [
      { name: 'target', from: '2027-01-01', to: '2027-04-01', value: 100, currency: 'EUR' },
      { name: 'target', from: '2027-04-01', to: '2027-04-01', value: 100 },
    ],
  });
  const report = await bench.import(content, undefined, { name: 'own.json' });
  expect(report).toMatchObject({ rows: { read: 5, kept: 2, merged: 0, refused: 3 }, activities: 1, figures: 1 });
  expect(report.rejects.map(({ field, reason }) => [field, reason])).toEqual([
    ['at', 'the date is in the future, after 2026-07-01'],
    ['activities', expect.stringContaining('at')],
    ['figures', expect.stringContaining('a figure ends after its first day')],
  ]);
});

test('examples/activities is imported as its page says', async () => {
  const bench = await Bench.open();
  const example = (name: string): Promise<string> =>
    readFile(join(import.meta.dirname, '../../../../examples/activities', name), 'utf8');
  const bring = async (name: string, map?: string) => {
    const mapping = map === undefined ? undefined : ImportMapping.parse(JSON.parse(await example(map)));
    return bench.import(await example(name), mapping, { name });
  };
  expect(await bring('activities.csv', 'activities.mapping.json')).toMatchObject({
    rows: { read: 7, kept: 5, merged: 1, refused: 1 },
    activities: 5,
    rejects: [{ line: 7, field: 'Time', value: 'yesterday' }],
  });
  expect(await bring('figures.csv', 'figures.mapping.json')).toMatchObject({
    rows: { read: 6, kept: 5, merged: 0, refused: 1 },
    figures: 5,
    rejects: [{ line: 6, field: 'Month', reason: 'line 5 has another figure of the same days' }],
  });
  expect(await bring('figures.json')).toMatchObject({ rows: { read: 2, kept: 2 }, figures: 2 });
  expect(await bench.rows('SELECT name, sum(value) AS value FROM figures GROUP BY name ORDER BY name')).toEqual([
    { name: 'campaign-cost', value: 3_165_100 },
    { name: 'perception-marketing', value: 3.9 },
    { name: 'perception-sales', value: 2.6 },
    { name: 'revenue-target', value: 25_000_000 },
  ]);
});
