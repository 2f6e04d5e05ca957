import type { Envelope } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { envelopeText } from './envelope.ts';

const textOf = (data: NonNullable<Envelope['data']>): string =>
  envelopeText({ v: 1, status: 'ok', flags: [], warnings: [], data }, 'UTC');

const Q3 = { text: '2026-Q3', from: '2026-07-01', to: '2026-10-01' };
const definition = { id: 'x', version: '1.0.0', hash: 'a'.repeat(64) };
const shared = { definition, additivity: 'ratio' as const, owners: ['sales' as const], aspect: 'win-rate' as const };
const value = { flags: [], also: [] };

test('KPIs read by section, against their comparison and target', () => {
  const text = textOf({
    kind: 'kpi',
    period: Q3,
    timeZone: 'UTC',
    compare: { period: { ...Q3, text: '2026-Q2' }, asOf: '2026-07-16T06:00:00Z' },
    kpis: [
      {
        ...shared,
        id: 'win-rate',
        label: 'Win \u001B[31mrate',
        unit: 'share',
        direction: 'up',
        revenuePath: [],
        inPeriod: true,
        inputs: [],
        value: { ...value, result: { value: 0.455, low: 0.317, high: 0.599 }, numerator: 20, denominator: 44 },
        before: {
          value: { ...value, result: { value: 0.412 }, numerator: 14, denominator: 34 },
          change: { difference: 0.043, low: 0.01, high: 0.08, verdict: 'up' },
        },
        target: {
          period: Q3,
          value: 0.45,
          due: 0.45,
          elapsed: 1,
          status: 'on',
          promisedBy: 'sales',
          agreed: false,
        },
      },
      {
        ...shared,
        id: 'few',
        label: 'Few',
        unit: 'share',
        direction: 'up',
        revenuePath: [],
        inPeriod: true,
        inputs: [],
        value: { ...value, result: { value: 6 / 7, low: 0.4, high: 0.97 }, numerator: 6, denominator: 7 },
      },
      {
        ...shared,
        id: 'size',
        label: 'Deal size',
        section: 'Deals',
        unit: 'currency',
        currency: 'EUR',
        direction: 'up',
        revenuePath: [],
        inPeriod: true,
        inputs: [],
        value: { ...value, result: { value: 1_033_500 } },
        before: {
          value: { ...value, result: { value: null, reason: 'mixed-currency' } },
        },
      },
      {
        ...shared,
        id: 'days',
        label: 'Days',
        section: 'Deals',
        unit: 'days',
        direction: 'down',
        revenuePath: [],
        inPeriod: true,
        inputs: [],
        value: { ...value, result: { value: null, reason: 'not-reached', above: 12.34 } },
        target: { period: Q3, value: { low: 1, high: 3 }, elapsed: 1, status: 'unknown', agreed: true },
      },
    ],
  });
  expect(text).toMatchInlineSnapshot(`
    "In 2026-Q3 (2026-07-01 to before 2026-10-01) · compared with 2026-Q2 as it stood on 2026-07-16

    KPI        Value     95 % interval  Before  Change     Target  Due by now  Status
    Win rate  45.5 %  31.7 % to 59.9 %  41.2 %  ▲ 4.3 pts  45.0 %      45.0 %  on target, promised by sales, not agreed yet
    Few       6 of 7

    Deals
    KPI                               Value            Before           Target  Status
    Deal size                    €10,335.00  no exchange rate
    Days       not reached, above 12.3 days                    1 day to 3 days  not known
    "
  `);
});

test('a single KPI says what it is made of, what stands beside it, and its trend', () => {
  const text = textOf({
    kind: 'kpi',
    timeZone: 'UTC',
    kpis: [
      {
        ...shared,
        id: 'speed',
        label: 'Speed',
        formula: 'median(days)',
        note: 'Never is never.',
        unit: 'days',
        direction: 'down',
        revenuePath: [],
        inPeriod: false,
        inputs: [
          { name: 'days', source: 'records' },
          { name: 'cost', source: 'figure', missing: true },
          { name: 'won', source: 'records', value: 1234 },
        ],
        value: {
          flags: [],
          result: { value: 1 },
          also: [{ key: 'unanswered', unit: 'share', result: { value: 0.125 } }],
        },
        trend: [
          { from: '2026-07-01', to: '2026-08-01', result: { value: 2.04 }, due: 3 },
          { from: '2026-08-01', to: '2026-08-10', result: { value: null, reason: 'insufficient-data' }, partial: true },
        ],
      },
    ],
  });
  expect(text).toMatchInlineSnapshot(`
    "As it stands

    KPI    Value
    Speed  1 day

    = median(days)
    Never is never.

    Input      Value  From
    days              records
    cost   not known  figure
    won        1,234  records

    Beside       Value
    unanswered  12.5 %

    From        To before             Value     Due
    2026-07-01  2026-08-01           2 days  3 days
    2026-08-01  2026-08-10  not enough data          not whole
    "
  `);
});

