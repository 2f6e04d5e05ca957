import { expect, test } from 'vitest';
import {
  LEAD_TO_WON,
  OWNER_RIGHTS,
  createMemoryEngine,
  type AnswerContext,
  type DataSource,
  type EntityRecord,
  type Envelope,
  type FunnelDefinition,
  type FunnelQuestion,
} from '../index.ts';
import { localSource } from '../client/local-source.ts';
import { problem } from '../problem.ts';
import { vectorCases } from '../testing/cases/vectors.ts';
import { journey, record } from '../testing/scene.ts';
import {
  fromEngine,
  fromRecords,
  fromSource,
  reconcile,
  reconcileRecords,
  reconcileText,
  reportQuestion,
  type ReconcileInput,
  type Reconciled,
  type Side,
} from './index.ts';

const context: AnswerContext = {
  definitions: [
    LEAD_TO_WON,
    { ...LEAD_TO_WON, version: '2.0.0', stages: LEAD_TO_WON.stages.filter((s) => s.key !== 'sal') },
  ],
  rights: OWNER_RIGHTS,
  asOf: '2026-03-31T00:00:00Z',
  timeZone: 'UTC',
};
const january: FunnelQuestion = { kind: 'funnel', funnel: 'lead-to-won@1.0.0', period: '2026-01' };
/** The eight leads of the worked vectors (funnel-vectors.json). */
const world = vectorCases()[0] ?? { records: [], events: [] };
const side = (label: string, change: object = {}, part: Partial<Side> = {}): Side => ({
  label,
  figure: { stage: 'mql' },
  question: { ...january, ...change },
  ...part,
});
const sama = side('Sama');

async function explained(input: ReconcileInput, data: Parameters<typeof fromRecords>[0] = world): Promise<Reconciled> {
  const result = await reconcile(fromRecords(data, context), input);
  if (result.status === 'refused') throw new Error(result.message);
  return result;
}
const parts = ({ items }: Reconciled) => items.map(({ causes, amount }) => [causes.join(), amount]);

test('a funnel that skips nobody against one that drops who skipped: 6 and 4 of the worked vectors', async () => {
  const hubspot = {
    ...january,
    ...reportQuestion('hubspot-journey-funnel', { funnel: 'lead-to-won@1.0.0', period: '2026-01' }),
  };
  const result = await explained({ a: sama, b: side('HubSpot', hubspot) });
  expect([result.a.value, result.b.value, result.difference]).toEqual([6, 4, -2]);
  expect(parts(result)).toEqual([['skip-policy', -2]]);
  expect(reconcileText(result)).toEqual([
    'Sama: 6, HubSpot: 4, difference -2.',
    'Skipped stages (impute → strict): -2',
  ]);
});

test('what a report says beyond its known settings is unexplained, never hidden', async () => {
  const result = await explained({ a: sama, b: side('HubSpot', { skipPolicy: 'strict' }, { reported: 9 }) });
  expect(result).toMatchObject({ difference: 3, unexplained: 5, b: { value: 9, answered: 4 } });
  expect(parts(result)).toEqual([['skip-policy', -2]]);
  expect(reconcileText(result).at(-1)).toBe('Unexplained: +5');
  const blind = await explained({ a: sama, b: side('A slide', {}, { reported: 7 }) });
  expect(blind).toMatchObject({ items: [], difference: 1, unexplained: 1 });
});

test('cohort against flow: the policy changes inside the cohort, then the view; both ways', async () => {
  const flow = side('Flow', { view: 'activity' });
  const there = await explained({ a: sama, b: flow });
  expect([there.a.value, there.b.value]).toEqual([6, 5]);
  expect(there.items.map(({ causes }) => causes)).toEqual([['skip-policy'], ['view']]);
  const back = await explained({ a: flow, b: sama });
  expect(back.items.map(({ causes }) => causes)).toEqual([['view'], ['skip-policy']]);
  expect(parts(back).map(([, amount]) => amount)).toEqual(
    parts(there)
      .map(([, amount]) => -Number(amount))
      .toReversed(),
  );
});

