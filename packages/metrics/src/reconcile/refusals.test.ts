import { expect, test } from 'vitest';
import { createMemoryEngine, LEAD_TO_WON, type Envelope } from '../index.ts';
import type { MemoryData } from '../engine/index.ts';
import { problem } from '../problem.ts';
import {
  context,
  deals,
  merges,
  ofDeals,
  rates,
  revenue,
  sama,
  side,
  sourceOf,
  world,
} from '../testing/reconcile-scene.ts';
import {
  fromEngine,
  fromRecords,
  fromSource,
  reconcile,
  reconcileRecords,
  reconcileText,
  type ReconcileInput,
  type Side,
} from './index.ts';

const ask = (input: ReconcileInput, data: MemoryData = world) => reconcile(fromRecords(data, context), input);

const answering = (envelope: Envelope) => sourceOf(async () => envelope);
const plain: Envelope = {
  v: 1,
  status: 'ok',
  flags: [],
  warnings: [],
  asOf: '2026-03-31T00:00:00Z',
  data: { kind: 'measure', label: 'x', unit: 'count', values: [{ name: 'count', result: { value: 3 } }] },
};
const anything: Side = {
  label: 'x',
  figure: { aggregate: 'count' },
  question: { kind: 'measure', measure: { of: 'person', aggregates: ['count'] } },
};

test('an answer that is stale, or of nobody, is reconciled and says so', async () => {
  const stale = await reconcile(fromSource(answering({ ...plain, flags: ['stale'] })), { a: anything, b: anything });
  expect(stale).toMatchObject({ status: 'ok', difference: 0, a: { flags: ['stale'] }, items: [] });
  const nobody = { a: sama, b: side('Nobody', { filter: { field: 'id', eq: 'nobody' } }) };
  expect(await reconcile(fromRecords(world, context), nobody)).toMatchObject({
    b: { value: 0 },
    items: [{ causes: ['filter'], amount: -6 }],
  });
});

test.each<[string, Parameters<typeof reconcile>[0], ReconcileInput, object]>([
  [
    'kinds',
    fromRecords(world, context),
    { a: sama, b: anything },
    { code: 'different-kind', field: 'b.question.kind' },
  ],
  [
    'units',
    fromRecords(world, context),
    { a: sama, b: side('b', {}, { figure: { stage: 'mql', of: 'step-rate' } }) },
    { code: 'different-unit', field: 'b.figure' },
  ],
  [
    'grains',
    fromRecords(deals, {
      ...context,
      definitions: [...context.definitions, { ...LEAD_TO_WON, id: 'deals', grain: 'opportunity' }],
    }),
    { a: side('a', { filter: { field: 'id', eq: 'x' } }), b: side('b', { funnel: 'deals' }) },
    { code: 'different-grain', field: 'b.question' },
  ],
  [
    'currencies',
    fromRecords(deals, ofDeals),
    {
      a: revenue('a', { rates: rates(1) }),
      b: { ...revenue('b', undefined), reading: { rates: { currency: 'USD', per: { EUR: 1 } } } },
    },
    { code: 'different-currency', field: 'b.reading.rates' },
  ],
  [
    'several currencies',
    fromRecords(deals, ofDeals),
    { a: revenue('a', { rates: rates(1) }), b: revenue('b', undefined) },
    { code: 'no-value', answer: 'mixed-currency', message: expect.stringContaining('reading.rates') },
  ],
  [
    'denied',
    fromSource(answering(problem('forbidden', 'your rights do not include it'))),
    { a: sama, b: sama },
    { code: 'no-answer', field: 'a.question', answer: 'forbidden' },
  ],
  [
    'pending',
    fromSource(answering({ v: 1, status: 'pending', flags: [], warnings: [] })),
    { a: sama, b: sama },
    { code: 'no-answer', answer: 'pending' },
  ],
  [
    'empty',
    fromRecords({}, context),
    { a: sama, b: sama },
    { code: 'no-data', message: expect.stringContaining('import') },
  ],
  [
    'supplied by the page',
    fromSource(answering({ ...plain, flags: ['as-supplied'] })),
    { a: anything, b: anything },
    { code: 'as-supplied', field: 'a.question' },
  ],
  [
    'unknown stage',
    fromRecords(world, context),
    { a: sama, b: side('b', {}, { figure: { stage: 'customer' } }) },
    { code: 'unknown-figure', field: 'b.figure' },
  ],
  [
    'a reading of a source',
    fromSource(answering(plain)),
    { a: anything, b: { ...anything, reading: { knownAt: '2026-01-01T00:00:00Z' } } },
    { code: 'no-answer', answer: 'unsupported', message: expect.stringContaining('fromRecords') },
  ],
])('refused: %s', async (_, reader, input, expected) => {
  const result = await reconcile(reader, input);
  expect(result).toMatchObject({ status: 'refused', ...expected });
  expect(reconcileText(result)).toEqual([expect.stringMatching(/^[A-Z].*\.$/)]);
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    'merges in a circle',
    () =>
      ask(
        {
          a: side('a', {}, { reading: { merges: [...merges, { entityType: 'opportunity', id: 'O3', into: 'O3b' }] } }),
          b: sama,
        },
        deals,
      ),
    'reading.merges',
  ],
  [
    'a currency without a rate',
    () => ask({ a: side('a', {}, { reading: { rates: { currency: 'GBP', per: {} } } }), b: sama }, deals),
    'reading.rates.per',
  ],
  ['an unknown field', () => ask(JSON.parse(JSON.stringify({ a: { ...sama, colour: 1 }, b: sama }))), 'input.a.colour'],
  [
    'records of a rate',
    () =>
      reconcileRecords(fromRecords(world, context), {
        a: side('a', {}, { figure: { stage: 'mql', of: 'step-rate' } }),
        b: sama,
      }),
    'input.a.figure',
  ],
  [
    'records of a source',
    () => reconcileRecords(fromEngine(createMemoryEngine(world), context), { a: sama, b: sama }),
    'ids',
  ],
  [
    'records of a mean',
    () => reconcileRecords(fromRecords(world, context), { a: sama, b: sama, split: 'shapley' }),
    'input.split',
  ],
])('not an input: %s', async (_, run, field) => {
  await expect(run()).rejects.toMatchObject({ name: 'InputError', field, remedy: expect.any(String) });
});