test('ratings read as their counts and the best leads with their reasons', () => {
  const line = (label: string, points: number) => ({ kind: 'criterion' as const, key: label, label, points });
  const text = textOf({
    kind: 'score',
    label: 'Lead rating',
    grain: 'person',
    bands: { grade: { A: 75, B: 50, C: 25 }, level: { 1: 75, 2: 50, 3: 25 } },
    timeZone: 'UTC',
    rated: 30,
    cells: [
      { rating: 'A1', grade: 'A', level: 1, action: 'handoff', count: 2 },
      { rating: 'B2', grade: 'B', level: 2, action: 'nurture', count: 0 },
      { rating: 'D4', grade: 'D', level: 4, action: 'none', count: 28 },
    ],
    coverage: 0.5,
    matching: 2,
    leads: [
      {
        id: 'p1',
        model: definition,
        asOf: '2026-06-16T06:00:00Z',
        fit: { score: 80, coverage: 1, unknown: [], contributions: [line('Size', 60), line('Region', 20)] },
        engagement: {
          score: 72.288,
          contributions: [line('Demo', 55.35), line('Calls', 16.9), line('Unsubscribed', -0.05)],
        },
        grade: 'A',
        level: 1,
        rating: 'A1',
        action: 'handoff',
        changes: [
          { kind: 'signal', key: 'visit', label: 'Visits', times: 3, rating: 'B1' },
          { kind: 'criterion', key: 'c', label: 'Budget', rule: 0, unknown: true, rating: 'A2' },
          { kind: 'time', days: 14, rating: 'A3' },
        ],
      },
    ],
  });
  expect(text).toMatchInlineSnapshot(`
    "Lead rating
    30 people rated · fit known by 50.0 %

    Rating  Count  Action
    A1          2  handoff
    D4         28  none

    Leads (1 of 2)
    Id  Rating   Fit  Engagement    Known  Because of
    p1  A1      80.0        72.3  100.0 %  Size +60.0, Demo +55.4, Region +20.0, Calls +16.9, and 1 more

    What alone would change the rating of p1
      B1: 3 more Visits
      A2: Budget, which is not known yet
      A3: 14 days without a new activity
    "
  `);
});

test('attribution reads by model, with who got nothing and what was left out', () => {
  const money = { value: 100_000, currency: 'EUR' };
  const text = textOf({
    kind: 'attribution',
    label: 'Customers by channel',
    choices: { model: { model: 'linear' }, lookback: 'none', duplicates: 'none', sourcePriority: [], by: 'channel' },
    note: 'convention-not-cause',
    source: { funnel: 'lead-to-won', conversion: 'won', group: 'person' },
    period: Q3,
    timeZone: 'UTC',
    conversions: 4,
    lost: 7,
    amount: money,
    unattributed: {
      conversions: 1,
      amount: { value: null, reason: 'no-value' },
      share: { value: 0.25, low: 0.05, high: 0.7, k: 1, n: 4 },
    },
    by: 'channel',
    rows: [
      { key: 'demo', conversions: 2.5, amount: money, removalEffect: 0.744 },
      { key: null, conversions: 0.5, amount: { value: null, reason: 'mixed-currency' } },
    ],
    sharedJourneys: {
      both: 1,
      marketingOnly: 1,
      salesOnly: 1,
      neither: 1,
      share: { value: 0.25, low: 0.05, high: 0.7, k: 1, n: 4 },
    },
    excluded: [
      { reason: 'after-conversion', touches: 3 },
      { reason: 'duplicate', touches: 0 },
    ],
    withoutChannel: 0,
    others: [{ model: { model: 'timeDecay' }, rows: [{ key: 'demo', conversions: 3, amount: money }] }],
    spread: [{ key: 'demo', conversions: [2.5, 3], low: 2.5, high: 3 }],
  });
  expect(text).toMatchInlineSnapshot(`
    "Customers by channel
    Conversions to won in 2026-Q3 (2026-07-01 to before 2026-10-01) · model linear
    Credit is a convention of the model, not proof of cause.

    Channel     Conversions            Amount  Lost without it  by time decay    Models say
    demo               2.50         €1,000.00           74.4 %           3.00  2.50 to 3.00
    (not said)         0.50  no exchange rate                            0.00
    Nobody                1         no amount
    All                   4         €1,000.00

    Journeys: both teams 1 (1 of 4), marketing alone 1, sales alone 1, neither 1
    Touches left out: 3 after the conversion
    "
  `);
});

