import type { ActivityEvent, Definition, EntityRecord, StageEvent } from '../contracts/index.ts';
import { OWNER_RIGHTS } from '../contracts/index.ts';
import type { AnswerCase } from './answer-case.ts';
import { differenceCases } from './difference-cases.ts';

export type { AnswerCase } from './answer-case.ts';

const source = (recordId: string) => ({ system: 'crm', recordId });
const activity = (name: string, at: string, part: Partial<ActivityEvent> = {}): ActivityEvent => ({
  name,
  at,
  attributes: {},
  source: source(`${name} ${at} ${part.personId ?? ''}`),
  batch: 'b',
  ...part,
});
const record = (entityType: EntityRecord['entityType'], id: string, part: Partial<EntityRecord> = {}): EntityRecord =>
  ({ attributes: {}, batch: 'b', ...part, entityType, id }) satisfies EntityRecord;
const entered = (entityId: string, stage: string, at: string): StageEvent => ({
  entityType: 'opportunity',
  entityId,
  stage,
  at,
  source: source(`${entityId} ${stage}`),
  batch: 'b',
});

const LEADS: Definition = {
  kind: 'score',
  id: 'leads',
  version: '1.0.0',
  owners: ['marketing', 'sales'],
  fit: {
    criteria: [
      { key: 'role', rules: [{ when: { field: 'attributes.role', eq: 'vp' }, points: 40 }] },
      {
        key: 'industry',
        of: 'account',
        rules: [{ when: { field: 'attributes.industry', eq: 'software' }, points: 40 }],
      },
      { key: 'student', rules: [{ when: { field: 'attributes.mail', matches: '*@student.*' }, points: -30 }] },
    ],
  },
  engagement: {
    signals: [
      { key: 'demo', points: 40, cap: 80 },
      {
        key: 'pricing',
        activity: 'visit',
        where: { field: 'attributes.page', eq: 'pricing' },
        points: 20,
        halfLife: { days: 14 },
      },
    ],
  },
  segments: [{ id: 'vips', where: { field: 'attributes.role', eq: 'vp' } }],
};

const ACCOUNTS: Definition = {
  kind: 'score',
  id: 'accounts',
  version: '1.0.0',
  owners: ['marketing', 'sales'],
  grain: 'account',
  fit: {
    criteria: [
      { key: 'industry', max: 80, rules: [{ when: { field: 'attributes.industry', eq: 'software' }, points: 80 }] },
    ],
  },
  engagement: { signals: [{ key: 'demo', points: 40, cap: 80 }] },
  account: { people: 2, senior: { field: 'attributes.role', eq: 'vp' } },
};

/**
 * At midnight of 31 March: P1 asked for a demo 30 days ago and now (20 + 40); P2 looked at the prices 14 days ago (10)
 * and at another page; P3 asked for a demo on the day that begins now (40); the demo of P4 is a millisecond away.
 */
const leads = {
  records: [
    record('account', 'A1', { attributes: { industry: 'software' } }),
    record('person', 'P1', { accountId: 'A1', attributes: { role: 'vp', mail: 'p1@a.example' } }),
    record('person', 'P2', { accountId: 'A1', attributes: { role: 'intern', mail: 'p2@a.example' } }),
    record('person', 'P3', { attributes: { mail: 'p3@student.example' } }),
    record('person', 'P4', { accountId: 'A2', attributes: { role: 'vp' } }),
  ],
  events: [],
  activities: [
    activity('demo', '2026-03-01T00:00:00Z', { personId: 'P1' }),
    activity('demo', '2026-03-31T02:00:00+02:00', { personId: 'P1' }),
    activity('visit', '2026-03-17T00:00:00Z', { personId: 'P2', attributes: { page: 'pricing' } }),
    activity('visit', '2026-03-18T00:00:00Z', { personId: 'P2', attributes: { page: 'jobs' } }),
    activity('demo', '2026-03-31', { personId: 'P3' }),
    activity('demo', '2026-03-31T00:00:00.001Z', { personId: 'P4' }),
    activity('demo', '2026-03-30T00:00:00Z'),
  ],
  context: {
    definitions: [LEADS, ACCOUNTS],
    rights: OWNER_RIGHTS,
    asOf: '2026-03-31T00:00:00Z',
    timeZone: 'UTC',
  },
};

const rated = (id: string, rating: string, fit: number, engagement: number) => ({
  id,
  rating,
  fit: { score: fit },
  engagement: { score: engagement },
});

/** The counts of the ratings that occur, the others 0. */
const cells = (counts: Readonly<Record<string, number>>) =>
  ['A', 'B', 'C', 'D'].flatMap((grade) =>
    [1, 2, 3, 4].map((level) => ({ rating: `${grade}${level}`, count: counts[`${grade}${level}`] ?? 0 })),
  );

const PIPELINE: Definition = {
  kind: 'funnel',
  id: 'pipeline',
  version: '1.0.0',
  owners: ['sales'],
  grain: 'opportunity',
  stages: [
    { key: 'opportunity', owner: 'sales' },
    { key: 'won', owner: 'sales' },
  ],
};

