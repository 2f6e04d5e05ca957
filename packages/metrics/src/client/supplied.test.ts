import { expect, test, vi } from 'vitest';
import type { MetricsEngine } from '../contracts/index.ts';
import { FunnelEnvelope, OWNER_RIGHTS } from '../contracts/index.ts';
import { wilson } from '../stats/index.ts';
import { createFileSource, localSource, plainEnvelope, readSupplied } from './index.ts';

const rows = [
  { stage: 'Lead', count: 200 },
  { stage: 'MQL', count: 80, owner: 'both' as const },
  { stage: 'Won', count: 0 },
];

test('plain counts of a cohort get rates with intervals', () => {
  const envelope = plainEnvelope(rows, { label: 'Lead to won' });
  expect(FunnelEnvelope.parse(envelope)).toEqual(envelope);
  expect(envelope.flags).toEqual(['as-supplied']);
  const [lead, mql, won] = envelope.data?.stages ?? [];
  expect(lead).not.toHaveProperty('stepRate');
  expect(mql?.stepRate).toEqual({ ...wilson(80, 200), k: 80, n: 200 });
  expect(won?.cumulativeRate).toEqual({ ...wilson(0, 200), k: 0, n: 200 });
  expect(won).not.toHaveProperty('outcomes');
});

test('counts that grow have no rates, and nobody divides by nobody', () => {
  const growing = plainEnvelope([
    { stage: 'A', count: 5 },
    { stage: 'B', count: 9 },
  ]);
  expect(growing.data?.stages[1]?.stepRate).toEqual({ value: null, reason: 'not-a-subset' });
  expect(growing.warnings).toEqual([{ code: 'rising-counts', params: { stage: 'B' } }]);
  const zero = plainEnvelope([
    { stage: 'A', count: 0 },
    { stage: 'B', count: 0 },
  ]);
  expect(zero.data?.stages[1]?.stepRate).toEqual({ value: null, reason: 'zero-denominator' });
});

test('flows and stocks have shares, never rates', () => {
  const flow = plainEnvelope(
    [
      { stage: 'A', count: 5 },
      { stage: 'B', count: 10 },
    ],
    { view: 'activity' },
  );
  expect(flow.warnings).toEqual([{ code: 'flow-ratio' }]);
  expect(flow.data?.stages[1]).toMatchObject({ share: { value: 2 } });
  const stock = plainEnvelope(
    [
      { stage: 'A', count: 5 },
      { stage: 'B', count: 15 },
    ],
    { view: 'snapshot' },
  );
  expect(stock.data?.stages[1]).toMatchObject({ share: { value: 0.75 } });
  for (const stage of [...(flow.data?.stages ?? []), ...(stock.data?.stages ?? [])])
    expect(stage).not.toHaveProperty('stepRate');
});

test.each([
  [[5, 5, 0], []],
  [[5, 0, 1], [{ code: 'rising-counts', params: { stage: 's2' } }]],
  [[0, 3, 2], [{ code: 'rising-counts', params: { stage: 's1' } }]],
])('of %j counts, a rise is said and never a rate above 1', (counts, warnings) => {
  const envelope = plainEnvelope(counts.map((count, i) => ({ stage: `s${i}`, count })));
  expect(envelope.warnings).toEqual(warnings);
  for (const { stepRate, cumulativeRate } of envelope.data?.stages ?? [])
    for (const rate of [stepRate, cumulativeRate]) expect(rate?.value ?? 0).toBeLessThanOrEqual(1);
});

test('no rows are empty, not an error', () => {
  expect(readSupplied([])).toMatchObject({ status: 'empty', code: 'no-data-yet', flags: ['as-supplied'] });
});

test.each([
  [[{ stage: 'Lead' }], 'Lead: nothing is not a count; write a whole number from 0 on'],
  [[{ stage: 'Lead', count: 1.5 }], 'Lead: 1.5 is not a count'],
  [[{ stage: 'Lead', count: 3 }, 'Won'], '[1]: expected an object'],
  [
    [
      { stage: 'Lead', count: 9 },
      { stage: 'MQL', count: -1 },
    ],
    'MQL: -1 is not a count; write a whole number from 0 on',
  ],
  [[{ stage: 'Lead', count: {} }], 'Lead: this is not a count'],
  [[{ stage: '', count: 1 }], '[0].stage: expected a string that is not empty'],
  [
    [
      { stage: 'Lead', count: 9 },
      { stage: 'MQL', count: 5 },
      { stage: 'Lead', count: 3 },
    ],
    'Lead: row 3 repeats row 1; give each stage one row',
  ],
  [
    [
      { stage: 'Lead', key: 'a', count: 9 },
      { stage: 'MQL', key: 'a', count: 5 },
    ],
    'MQL: row 2 repeats row 1',
  ],
  [{ stages: [] }, 'v: '],
  ['text', 'the whole: expected an object'],
  [null, 'the whole: expected an object'],
])('%j is refused by the name of its field', (value, message) => {
  const envelope = readSupplied(value);
  expect(envelope).toMatchObject({ status: 'error', code: 'invalid-answer' });
  expect(envelope.message).toContain(message);
});

test('a file answers with its rows, in the view asked for', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json(rows));
  const source = createFileSource('https://example.com/funnel.json', { fetch, label: 'Ours' });
  const envelope = await source.query({ kind: 'funnel', funnel: 'x', view: 'snapshot' });
  expect(envelope).toMatchObject({ flags: ['as-supplied'], data: { label: 'Ours', view: 'snapshot' } });
  expect(
    await source.command({ v: 1, commandId: 'c', expectedVersion: 0, type: 't', target: 'x', payload: {} }),
  ).toMatchObject({ status: 'refused' });
});

test('a file that is not there is not found', async () => {
  const source = createFileSource('https://example.com/funnel.json', {
    fetch: async () => new Response('', { status: 404 }),
  });
  expect(await source.query({ kind: 'funnel', funnel: 'x' })).toMatchObject({ status: 'error', code: 'not-found' });
});

test('a file that is no JSON is named', async () => {
  const source = createFileSource('https://example.com/funnel.json', {
    fetch: async () => new Response('<!doctype html><title>Sign in</title>'),
  });
  expect(await source.query({ kind: 'funnel', funnel: 'x' })).toMatchObject({
    code: 'invalid-answer',
    message: 'https://example.com/funnel.json is not JSON',
  });
});

test('an engine in the page is a source; what it throws is told', async () => {
  const context = { definitions: [], rights: OWNER_RIGHTS, asOf: '2026-01-01T00:00:00Z', timeZone: 'UTC' };
  const answer = plainEnvelope(rows);
  const engine: MetricsEngine = { answer: vi.fn<MetricsEngine['answer']>(async () => answer) };
  const question = { kind: 'funnel', funnel: 'x' } as const;
  expect(await localSource(engine, () => context).query(question)).toBe(answer);
  expect(engine.answer).toHaveBeenCalledWith(question, context);
  const broken: MetricsEngine = { answer: async () => Promise.reject(new Error('out of memory')) };
  expect(await localSource(broken, context).query(question)).toMatchObject({
    code: 'internal',
    message: 'out of memory',
  });
  await expect(localSource(broken, context).query(question, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
});