test('a setting that changes nothing is named with 0', async () => {
  const result = await explained({ a: sama, b: side('India', { timeZone: 'Asia/Kolkata', window: { days: 90 } }) });
  expect(result.items).toMatchObject([
    { causes: ['time-zone'], from: ['UTC'], to: ['Asia/Kolkata'], amount: 0 },
    { causes: ['window'], from: [null], to: ['90 d'], amount: 0 },
  ]);
});

test('two versions of a definition by their text, or as a whole where it is not known; two periods', async () => {
  const sql = { figure: { stage: 'sql', of: 'step-rate' as const } };
  const versions = await explained({ a: side('Old', {}, sql), b: side('New', { funnel: 'lead-to-won@2.0.0' }, sql) });
  expect(versions.unit).toBe('share');
  expect(versions.items).toMatchObject([{ causes: ['stages'], from: ['lead, mql, sal, sql, opportunity, won: sql'] }]);
  expect(versions.a.value).toBeCloseTo(4 / 5, 12);
  expect(versions.b.value).toBeCloseTo(4 / 6, 12);
  expect(reconcileText(versions)[0]).toBe('Old: 80%, New: 66.7%, difference -13.3 points.');
  const source = localSource(createMemoryEngine(world), context);
  const input = { a: side('Old', {}, sql), b: side('New', { funnel: 'lead-to-won@2.0.0' }, sql) };
  const whole = await reconcile(fromSource(source), input);
  expect(whole).toMatchObject({ items: [{ causes: ['definition'], from: ['lead-to-won@1.0.0 sql'] }] });
  const periods = await explained({
    a: sama,
    b: side('Later', { period: '2026-02', filter: { field: 'id', eq: 'x' } }),
  });
  expect(periods.items.map(({ causes }) => causes.join())).toEqual(['period', 'filter']);
});

test('every field of a definition that counts is a setting of its own', async () => {
  const members = { field: 'id' as const, in: ['L1', 'L2', 'L3'] };
  const other: FunnelDefinition = {
    ...LEAD_TO_WON,
    version: '3.0.0',
    where: members,
    coolingOff: { days: 1 },
    sourcePriority: ['crm'],
    window: { days: 5 },
    segments: [{ id: 'some', where: { field: 'id', eq: 'L1' } }],
  };
  const reader = fromRecords(world, { ...context, definitions: [LEAD_TO_WON, other] });
  const b = side('New', { funnel: 'lead-to-won@3.0.0', segment: 'some' });
  const result = await reconcile(reader, { a: sama, b });
  expect(result.status === 'ok' && result.items.flatMap(({ causes }) => causes)).toEqual([
    'members',
    're-entry',
    'source-priority',
    'filter',
    'window',
  ]);
});

const wonBy = (id: string, at: string, fetchedAt?: string) =>
  journey(`opportunity:${id}`, [`opportunity 2026-01-05`, `won ${at}`]).map((event) =>
    fetchedAt === undefined ? event : { ...event, source: { ...event.source, fetchedAt } },
  );
const deal = (id: string, amount: number, currency: string): EntityRecord =>
  record(`opportunity:${id}`, { amount, currency });
const deals = {
  records: [deal('O1', 10_000, 'EUR'), deal('O2', 20_000, 'USD'), deal('O3', 5000, 'EUR'), deal('O3b', 5000, 'EUR')],
  events: [
    ...wonBy('O1', '2026-01-20'),
    ...wonBy('O2', '2026-01-21'),
    ...wonBy('O3', '2026-01-22', '2026-02-01T00:00:00Z'),
    ...wonBy('O3b', '2026-01-23', '2026-02-02T00:00:00Z'),
  ],
};
const ofDeals: AnswerContext = { ...context, definitions: [{ ...LEAD_TO_WON, grain: 'opportunity' }] };
const merges = [{ entityType: 'opportunity' as const, id: 'O3b', into: 'O3' }];
const rates = (usd: number) => ({ currency: 'EUR', per: { USD: usd } });
const revenue = (label: string, reading: Side['reading']): Side => ({
  label,
  question: january,
  figure: { stage: 'won', of: 'value' },
  ...(reading && { reading }),
});