const CREDIT: Definition = {
  kind: 'attribution',
  id: 'credit',
  version: '1.0.0',
  owners: ['marketing', 'sales'],
  model: { model: 'linear' },
  journeys: {
    funnel: 'pipeline',
    opportunityCreation: 'opportunity',
    touches: [
      { event: 'webinar', channel: { is: 'Webinar' }, asset: 'attributes.title', team: 'marketing' },
      { event: ['call', 'meeting'], channel: { is: 'Sales' }, team: 'sales' },
      {
        event: 'visit',
        where: { not: { field: 'attributes.bot', eq: true } },
        channel: 'attributes.channel',
        team: 'marketing',
      },
    ],
  },
  segments: [{ id: 'large', where: { field: 'amount', gte: 200_000 } }],
};

/**
 * O1 of account A is won on 1 February after a webinar, a call and a visit on two people, O2 of account B lost after
 * one visit; O3 has no account and nobody who was touched; O4 is open; O5 is won in March.
 */
const deals = {
  records: [
    record('person', 'p1', { accountId: 'A' }),
    record('person', 'p2', { accountId: 'A' }),
    record('person', 'p3', { accountId: 'B' }),
    record('opportunity', 'O1', { accountId: 'A', amount: 100_001, currency: 'EUR' }),
    record('opportunity', 'O2', { accountId: 'B', amount: 500_000, currency: 'EUR' }),
    record('opportunity', 'O3', { personId: 'p4' }),
    record('opportunity', 'O4', { accountId: 'B' }),
    record('opportunity', 'O5', { personId: 'p3', amount: 300_000, currency: 'USD' }),
  ],
  events: [
    entered('O1', 'opportunity', '2026-01-15T00:00:00Z'),
    entered('O1', 'won', '2026-02-01T12:00:00Z'),
    entered('O2', 'opportunity', '2026-01-20T00:00:00Z'),
    entered('O2', 'lost', '2026-02-10'),
    entered('O3', 'won', '2026-02-20T00:00:00Z'),
    entered('O4', 'opportunity', '2026-02-01T00:00:00Z'),
    entered('O5', 'won', '2026-03-01T00:00:00Z'),
  ],
  activities: [
    activity('webinar', '2026-01-01T10:00:00Z', { personId: 'p1', attributes: { title: 'Intro' } }),
    activity('call', '2026-01-10T10:00:00Z', { personId: 'p2' }),
    activity('visit', '2026-01-20', { personId: 'p1', campaignId: 'c1', attributes: { channel: 'Search' } }),
    activity('visit', '2026-01-21T00:00:00Z', { personId: 'p1', attributes: { channel: 'Search', bot: true } }),
    activity('visit', '2026-01-22T00:00:00Z', { accountId: 'A' }),
    activity('visit', '2026-02-01T12:00:00.001Z', { personId: 'p2', attributes: { channel: 'Search' } }),
    activity('visit', '2026-02-01T00:00:00Z', { personId: 'p3', attributes: { channel: 'Search' } }),
    activity('note', '2026-01-05T00:00:00Z', { personId: 'p1', attributes: { channel: 'Search' } }),
  ],
  context: {
    definitions: [PIPELINE, CREDIT],
    rights: OWNER_RIGHTS,
    asOf: '2026-04-01T00:00:00Z',
    timeZone: 'UTC',
  },
};

const money = (value: number) => ({ value, currency: 'EUR' });
const third = 1 / 3;

