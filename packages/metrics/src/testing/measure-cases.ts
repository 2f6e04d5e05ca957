import type { Definition, EntityRecord, MeasureAnswer, MeasureQuestion, StageEvent } from '../contracts/index.ts';

/** A measure question whose answer was worked out by hand. @beta */
export interface MeasureCase {
  name: string;
  records: readonly EntityRecord[];
  events: readonly StageEvent[];
  definitions: readonly Definition[];
  question: MeasureQuestion;
  expected: Partial<Pick<MeasureAnswer, 'unit' | 'currency' | 'values' | 'rate' | 'groups'>>;
}

const PIPELINE: Definition = {
  kind: 'funnel',
  id: 'pipeline',
  version: '1.0.0',
  owners: ['sales'],
  grain: 'opportunity',
  stages: [
    { key: 'engaging', owner: 'sales' },
    { key: 'won', owner: 'sales' },
  ],
};

const WIN_RATE: Definition = {
  kind: 'kpi',
  id: 'win-rate',
  version: '1.0.0',
  owners: ['sales'],
  revenuePath: ['won', 'revenue'],
  formula: {
    ratio: {
      numerator: { of: 'opportunity', funnel: 'pipeline', where: { field: 'stage', eq: 'won' }, aggregates: ['count'] },
      denominator: {
        of: 'opportunity',
        funnel: 'pipeline',
        where: { field: 'stage', in: ['won', 'lost'] },
        aggregates: ['count'],
      },
    },
  },
};

const deal = (id: string, part: Partial<Omit<EntityRecord, 'entityType'>> = {}): EntityRecord => ({
  entityType: 'opportunity',
  id,
  attributes: {},
  batch: 'b',
  ...part,
});
const entered = (entityId: string, stage: string, at: string): StageEvent => ({
  entityId,
  entityType: 'opportunity',
  stage,
  at,
  source: { system: 'crm', recordId: `${entityId}-${stage}` },
  batch: 'b',
});

/** Five deals: three won (one dated by the day), one lost, one only known to be engaging. */
const records = [
  deal('A', {
    amount: 1000,
    currency: 'EUR',
    owner: 'ann',
    attributes: { size: 10, plan: 'gold', signed: '2026-02-01' },
  }),
  deal('B', {
    amount: 3000,
    currency: 'EUR',
    owner: 'bob',
    attributes: { size: 2.5, plan: 'Gold_1', signed: '2026-01-31T23:30:00Z' },
  }),
  deal('C', { amount: 2000, currency: 'EUR', owner: 'ann', attributes: { size: '10', plan: null } }),
  deal('D', { owner: 'ann', attributes: { vip: true } }),
  deal('E', { currentStage: 'engaging', attributes: {} }),
];
const events = [
  entered('A', 'engaging', '2026-01-01T22:30:00Z'),
  entered('A', 'won', '2026-01-11T12:00:00Z'),
  entered('B', 'engaging', '2026-01-05'),
  entered('B', 'won', '2026-01-25'),
  entered('C', 'engaging', '2026-01-10'),
  entered('C', 'won', '2026-01-15T23:30:00Z'),
  entered('D', 'engaging', '2026-01-03'),
  entered('D', 'lost', '2026-01-04'),
];

const world = { records, events, definitions: [PIPELINE, WIN_RATE] };
const asked = (measure: MeasureQuestion['measure'], part: Partial<MeasureQuestion> = {}): MeasureQuestion => ({
  kind: 'measure',
  asOf: '2026-03-01T00:00:00Z',
  timeZone: 'Europe/Berlin',
  measure,
  ...part,
});
const value = (name: string, result: number): { name: string; result: { value: number } } => ({
  name,
  result: { value: result },
});

