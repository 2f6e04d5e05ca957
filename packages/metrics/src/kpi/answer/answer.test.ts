import { expect, test } from 'vitest';
import {
  KpiEnvelope,
  OWNER_RIGHTS,
  type AnswerContext,
  type Definition,
  type EntityRecord,
  type Exchange,
  type Figure,
  type KpiDefinition,
  type KpiQuestion,
  type KpiSource,
  type KpiTile,
  type StageEvent,
} from '../../contracts/index.ts';
import { answerWith, createMemoryEngine } from '../../engine/index.ts';
import { MemoryCounter } from '../../engine/memory.ts';

const pipeline: Definition = {
  kind: 'funnel',
  id: 'pipeline',
  version: '1.0.0',
  grain: 'opportunity',
  owners: ['sales'],
  stages: [
    {
      key: 'engaging',
      owner: 'sales',
    },
    {
      key: 'won',
      owner: 'sales',
    },
  ],
};
const deal = (id: string, amount: number, part: Partial<Omit<EntityRecord, 'entityType'>> = {}): EntityRecord => ({
  entityType: 'opportunity',
  id,
  amount,
  currency: 'EUR',
  attributes: { size: amount > 1500 ? 'large' : 'small' },
  batch: 'b',
  ...part,
});
const entered = (entityId: string, stage: string, at: string): StageEvent => ({
  entityId,
  entityType: 'opportunity',
  stage,
  at,
  batch: 'b',
  source: {
    system: 'crm',
    recordId: `${entityId}-${stage}`,
  },
});
/** Four deals engaged in January; two won in it, one on the first of February in Berlin, one lost; one undated. */
const records = [
  deal('A', 1000),
  deal('B', 3000),
  deal('C', 2000),
  deal('D', 500),
  deal('E', 900, { currentStage: 'engaging' }),
];
const events = [
  entered('A', 'engaging', '2026-01-01T22:30:00Z'),
  entered('A', 'won', '2026-01-11T12:00:00Z'),
  entered('B', 'engaging', '2026-01-05'),
  entered('B', 'won', '2026-01-25'),
  entered('C', 'engaging', '2026-01-10'),
  entered('C', 'won', '2026-01-31T23:30:00Z'),
  entered('D', 'engaging', '2026-01-03'),
  entered('D', 'lost', '2026-01-04'),
];
const cost = (from: string, to: string, value: number, part: Partial<Figure> = {}): Figure => ({
  name: 'cost',
  from,
  to,
  value,
  currency: 'EUR',
  batch: 'b',
  ...part,
});
const figures = [
  cost('2026-01-01', '2026-02-01', 9000),
  cost('2026-01-01', '2026-02-01', 6000),
  cost('2026-02-01', '2026-03-01', 5000),
  cost('2026-01-01', '2026-04-01', 2, { name: 'life', currency: 'EUR' }),
];

const deals = (part: object = {}): KpiSource => ({ records: { of: 'opportunity', funnel: 'pipeline', ...part } });
const won = deals({ during: 'reached.won' });
const kpi = (
  id: string,
  row: string,
  inputs: Record<string, KpiSource>,
  part: Partial<KpiDefinition> = {},
): KpiDefinition => ({
  kind: 'kpi',
  id,
  version: '1.0.0',
  owners: ['sales'],
  formula: {
    kpi: row,
    inputs,
  },
  ...part,
});
const segments = [{ id: 'large', where: { field: 'attributes.size', eq: 'large' } }];
const definitions: Definition[] = [
  pipeline,
  kpi('win-rate', 'winRate.count', { won, lost: deals({ during: 'reached.lost' }) }, { segments }),
  kpi('deal-size', 'avgDealSize', {
    wonAmount: deals({ during: 'reached.won', value: { field: 'amount' } }),
    won,
    amounts: deals({ during: 'reached.won', value: { field: 'amount' } }),
  }),
  kpi('cycle', 'salesCycle', {
    days: deals({ during: 'reached.won', value: { days: { from: 'reached.engaging', to: 'reached.won' } } }),
  }),
  kpi(
    'velocity',
    'pipelineVelocity',
    {
      opportunities: deals({ during: 'reached.engaging' }),
      avgDealSize: { kpi: 'deal-size' },
      winRate: { kpi: 'win-rate' },
      cycleDays: { kpi: 'cycle' },
    },
    { segments },
  ),
  kpi('cohort', 'winRate.cohort', {
    created: { cohort: { funnel: 'pipeline', take: 'entered' } },
    won: { cohort: { funnel: 'pipeline', take: 'reached', window: { days: 15 } } },
    open: { cohort: { funnel: 'pipeline', take: 'open', window: { days: 15 } } },
    lost: { cohort: { funnel: 'pipeline', take: 'lost', window: { days: 15 } } },
  }),
  kpi('cost-of-win', 'cac', { salesMarketingCost: { figure: 'cost' }, newCustomers: won }),
  kpi('cost-before', 'cac', { salesMarketingCost: { figure: 'cost', lag: { months: 1 } }, newCustomers: won }),
  kpi('cost-days-before', 'cac', { salesMarketingCost: { figure: 'cost', lag: { days: 28 } }, newCustomers: won }),
  kpi('life-to-cost', 'ltvToCac', { ltv: { figure: 'life' }, cac: { kpi: 'cost-of-win' } }),
  {
    kind: 'kpi',
    id: 'revenue',
    version: '1.0.0',
    owners: ['sales'],
    revenuePath: ['revenue'],
    suppressBelow: 2,
    formula: {
      measure: {
        of: 'opportunity',
        funnel: 'pipeline',
        value: { field: 'amount' },
        aggregates: ['sum', 'median', 'count'],
      },
      during: 'reached.won',
    },
    targets: [
      {
        period: '2026-Q1',
        value: 12e3,
        currency: 'EUR',
      },
    ],
  },
];

