import { expect, test } from 'vitest';
import {
  LEAD_TO_WON,
  createMemoryEngine,
  type ActivityEvent,
  type Definition,
  type FunnelDefinition,
  type Question,
} from '../index.ts';
import {
  context,
  deals,
  january,
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
  reportQuestion,
  type ReconcileInput,
  type Reconciled,
  type Side,
} from './index.ts';

async function explained(input: ReconcileInput): Promise<Reconciled> {
  const result = await reconcile(fromRecords(world, context), input);
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
  const engine = createMemoryEngine(world);
  const source = sourceOf((question) => engine.answer(question, context));
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
  const source = sourceOf((question) =>
    engine.answer(question, { ...context, asOf: `2026-03-31T00:0${minute++ % 10}:00Z` }),
  );
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

test('a mean over all orders shares what two settings do together, and a funnel of events has settings too', async () => {
  const visit = (personId: string, name: string, at: string): ActivityEvent => {
    return {
      name,
      at,
      personId,
      attributes: {},
      source: { system: 'web', recordId: `${personId} ${at}` },
      batch: 'b1',
    };
  };
  const activities = [
    visit('P1', 'visit', '2026-01-31T20:00:00Z'),
    visit('P1', 'order', '2026-02-02T10:00:00Z'),
    visit('P2', 'visit', '2026-01-10T10:00:00Z'),
    visit('P2', 'order', '2026-01-11T10:00:00Z'),
  ];
  const shop: Definition = {
    kind: 'funnel',
    mode: 'event',
    id: 'shop',
    version: '1.0.0',
    owners: ['both'],
    steps: ['visit', 'order'].map((event) => ({ id: event, event })),
  };
  const asked = (change: object): Side => ({
    label: 'x',
    figure: { stage: 'order' },
    question: { kind: 'eventFunnel', funnel: 'shop', period: '2026-02', ...change },
  });
  const reader = fromRecords({ activities }, { ...context, definitions: [shop] });
  // P1 came on the first of February in Tokyo; all of 2026 holds both in either zone.
  const input = { a: asked({}), b: asked({ period: '2026', timeZone: 'Asia/Tokyo' }) };
  expect(await reconcile(reader, input)).toMatchObject({
    items: [
      { causes: ['time-zone'], amount: 1, after: 1 },
      { causes: ['period'], amount: 1, after: 2 },
    ],
  });
  expect(await reconcile(reader, { ...input, split: 'shapley' })).toMatchObject({
    items: [
      { causes: ['time-zone'], amount: 0.5 },
      { causes: ['period'], amount: 1.5 },
    ],
  });
});

test('a difference of amounts is told in the currency that is asked for, where rates lead to it', async () => {
  const engine = createMemoryEngine(deals);
  const exchange = { to: 'EUR', rates: [{ from: 'USD', rate: 0.5, on: '2025-01-01' }] };
  const of = (part: object): Question => {
    const whom = { funnel: 'lead-to-won@1.0.0', stage: 'won' };
    const [a, b] = [
      { ...whom, period: '2026-01' },
      { ...whom, period: '2025-12', reported: 10_000 },
    ];
    return { kind: 'difference', of: 'value', a, b, records: 5, ...part };
  };
  const told = async (part: object) => {
    const { code, data } = await engine.answer(of(part), { ...ofDeals, exchange });
    if (data?.kind !== 'difference') return code;
    const { currency, a, b, items, unexplained } = data;
    return [currency, a.value, b.value, items.map(({ amount }) => amount), unexplained];
  };
  expect(await told({})).toEqual(['EUR', 30_000, 10_000, [-30_000], 10_000]);
  expect(await told({ currency: 'USD' })).toEqual(['USD', 60_000, 10_000, [-60_000], 10_000]);
  expect(await told({ currency: 'GBP' })).toBe('invalid-question');
});
