import { expect, test } from 'vitest';
import { Bench, DEALS } from '../testing/imports.ts';

const ROWS = [
  { id: 'A', amount: 1054.5, opened: '2026-01-05', closed: null, state: 'Open' },
  { id: 'B', amount: '7', opened: '2026-01-05T09:30:00+01:00', closed: '2026-02-01T10:00Z', state: 'Won' },
];

test.each([
  ['an array', JSON.stringify(ROWS, undefined, 2)],
  ['lines', ROWS.map((row) => JSON.stringify(row)).join('\n')],
])('JSON as %s is imported by the same mapping as CSV', async (_, text) => {
  const bench = await Bench.open();
  const report = await bench.import(text, DEALS, { name: 'deals.json' });
  expect(report.rows).toEqual({ read: 2, kept: 2, merged: 0, refused: 0 });
  expect(await bench.rows('SELECT id, amount FROM records ORDER BY id')).toEqual([
    { id: 'A', amount: 105_450 },
    { id: 'B', amount: 700 },
  ]);
  expect(await bench.rows(`SELECT stage, at_ms FROM stage_events WHERE entity_id = 'B' ORDER BY at_ms`)).toEqual([
    { stage: 'lead', at_ms: Date.parse('2026-01-05T08:30:00Z') },
    { stage: 'won', at_ms: Date.parse('2026-02-01T10:00:00Z') },
  ]);
});

test('faulty elements are refused by line, the others are in', async () => {
  const bench = await Bench.open();
  const lines = await bench.import(
    '{"id":"A"}\n{"id":\n\n[1]\n{"id":12345678901234567890}\n{"id":"B","opened":"x"}\n',
    DEALS_ID,
    { name: 'x.ndjson' },
  );
  expect(lines.rows).toEqual({ read: 5, kept: 2, merged: 0, refused: 3 });
  expect(lines.rejects.map(({ line }) => line)).toEqual([2, 4, 5]);
  expect(lines.rejects[2]?.reason).toContain('id: the number is too large to be kept exactly');
  const array = await bench.import('[{"id":"C"},\n{"id":},\n{"id":"D"}]', DEALS_ID, { name: 'x.json' });
  expect(array.rows).toEqual({ read: 3, kept: 2, merged: 0, refused: 1 });
  expect(array.rejects[0]?.line).toBe(2);
});

const DEALS_ID = { source: 'x', rows: 'records', entityType: 'opportunity', id: 'id' } as const;

test('JSON that ends early is an error with its line, and nothing is imported', async () => {
  const bench = await Bench.open();
  await expect(bench.import('[{"id":"A"},\n{"id":"B"', DEALS_ID, { name: 'x.json' })).rejects.toThrow(
    /x\.json, line 2: the JSON ends before its last bracket/,
  );
  expect(await bench.store.batches()).toEqual([]);
});

test('nested objects are read by dotted names', async () => {
  const bench = await Bench.open();
  const nested = {
    ...DEALS_ID,
    attributes: { size: { column: 'properties.size', type: 'number' }, tags: { column: 'tags' } },
  } as const;
  await bench.import(JSON.stringify([{ id: 'A', properties: { size: 5.5 }, tags: ['a', 'b'] }]), nested, {
    name: 'n.json',
  });
  const [row] = await bench.rows('SELECT attributes FROM records');
  expect(JSON.parse(String(row?.['attributes']))).toEqual({ size: 5.5, tags: '["a","b"]' });
});

test('rows of events: values are mapped, unknown stages refused, equal events merged, links kept', async () => {
  const bench = await Bench.open();
  const report = await bench.import(
    'contact,stage,when,company,why\nP1,Marketing Qualified,2026-01-05 09:30,C1,web\nP1,Marketing Qualified,2026-01-05 09:30,C1,again\nP1,won,2026-02-01 10:00,C2,\nP2,Odd,2026-02-01 10:00,,\nP3,,2026-02-01 10:00,,\nP4,won,,,\n',
    {
      source: 'crm',
      rows: 'events',
      entityType: 'person',
      id: 'contact',
      dates: { timeZone: 'Europe/Berlin' },
      event: { stage: { column: 'stage', values: { 'Marketing Qualified': 'mql' } }, at: 'when', reason: 'why' },
      links: { accountId: 'company' },
    },
  );
  expect(report.rows).toEqual({ read: 6, kept: 2, merged: 1, refused: 3 });
  expect(await bench.rows('SELECT entity_id, stage, at_ms, reason FROM stage_events ORDER BY at_ms')).toEqual([
    { entity_id: 'P1', stage: 'mql', at_ms: Date.parse('2026-01-05T08:30:00Z'), reason: 'web' },
    { entity_id: 'P1', stage: 'won', at_ms: Date.parse('2026-02-01T09:00:00Z'), reason: null },
  ]);
  expect(await bench.rows('SELECT id, account_id FROM records')).toEqual([{ id: 'P1', account_id: 'C2' }]);
});

test("Sama's own shape needs no mapping; what does not fit is refused by line", async () => {
  const bench = await Bench.open();
  const event = {
    entityType: 'person',
    entityId: 'P1',
    stage: 'mql',
    at: '2026-01-05',
    source: { system: 'crm', recordId: 'r1' },
  };
  const text = `{"v": 1, "records": [
{"entityType": "person", "id": "P1", "attributes": {"a": 1}, "batch": "theirs"},
{"entityType": "robot", "id": "P2", "attributes": {}}
], "events": [
${JSON.stringify(event)},
${JSON.stringify({ ...event, stage: 'odd' })},
${JSON.stringify({ ...event, at: '2027-01-01' })}
]}`;
  const report = await bench.import(text, undefined, { name: 'own.json' });
  expect(report.rows).toEqual({ read: 5, kept: 2, merged: 0, refused: 3 });
  expect(report.rejects.map(({ line, field }) => [line, field])).toEqual([
    [3, 'records'],
    [6, 'stage'],
    [7, 'at'],
  ]);
  expect(await bench.rows('SELECT batch FROM records')).toEqual([{ batch: report.batch }]);
});