const engine = createMemoryEngine({ records, events, figures }, { now: () => '2026-03-16T00:00:00Z' });
const context: AnswerContext = { definitions, rights: OWNER_RIGHTS, asOf: '2026-03-15', timeZone: 'Europe/Berlin' };

async function answer(
  kpis: string | string[],
  part: Partial<KpiQuestion> = { period: '2026-01' },
  world: Partial<AnswerContext> = {},
  asked = engine,
) {
  const envelope = await asked.answer({ kind: 'kpi', kpis: [kpis].flat(), ...part }, { ...context, ...world });
  // Whatever comes back is an envelope of the contracts.
  const { data, ...head } = KpiEnvelope.parse(envelope);
  const tiles = data?.kpis ?? [];
  return { ...head, data, tiles, tile: tiles[0] };
}
const result = ({ tile }: { tile: KpiTile | undefined }) => tile?.value.result;

test('counts by the local day of the period, with interval, owners and the way to revenue', async () => {
  const { tile, status, definition, engine: name } = await answer('win-rate');
  expect(tile).toMatchObject({
    kpi: 'winRate.count',
    unit: 'share',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    inPeriod: true,
    guardrail: 'winRate.cohort',
    value: { numerator: 2, denominator: 3, flags: ['small-n'] },
  });
  expect(tile?.inputs).toEqual([
    { name: 'won', source: 'records', value: 2 },
    { name: 'lost', source: 'records', value: 1 },
  ]);
  expect({ status, name, id: definition?.id }).toEqual({ status: 'ok', name: 'memory', id: 'win-rate' });
  // In UTC the third deal is won in January.
  expect((await answer('win-rate', { period: '2026-01', timeZone: 'UTC' })).tile?.value.numerator).toBe(3);
});

test('a formula of other KPIs is computed from theirs; a segment reaches all of them', async () => {
  expect(result(await answer('velocity'))?.value).toBeCloseTo((4 * 2000 * (2 / 3)) / 15, 9);
  const large = await answer('velocity', { period: '2026-01', segment: 'large' });
  expect(result(large)).toEqual({ value: (2 * 3000 * 1) / 20 });
  expect(large.data?.segment).toEqual({ id: 'large', label: 'large' });
  const filter = { field: 'id', eq: 'D' };
  expect(result(await answer('velocity', { period: '2026-01', filter }))).toEqual({
    value: null,
    reason: 'zero-denominator',
  });
});

test('times, cohorts and medians', async () => {
  const { tiles } = await answer(['cycle', 'cohort', 'deal-size']);
  expect(tiles.map(({ value }) => value.result.value)).toEqual([15, 0.25, 2000]);
  // One of four won within 15 days, one lost, two still open when the window ended.
  expect(tiles[1]?.inputs.map(({ value }) => value)).toEqual([4, 1, 2, 1]);
  expect(tiles[1]?.value.flags).toEqual(['immature', 'small-n']);
  expect(tiles[2]).toMatchObject({ currency: 'EUR', unit: 'currency' });
  expect(tiles[2]?.value.also).toEqual([{ key: 'median', unit: 'currency', result: { value: 2000 } }]);
});

test('supplied figures: the last one stands, a part of the records has none, a missing month is said', async () => {
  expect(result(await answer('cost-of-win'))).toEqual({ value: 3000 });
  expect(result(await answer('cost-of-win', { period: '2026-02' }))).toEqual({ value: 5000 });
  const quarter = await answer('cost-of-win', { period: '2026-Q1' });
  expect(quarter.tile?.value).toMatchObject({ numerator: 11_000, denominator: 3, flags: ['partial'] });
  expect(result(await answer('cost-of-win', { period: '2026-03' }))).toEqual({ value: null, reason: 'missing-input' });
  const rights = { ...OWNER_RIGHTS, rows: { field: 'owner', eq: 'ann' } };
  expect(result(await answer('cost-of-win', { period: '2026-01' }, { rights }))).toEqual({
    value: null,
    reason: 'whole-only',
  });
  expect(result(await answer('life-to-cost'))).toEqual({ value: 2 / 3000 });
  expect(result(await answer('life-to-cost', { period: '2026-03' }))).toEqual({ value: null, reason: 'missing-input' });
});