test('late data, merged records and exchange rates, in money and by hand', async () => {
  const result = await reconcile(fromRecords(deals, ofDeals), {
    a: revenue('Sama', { rates: rates(0.9), merges }),
    b: revenue('Salesforce', { rates: rates(0.8), knownAt: '2026-02-01T00:00:00Z' }),
  });
  if (result.status === 'refused') throw new Error(result.message);
  // 100 + 180 + 50 (O3 and O3b are one) against 100 + 160 + 50 (O3b had not come yet).
  expect([result.a.value, result.b.value]).toEqual([33_000, 31_000]);
  expect(parts(result)).toEqual([
    ['late-data', 0],
    ['identity-merge', 0],
    ['currency', -2000],
  ]);
  expect(reconcileText(result)[0]).toBe('Sama: €330.00, Salesforce: €310.00, difference -€20.00.');
});

test('why each record: known late, counted twice, not in the data, unexplained', async () => {
  const count = (label: string, part: Partial<Side>): Side => ({
    label,
    question: january,
    figure: { stage: 'won' },
    ...part,
  });
  const result = await reconcileRecords(fromRecords(deals, ofDeals), {
    a: count('Sama', { reading: { merges } }),
    b: count('Salesforce', { reading: { knownAt: '2026-01-31T00:00:00Z' }, reported: ['O1', 'O2', 'gone'] }),
  });
  if (result.status === 'refused') throw new Error(result.message);
  expect(result).toMatchObject({
    a: { value: 3 },
    b: { value: 3, answered: 2 },
    difference: 0,
    unexplained: 1,
    unlisted: 0,
  });
  expect(result.records).toEqual([
    { id: 'O3', a: 1, b: 0, why: [{ causes: ['late-data'], change: -1 }] },
    { id: 'gone', a: 0, b: 1, why: [{ causes: ['not-in-data'], change: 1 }] },
  ]);
  const twice = await reconcileRecords(fromRecords(deals, ofDeals), {
    a: count('Sama', { reading: { merges } }),
    b: count('Salesforce', { reading: { merges }, reported: ['O1', 'O3', 'O3b', 'O3b'] }),
  });
  expect(twice.status === 'ok' && twice.records).toEqual([
    { id: 'O2', a: 1, b: 0, why: [{ causes: ['unexplained'], change: -1 }] },
    { id: 'O3b', a: 0, b: 2, why: [{ causes: ['identity-merge'], change: 2 }] },
  ]);
  expect(reconcileText(twice).slice(-2)).toEqual(['O2: Unexplained -1', 'O3b: Merged records +2']);
});

test('the clock may go on between two questions', async () => {
  let minute = 0;
  const engine = createMemoryEngine(world);
  const source: DataSource = {
    query: (question) => engine.answer(question, { ...context, asOf: `2026-03-31T00:0${minute++ % 10}:00Z` }),
    command: async () => ({ status: 'refused', message: '' }),
    subscribe: () => () => undefined,
  };
  const result = await reconcile(fromSource(source), { a: sama, b: side('B', { skipPolicy: 'strict' }) });
  expect(result.status === 'ok' && parts(result)).toEqual([['skip-policy', -2]]);
  expect(result.status === 'ok' && result.asked).toBe(2);
});

test('measures and named figures differ by filter and definition', async () => {
  const measure = { of: 'opportunity' as const, aggregates: ['count' as const] };
  const counted = (filter: object): Side => ({
    label: 'x',
    figure: { aggregate: 'count' },
    question: { kind: 'measure', measure, ...filter },
  });
  const input = { a: counted({}), b: counted({ filter: { field: 'currency', eq: 'USD' } }) };
  const result = await reconcile(fromEngine(createMemoryEngine(deals), ofDeals), input);
  expect(result.status === 'ok' && parts(result)).toEqual([['filter', -3]]);
});

const answering = (envelope: Envelope): DataSource => ({
  query: async () => envelope,
  command: async () => ({ status: 'refused', message: '' }),
  subscribe: () => () => undefined,
});
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
  const nobody = await explained({ a: sama, b: side('Nobody', { filter: { field: 'id', eq: 'nobody' } }) });
  expect(parts(nobody)).toEqual([['filter', -6]]);
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
      explained(
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
    () => explained({ a: side('a', {}, { reading: { rates: { currency: 'GBP', per: {} } } }), b: sama }, deals),
    'reading.rates.per',
  ],
  ['an unknown field', () => explained(JSON.parse(JSON.stringify({ a: { ...sama, colour: 1 }, b: sama }))), 'input.a'],
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