/** Every question about single records and about differences worked by hand; run each through an engine's `answer`. @beta */
export function answerCases(): AnswerCase[] {
  return [
    {
      name: 'score: every person by fit of person and account and by what decays, best first',
      ...leads,
      question: { kind: 'score', score: 'leads' },
      expected: {
        status: 'ok',
        definition: { id: 'leads' },
        data: {
          kind: 'score',
          grain: 'person',
          rated: 4,
          cells: cells({ A2: 1, C4: 2, D3: 1 }),
          coverage: (1 + 1 + 30 / 110 + 40 / 110) / 4,
          matching: 4,
          leads: [
            rated('P1', 'A2', 80, 60),
            rated('P2', 'C4', 40, 10),
            rated('P4', 'C4', 40, 0),
            rated('P3', 'D3', 0, 40),
          ],
        },
      },
    },
    {
      name: 'score: of the ratings asked for only so many are listed, and everybody is counted',
      ...leads,
      question: { kind: 'score', score: 'leads', ratings: ['C4', 'D3'], limit: 1 },
      expected: { data: { rated: 4, matching: 3, leads: [{ id: 'P2' }] } },
    },
    {
      name: 'score: a person asked for by id says what would change the rating',
      ...leads,
      question: { kind: 'score', score: 'leads', ids: ['P4'] },
      expected: {
        data: {
          rated: 1,
          leads: [
            {
              id: 'P4',
              changes: [
                { kind: 'signal', key: 'demo', times: 1, rating: 'C3' },
                { kind: 'signal', key: 'pricing', times: 2, rating: 'C3' },
                { kind: 'criterion', key: 'industry', unknown: true, rating: 'A4' },
              ],
            },
          ],
        },
      },
    },
    {
      name: 'score: a segment, at an earlier moment, in words of the record',
      ...leads,
      question: { kind: 'score', score: 'leads', segment: 'vips', asOf: '2026-03-01T00:00:00Z' },
      expected: { data: { segment: { id: 'vips' }, leads: [rated('P1', 'A3', 80, 40), rated('P4', 'C4', 40, 0)] } },
    },
    {
      name: 'score: nobody passes',
      ...leads,
      question: { kind: 'score', score: 'leads', filter: { field: 'owner', eq: 'nobody' } },
      expected: { status: 'empty', code: 'nothing-matches', data: { rated: 0, coverage: null, leads: [] } },
    },
    {
      name: 'score: without the right to single records only the ratings are told',
      ...leads,
      context: { ...leads.context, rights: { ...OWNER_RIGHTS, caps: [] } },
      question: { kind: 'score', score: 'leads', ratings: ['A2'] },
      expected: { status: 'ok', data: { rated: 4, matching: 1 } },
    },
    {
      name: 'score: an account has the engagement of its people, P1 whole and P2 not at all, and one of two is engaged',
      ...leads,
      question: { kind: 'score', score: 'accounts' },
      expected: {
        data: {
          grain: 'account',
          rated: 1,
          leads: [{ ...rated('A1', 'A2', 80, 60), breadth: { engaged: 1, required: 2, senior: true, met: false } }],
        },
      },
    },
    {
      name: 'attribution: a third each by the agreed model, to the cent, with another beside it',
      ...deals,
      question: { kind: 'attribution', attribution: 'credit', period: '2026-02' },
      expected: {
        status: 'ok',
        definition: { id: 'credit' },
        warnings: [{ code: 'no-amount', params: { count: 1 } }],
        data: {
          kind: 'attribution',
          note: 'convention-not-cause',
          choices: { model: { model: 'linear' }, lookback: { days: 180 } },
          source: { funnel: 'pipeline', conversion: 'won', opportunityCreation: 'opportunity', group: 'account' },
          conversions: 2,
          lost: 1,
          amount: money(100_001),
          unattributed: { conversions: 1, share: { k: 1, n: 2 } },
          by: 'channel',
          rows: [
            { key: 'Sales', conversions: third, amount: money(33_334) },
            { key: 'Search', conversions: third, amount: money(33_333) },
            { key: 'Webinar', conversions: third, amount: money(33_334) },
          ],
          sharedJourneys: { both: 1, marketingOnly: 0, salesOnly: 0, neither: 1 },
          excluded: [{ reason: 'after-conversion', touches: 1 }],
          withoutChannel: 1,
          others: [{ model: { model: 'first' } }],
        },
      },
    },
    {
      name: 'attribution: a chain learns from the lost journey, and W-shape knows when the deal was created',
      ...deals,
      question: {
        kind: 'attribution',
        attribution: 'credit',
        period: '2026-02',
        models: [{ model: 'markov' }, { model: 'wShaped' }, { model: 'linear' }],
      },
      expected: {
        data: {
          others: [
            {
              model: { model: 'markov', order: 1 },
              rows: [
                { key: 'Search', conversions: 0.5, amount: money(50_001), removalEffect: 1 },
                { key: 'Sales', conversions: 0.25, amount: money(25_000), removalEffect: 0.5 },
                { key: 'Webinar', conversions: 0.25, amount: money(25_000), removalEffect: 0.5 },
              ],
            },
            {
              model: { model: 'wShaped', middleScope: 'between' },
              rows: [
                { key: 'Sales', conversions: 0.5 },
                { key: 'Webinar', conversions: 0.5 },
                { key: 'Search', conversions: 0 },
              ],
            },
          ],
          spread: [
            { key: 'Search', low: 0, high: 0.5 },
            { key: 'Sales', low: 0.25, high: 0.5 },
            { key: 'Webinar', low: 0.25, high: 0.5 },
          ],
        },
      },
    },
    {
      name: 'attribution: by team, of the large deals of all time, one of them dollars for its person’s visit',
      ...deals,
      question: { kind: 'attribution', attribution: 'credit', by: 'team', segment: 'large' },
      expected: {
        data: {
          segment: { id: 'large' },
          conversions: 1,
          lost: 1,
          amount: { value: 300_000, currency: 'USD' },
          rows: [{ key: 'marketing', conversions: 1, amount: { value: 300_000, currency: 'USD' } }],
        },
      },
    },
    {
      name: 'attribution: nothing was won in the period',
      ...deals,
      question: { kind: 'attribution', attribution: 'credit', period: '2025' },
      expected: { status: 'empty', code: 'nothing-matches', data: { conversions: 0, rows: [] } },
    },
    {
      name: 'attribution: money of two currencies has no sum',
      ...deals,
      question: { kind: 'attribution', attribution: 'credit' },
      expected: {
        flags: ['mixed-currency'],
        data: { conversions: 3, amount: { value: null, reason: 'mixed-currency' } },
      },
    },
    ...differenceCases(),
  ];
}