test('a figure may be of days before the period, which are whole months where the figures are of months', async () => {
  const months = async (name: string, period: string) => (await answer(name, { period })).tile;
  // Two are won in January and one in February; 6,000 is January's cost, 5,000 February's.
  expect((await months('cost-before', '2026-02'))?.value).toMatchObject({ numerator: 6000, denominator: 1 });
  expect((await months('cost-before', '2026-03'))?.inputs[0]).toMatchObject({ value: 5000 });
  expect((await months('cost-before', '2026-01'))?.value.result).toEqual({ value: null, reason: 'missing-input' });
  // The 28 days before March are February, those before February no month.
  expect((await months('cost-days-before', '2026-02'))?.value.result).toMatchObject({ value: null });
  // A trend asks for several periods at once, and each looks back from itself.
  const { tile } = await answer('cost-before', { period: '2026-Q1', trend: 'month' });
  expect(tile?.trend?.map((step) => step.result)).toMatchObject([
    { reason: 'missing-input' },
    { value: 6000 },
    { reason: 'zero-denominator' },
  ]);
});

test('money of two currencies is not added up', async () => {
  const mixed = createMemoryEngine({ records: [...records, deal('A', 7, { currency: 'USD' })], events, figures });
  const { tile, flags, warnings } = await answer('deal-size', { period: '2026-01' }, {}, mixed);
  expect(tile?.value.result).toEqual({ value: null, reason: 'mixed-currency' });
  expect({ flags, warnings }).toEqual({ flags: ['mixed-currency'], warnings: [{ code: 'mixed-currency' }] });
});

test('money converts at the rate of its day; without a rate for all of it there is no sum', async () => {
  const yen = createMemoryEngine({
    records: [...records, deal('A', 700, { currency: 'JPY' }), deal('B', 1000, { currency: 'USD' })],
    events,
    figures: [...figures, cost('2026-01-01', '2026-02-01', 700, { name: 'ads', currency: 'JPY' })],
  });
  const dollars = [
    { from: 'USD', rate: 0.5, on: '2026-01-01' },
    { from: 'USD', rate: 0.9, on: '2026-01-25' },
    { from: 'USD', rate: 0.1, on: '2026-01-26' },
  ];
  const yens: Exchange['rates'] = [{ from: 'JPY', rate: 0.007, during: ['2026-01-01', '2026-02-01'] }];
  const rates = [...dollars, ...yens];
  const asked = (exchange: Exchange) => answer('deal-size', { period: '2026-01' }, { exchange }, yen);
  // 700 yen are 4.90 euro, 10.00 dollars on the 25th are 9.00 euro.
  expect((await asked({ to: 'EUR', rates })).tile).toMatchObject({
    currency: 'EUR',
    value: { numerator: 490 + 900, denominator: 2, also: [{ result: { value: 695 } }] },
  });
  expect(result(await asked({ to: 'EUR', rates: dollars }))).toMatchObject({ reason: 'mixed-currency' });
  const late = rates.map((rate) => ('on' in rate ? { ...rate, on: '2026-02-01' } : rate));
  expect(result(await asked({ to: 'EUR', rates: late }))).toMatchObject({ reason: 'mixed-currency' });
  const ads = kpi('ads', 'cac', { salesMarketingCost: { figure: 'ads' }, newCustomers: won });
  const world = { definitions: [...definitions, ads], exchange: { to: 'EUR', rates } };
  expect(result(await answer('ads', { period: '2026-01' }, world, yen))).toEqual({ value: 245 });
});

test('a comparison is read at the same age, and a trend computes every step from its own statistics', async () => {
  const { tile, data } = await answer('win-rate', { period: '2026-02', compare: 'previous', trend: 'month' });
  expect(data?.compare).toMatchObject({
    period: { from: '2026-01-01', to: '2026-02-01' },
    asOf: '2026-02-12T22:59:59.999Z',
  });
  expect(tile?.before?.value).toMatchObject({ numerator: 2, denominator: 3 });
  expect(tile?.before?.change).toMatchObject({ difference: expect.closeTo(1 / 3, 9), verdict: 'no-clear-change' });
  const { tile: year } = await answer('win-rate', { period: '2026', trend: 'month' });
  expect(year?.trend?.map(({ from, result: { value } }) => [from, value])).toEqual([
    ['2026-01-01', 2 / 3],
    ['2026-02-01', 1],
    ['2026-03-01', null],
  ]);
  expect(year?.value.result.value).toBe(0.75);
});

