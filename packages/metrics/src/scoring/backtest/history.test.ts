import { describe, expect, test } from 'vitest';
import { refusal } from '../../testing/refusal.ts';
import { SCORING_MODEL } from '../../testing/scoring-model.ts';
import { scoreLead } from '../index.ts';
import {
  atThreshold,
  auc,
  calibration,
  inHoldout,
  liftByRank,
  proposeThreshold,
  scorePast,
  settle,
  stability,
  thresholdCurve,
  thresholdForCapacity,
  type LeadHistory,
  type ScoredLead,
} from './index.ts';

const at = '2026-03-01T12:00:00Z';
const history: LeadHistory = {
  lead: {
    id: 'L',
    person: { attributes: { title: 'Director' }, knownAt: '2026-02-01' },
    activities: [
      { name: 'demo', at: '2026-02-28T12:00:00Z' },
      { name: 'demo', at: '2026-04-01' },
    ],
  },
  at,
  wonAt: '2026-04-15',
};

describe('leads are scored as of their hand-off', () => {
  test('what came later is left out and counted', () => {
    const { leads, activitiesAfter, undatedFacts } = scorePast(SCORING_MODEL, [history], { axis: 'engagement' });
    const before = { ...history.lead, activities: history.lead.activities.slice(0, 1) };
    const { engagement, rating } = scoreLead(SCORING_MODEL, before, { asOf: at });
    expect(leads).toEqual([{ id: 'L', score: engagement.score, rating, at, wonAt: '2026-04-15' }]);
    expect({ activitiesAfter, undatedFacts }).toEqual({ activitiesAfter: 1, undatedFacts: 0 });
  });

  test('facts without a date are counted, since nothing shows that they are not of today', () => {
    const undated = { ...history, lead: { ...history.lead, person: { attributes: {} } } };
    expect(scorePast(SCORING_MODEL, [undated], { axis: 'fit' }).undatedFacts).toBe(1);
  });

  test('facts of a later day are refused', () => {
    const leaking = { ...history, lead: { ...history.lead, person: { attributes: {}, knownAt: '2026-06-01' } } };
    expect(refusal(() => scorePast(SCORING_MODEL, [history, leaking], { axis: 'fit' }))).toEqual({
      field: 'histories.1.lead.person.knownAt',
      reason: expect.stringContaining('is after the moment of the score'),
      remedy: 'give the facts as they were then',
    });
  });

  test('a lead that was won before its score is refused', () => {
    const late = { ...history, wonAt: '2026-02-01' };
    expect(refusal(() => scorePast(SCORING_MODEL, [late], { axis: 'fit' }))).toEqual({
      field: 'histories.0.wonAt',
      reason: expect.stringContaining('before the score'),
      remedy: expect.stringContaining('hand-off'),
    });
  });
});

const lead = (id: string, month: number, wonAfter?: number): ScoredLead => {
  const start = Date.UTC(2026, month - 1, 1);
  return {
    id,
    score: 50,
    at: new Date(start).toISOString(),
    ...(wonAfter === undefined ? {} : { wonAt: new Date(start + wonAfter * 86_400_000).toISOString() }),
  };
};
const asOf = '2026-07-01T00:00:00Z';

describe('only leads that had the horizon take part', () => {
  // The horizon is 60 days: leads from after 2 May are too young, even those already won.
  const scored = [lead('a', 1, 20), lead('b', 1, 61), lead('c', 2), lead('d', 5, 60), lead('e', 6, 3), lead('f', 6)];

  test('the young are left out, won or not; a win after the horizon is none', () => {
    const settled = settle(scored, { asOf, horizon: { days: 60 } });
    expect(settled.leads.map(({ id, won }) => [id, won])).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
      ['d', true],
    ]);
    expect(settled).toMatchObject({ immature: 2, wonLate: 1, short: true });
    expect(settled.leads.some((past) => 'wonAt' in past)).toBe(false);
  });

  test('without a horizon it is the 90th percentile of the times to win', () => {
    const settled = settle(scored, { asOf });
    // Days 3, 20, 60, 61: at 0.9 · 3 = 2.7 between the third and the fourth.
    expect(settled.horizonMs / 86_400_000).toBeCloseTo(60.7, 9);
    expect(settled).toMatchObject({ short: false, immature: 2, wonLate: 1 });
  });
});

describe('input that cannot be used', () => {
  const past = [
    { id: 'a', score: 10, won: true },
    { id: 'b', score: 5, won: false },
  ];
  const agreement = { model: SCORING_MODEL, axis: 'fit' as const, marketing: 40, sales: 60, chosen: 50, weeks: 4 };
  test.each<[string, () => unknown, string, RegExp]>([
    ['a score that is none', () => auc([...past, { score: Number.NaN, won: true }]), 'leads.2.score', /finite number/],
    ['an outcome that is none', () => auc(JSON.parse('[{"score":1,"won":"yes"}]')), 'leads.0.won', /true or false/],
    ['a lead given twice', () => auc([...past, ...past]), 'leads.2.id', /each lead once/],
    ['a threshold that is none', () => atThreshold(past, Number.NaN), 'threshold', /such as 60/],
    ['one of several', () => thresholdCurve(past, [1, Number.POSITIVE_INFINITY]), 'thresholds.1', /such as 60/],
    ['one group', () => liftByRank(past, 1), 'groups', /from 2/],
    ['a probability of 2', () => calibration([{ probability: 2, won: true }]), 'leads.0.probability', /0 to 1/],
    ['no weeks', () => thresholdForCapacity(past, { perWeek: 4, weeks: 0 }), 'weeks', /how many weeks/],
    ['no capacity', () => thresholdForCapacity(past, { perWeek: 0, weeks: 1 }), 'perWeek', /in a week/],
    [
      'a threshold neither team asks for',
      () => proposeThreshold(past, { ...agreement, chosen: 70 }),
      'chosen',
      /between/,
    ],
    ['no quarter', () => stability(past, 5), 'leads.0.at', /when the lead was scored/],
    ['everything held out', () => inHoldout('a', 1), 'share', /0\.05/],
    ['no horizon and no win', () => settle([lead('a', 1)], { asOf }), 'horizon', /days/],
    ['a horizon of no time', () => settle([lead('a', 1, 3)], { asOf, horizon: { days: 0 } }), 'horizon', /percentile/],
    ['a day that is none', () => settle([{ ...lead('a', 1, 3), at: '1 May' }], { asOf }), 'leads.0.at', /2026-07-01/],
    ['won before its score', () => settle([lead('a', 1, -3)], { asOf }), 'leads.0.wonAt', /hand-off/],
    ['won after all is known', () => settle([lead('a', 6, 40)], { asOf }), 'leads.0.wonAt', /asOf/],
  ])('%s', (_, run, field, remedy) => {
    expect(refusal(run)).toMatchObject({ field, remedy: expect.stringMatching(remedy) });
  });
});