/** Every measure worked by hand; run each through an engine's `answer`. @beta */
export function measureCases(): MeasureCase[] {
  return [
    {
      name: 'amounts: sum, mean and type 7 quantiles in minor units; a deal without amount counts nowhere',
      ...world,
      question: asked({
        of: 'opportunity',
        value: { field: 'amount' },
        aggregates: ['count', 'sum', 'mean', 'median', 'min', 'max', { quantile: 0.25 }],
      }),
      expected: {
        unit: 'minor',
        currency: 'EUR',
        values: [
          value('count', 3),
          value('sum', 6000),
          value('mean', 2000),
          value('median', 2000),
          value('min', 1000),
          value('max', 3000),
          value('p25', 1500),
        ],
      },
    },
    {
      name: 'days: calendar days in the reporting zone, where A engaged on 1 January at 23:30 and C won on the 16th at 00:30',
      ...world,
      question: asked({
        of: 'opportunity',
        funnel: 'pipeline',
        where: { field: 'stage', eq: 'won' },
        value: { days: { from: 'reached.engaging', to: 'reached.won' } },
        aggregates: ['count', 'sum', 'min', 'median', 'max'],
      }),
      expected: {
        unit: 'days',
        values: [value('count', 3), value('sum', 36), value('min', 6), value('median', 10), value('max', 20)],
      },
    },
    {
      name: 'days between a day and an instant of the attributes: B signed on 1 February in Berlin',
      ...world,
      question: asked({
        of: 'opportunity',
        funnel: 'pipeline',
        value: { days: { from: 'reached.won', to: 'attributes.signed' } },
        aggregates: ['count', 'min', 'max'],
      }),
      expected: { values: [value('count', 2), value('min', 7), value('max', 21)] },
    },
    {
      name: 'stage: where each stands; a record without dates stands where its source says',
      ...world,
      question: asked({ of: 'opportunity', funnel: 'pipeline', aggregates: ['count'], by: 'stage' }),
      expected: {
        unit: 'count',
        values: [value('count', 5)],
        groups: [
          { key: 'won', count: 3 },
          { key: 'engaging', count: 1 },
          { key: 'lost', count: 1 },
        ],
      },
    },
    {
      name: 'a named ratio: 3 won of 4 closed',
      ...world,
      question: asked('win-rate'),
      expected: { unit: 'ratio', values: [value('ratio', 0.75)] },
    },
    {
      name: 'a ratio narrowed by the question',
      ...world,
      question: asked('win-rate@1.0.0', { filter: { field: 'owner', eq: 'ann' } }),
      expected: { values: [value('ratio', 2 / 3)] },
    },
    {
      name: 'asOf: on 10 January nothing is won, and C has engaged that day',
      ...world,
      question: asked(
        { of: 'opportunity', funnel: 'pipeline', aggregates: ['count'], by: 'stage' },
        { asOf: '2026-01-10T12:00:00Z' },
      ),
      expected: {
        groups: [
          { key: 'engaging', count: 4 },
          { key: 'lost', count: 1 },
        ],
      },
    },
    {
      name: 'criteria are typed: the text "10" is not the number 10',
      ...world,
      question: asked({
        of: 'opportunity',
        where: { field: 'attributes.size', gte: 2.5 },
        value: { field: 'attributes.size' },
        aggregates: ['count', 'sum'],
      }),
      expected: { unit: 'number', values: [value('count', 2), value('sum', 12.5)] },
    },
    {
      name: 'matches: a wildcard without regard to case; _ and % mean themselves',
      ...world,
      question: asked({
        of: 'opportunity',
        where: { field: 'attributes.plan', matches: 'gold_?' },
        aggregates: ['count'],
      }),
      expected: { values: [value('count', 1)] },
    },
    {
      name: 'within and not: signed in the last 28 days, or not signed at all',
      ...world,
      question: asked({
        of: 'opportunity',
        where: {
          any: [
            { field: 'attributes.signed', within: { days: 28 } },
            { not: { field: 'attributes.signed', present: true } },
          ],
        },
        aggregates: ['count'],
      }),
      expected: { values: [value('count', 4)] },
    },
    {
      name: 'nothing matches: a count of 0, and no mean',
      ...world,
      question: asked({
        of: 'opportunity',
        where: { field: 'owner', eq: 'zoe' },
        value: { field: 'amount' },
        aggregates: ['count', 'sum', 'mean'],
      }),
      expected: {
        values: [
          value('count', 0),
          value('sum', 0),
          { name: 'mean', result: { value: null, reason: 'insufficient-data' } },
        ],
      },
    },
    {
      name: 'two currencies have no sum',
      ...world,
      records: [...records, deal('F', { amount: 5, currency: 'USD' })],
      question: asked({ of: 'opportunity', value: { field: 'amount' }, aggregates: ['count', 'sum'] }),
      expected: { values: [value('count', 4), { name: 'sum', result: { value: null, reason: 'mixed-currency' } }] },
    },
  ];
}