test('a funnel of events reads step by step, with time, trend, breakdown and correlation', () => {
  const rate = (k: number, n: number) => ({ value: k / n, low: 0.1, high: 0.9, k, n });
  const step = (id: string, label: string, n: number, optional = false) => ({
    id,
    label,
    optional,
    count: n,
    ...(id === 'visit' ? {} : { stepRate: rate(n, 40) }),
    cumulativeRate: rate(n, 40),
    outcomes: { advanced: n - 1, open: 1, dropped: 0 },
  });
  const text = textOf({
    kind: 'eventFunnel',
    label: 'Visit to demo',
    source: 'activities',
    actor: 'person',
    order: 'ordered',
    unit: 'actor',
    pick: 'earliest',
    tries: 'first',
    repeats: 'pass',
    returns: 'pass',
    sameInstant: 'any-order',
    window: { ms: 180 * 86_400_000, end: 'inclusive', anchor: 'entry', grain: 'instant' },
    period: Q3,
    timeZone: 'UTC',
    steps: [step('visit', 'Visit', 40), step('mail', 'Mail', 12, true), step('demo', 'Demo', 4)],
    outcomes: { entered: 40, converted: 4, open: 30, dropped: 6 },
    ratio: { value: 0.1 },
    time: {
      from: 'visit',
      to: 'demo',
      n: 4,
      mean: { value: 86_400_000 * 3 },
      median: { value: 86_400_000 * 2.5 },
      p90: { value: null, reason: 'insufficient-data' },
      histogram: [],
    },
    trend: {
      interval: 'month',
      rows: [
        {
          from: '2026-07-01T00:00:00.000Z',
          to: '2026-08-01T00:00:00.000Z',
          entered: 40,
          converted: 4,
          open: 30,
          dropped: 6,
          rate: rate(4, 40),
        },
      ],
    },
    breakdown: {
      field: 'attributes.region',
      of: 'actor',
      limit: 2,
      groups: [
        { key: 'north', other: false, steps: [step('visit', '', 30), step('mail', '', 10), step('demo', '', 3)] },
        { key: null, other: true, steps: [step('visit', '', 10), step('mail', '', 2), step('demo', '', 1)] },
      ],
    },
    correlation: {
      of: 'events',
      converted: 4,
      dropped: 6,
      rows: [{ key: 'call', converted: 3, dropped: 1, odds: 4.567, direction: 'success' }],
    },
  });
  expect(text).toMatchInlineSnapshot(`
    "Visit to demo
    First steps in 2026-Q3 (2026-07-01 to before 2026-10-01) · 180 d to convert · each actor counts · order ordered

    Step             Count  Step rate  95 % interval   Of all  Advanced  Open  Dropped
    Visit               40                            100.0 %        39     1        0
    Mail (optional)     12     30.0 %    10.0–90.0 %   30.0 %        11     1        0
    Demo                 4     10.0 %    10.0–90.0 %   10.0 %         3     1        0

    Conversions for each entry: 0.1

    From Visit to Demo, 4 times: mean 3 d, median 2.5 d, 90 % within –

    By month from     Entered  Converted  Open  Dropped    Rate
    2026-07-01 00:00       40          4    30        6  10.0 %

    attributes.region  Visit  Mail  Demo  Of all
    north                 30    10     3   7.5 %
    (all others)          10     2     1   2.5 %

    Of 4 who converted and 6 who dropped, those with
    Event  Converted  Dropped  Odds  Goes
    call           3        1  4.57  with success
    "
  `);
});

test('records read one by one, with the page they are on', () => {
  const text = textOf({
    kind: 'records',
    label: 'Lead to won',
    view: 'cohort',
    grain: 'person',
    unit: 'entity',
    entryPolicy: 'first',
    skipPolicy: 'impute',
    period: Q3,
    timeZone: 'Europe/Berlin',
    stage: { key: 'sal', label: 'SAL' },
    outcome: 'lost',
    fields: ['amount', 'currency', 'attributes.region'],
    sort: { by: 'entered', descending: true },
    total: 11,
    offset: 2,
    records: [
      { id: 'p1', entered: '2026-07-01T22:30:00.000Z', outcome: 'lost', values: [125_050, 'EUR', 'DACH'] },
      { id: 'p2', entered: null, outcome: 'lost', values: [null, null, 12] },
    ],
  });
  expect(text).toMatchInlineSnapshot(`
    "Lead to won
    Those of the cohort in 2026-Q3 (2026-07-01 to before 2026-10-01) who reached SAL · outcome lost

    Id  Entered           Outcome     amount  currency  attributes.region
    p1  2026-07-02 00:30  lost     €1,250.50  EUR                    DACH
    p2  not known         lost                                         12

    3 to 4 of 11; go on with --offset 4
    "
  `);
});