test('a formula of one’s own, its target and its pace', async () => {
  const { tile } = await answer('revenue', { period: '2026-Q1' });
  expect(tile).toMatchObject({
    unit: 'currency',
    additivity: 'sum',
    currency: 'EUR',
    value: { result: { value: 6000 }, n: 3 },
  });
  expect(tile?.value.also.map(({ result: { value } }) => value)).toEqual([2000, 3]);
  // 64 weekdays in the quarter, 52 of them over by Sunday, 15 March.
  expect(tile?.target).toMatchObject({ value: 12_000, due: (12_000 * 52) / 64, status: 'off', agreed: false });
  const hours: AnswerContext['hours'] = { timeZone: 'Europe/Berlin', week: { 1: [['09:00', '17:00']] } };
  expect((await answer('revenue', { period: '2026-Q1' }, { hours })).tile?.target?.elapsed).toBe(10 / 13);
  expect((await answer('revenue')).tile?.target).toBeUndefined();
});

test('means differ clearly or not by the spread behind them', async () => {
  const mean: KpiDefinition = {
    kind: 'kpi',
    id: 'mean',
    version: '1.0.0',
    owners: ['sales'],
    revenuePath: ['revenue'],
    segments,
    formula: {
      measure: {
        of: 'opportunity',
        value: { field: 'amount' },
        aggregates: ['mean'],
      },
    },
  };
  const part = { compare: { segment: 'large' } };
  const { tile, data } = await answer('mean', part, { definitions: [...definitions, mean] });
  expect(data?.compare?.segment).toEqual({ id: 'large', label: 'large' });
  // 1000, 3000, 2000, 500 and 900 against 3000 and 2000.
  expect(tile?.value).toMatchObject({ result: { value: 1480 }, variance: expect.closeTo(1_027_000, 6), n: 5 });
  expect(tile?.before).toMatchObject({
    value: { variance: 500_000 },
    change: { difference: -1020, verdict: 'no-clear-change' },
  });
  expect(tile?.before?.change?.low).toBeLessThan(-1020);
});

test('what rests on too few is hidden, with everything it could be told from', async () => {
  const { tile } = await answer('revenue', { period: '2026-02' });
  expect(tile?.value).toEqual({ result: { value: null, reason: 'suppressed' }, flags: ['suppressed'], also: [] });
  expect(tile?.inputs).toEqual([]);
});

test.each([
  [{ kpis: ['nothing'] }, 'unknown-definition', /nothing/],
  [{ kpis: ['win-rate'], period: 'soon' }, 'invalid-period', /soon/],
  [{ kpis: ['win-rate'], segment: 'tiny' }, 'unknown-segment', /"tiny" is not defined by KPI "win-rate"; it has large/],
  [{ kpis: ['win-rate'], compare: 'previous' }, 'invalid-question', /set period/],
  [{ kpis: ['win-rate'], trend: 'month' }, 'invalid-question', /set period/],
  [{ kpis: ['win-rate'], period: '2026', trend: 'day' }, 'invalid-question', /365 steps/],
] as const)('%o is refused', async (question, code, message) => {
  const envelope = await engine.answer({ kind: 'kpi', ...question, kpis: [...question.kpis] }, context);
  expect(envelope).toMatchObject({ status: 'error', code });
  expect(envelope.message).toMatch(message);
});

test('an engine that cannot count records for KPIs or has no figures says so, and counts the rest', async () => {
  const whole = new MemoryCounter({ records, events, figures });
  const counter = {
    funnel: whole.funnel.bind(whole),
    entries: whole.entries.bind(whole),
    measure: whole.measure.bind(whole),
  };
  const ask = (id: string): ReturnType<typeof answerWith> =>
    answerWith({ kind: 'kpi', kpis: [id], period: '2026-01' }, context, counter, { name: 'other', now: () => '' });
  expect(await ask('win-rate')).toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('records for KPIs'),
  });
  expect(await ask('cost-of-win')).toMatchObject({ code: 'unsupported', message: expect.stringContaining('"other"') });
  expect(await ask('cohort')).toMatchObject({ status: 'ok', data: { kpis: [{ value: { denominator: 4 } }] } });
});

test('a KPI needs the right to ask, and a row of the catalogue its own kind of question', async () => {
  const rights = { ...OWNER_RIGHTS, scopes: ['funnel'] };
  expect(await answer('win-rate', {}, { rights })).toMatchObject({ status: 'denied', code: 'forbidden' });
  const measure = await engine.answer({ kind: 'measure', measure: 'win-rate' }, context);
  expect(measure).toMatchObject({ code: 'invalid-question' });
});
