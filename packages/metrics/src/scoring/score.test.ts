import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Criteria } from '../contracts/index.ts';
import { SCORING_MODEL } from '../testing/scoring-model.ts';
import { DAY_MS } from '../time/index.ts';
import { decidedly } from './decided.ts';
import { factsReader, holds } from './fit.ts';
import {
  decayed,
  gradeOf,
  levelOf,
  scoreAccount,
  scoreLead,
  scoreText,
  shownPoints,
  whatWouldChange,
  type Activity,
  type Lead,
  type RatingChange,
  type ScoringModel,
} from './index.ts';

const SEED = { seed: 20_260_131 };
const asOf = '2026-07-01T12:00:00.000Z';
const at = (daysAgo: number): string => new Date(Date.parse(asOf) - Math.round(daysAgo * DAY_MS)).toISOString();

const arbitraryActivity: fc.Arbitrary<Activity> = fc.record({
  name: fc.constantFrom('demo', 'visit', 'click', 'open', 'unsubscribe', 'unheard-of'),
  at: fc.double({ min: 0, max: 120, noNaN: true }).map(at),
  attributes: fc.constantFrom({ page: '/pricing' }, { page: '/' }),
});
const maybe = <T>(...values: T[]): fc.Arbitrary<T | null> => fc.constantFrom(...values, null);
const arbitraryLead: fc.Arbitrary<Lead> = fc.record({
  id: fc.constant('L'),
  person: fc.record({
    attributes: fc.record({
      title: maybe('Director of sales', 'Clerk'),
      department: maybe('operations', 'legal'),
      mail: maybe('a@rival.example', 'b@buyer.example'),
    }),
  }),
  account: fc.record({ attributes: fc.record({ size: maybe(300, 60, 5), country: maybe('DE', 'XX') }) }),
  activities: fc.array(arbitraryActivity, { maxLength: 30 }),
});

/** The rating of a lead to which a change happens, so many times or days. */
function changed(change: RatingChange, lead: Lead, n: number): string {
  if (change.kind === 'time') return scoreLead(SCORING_MODEL, lead, { asOf: at(-n) }).rating;
  if (change.kind === 'signal') {
    const name = change.key === 'pricing' ? 'visit' : change.key;
    const more = Array.from({ length: n }, () => ({ name, at: asOf, attributes: { page: '/pricing/eu' } }));
    return scoreLead(SCORING_MODEL, { ...lead, activities: [...lead.activities, ...more] }, { asOf }).rating;
  }
  const facts = {
    home: [{ country: 'DE' }],
    size: [{ size: 200 }, { size: 50 }],
    role: [{ title: 'director' }, { department: 'operations' }],
  }[change.key]?.[change.rule];
  const learnt = (record: Lead['person']) => ({ attributes: { ...record?.attributes, ...(n === 0 ? {} : facts) } });
  const known = { ...lead, person: learnt(lead.person), account: learnt(lead.account) };
  return scoreLead(SCORING_MODEL, known, { asOf }).rating;
}
const stepsOf = (change: RatingChange): number =>
  change.kind === 'time' ? change.days : change.kind === 'signal' ? change.times : 1;
const after = (change: RatingChange, lead: Lead): string => changed(change, lead, stepsOf(change));
const shortOf = (change: RatingChange, lead: Lead): string => changed(change, lead, stepsOf(change) - 1);

const sum = (lines: readonly { points: number }[]): number => lines.reduce((all, { points }) => all + points, 0);

describe('properties', () => {
  test('the lines of an explanation add up to the score exactly, in any order', () => {
    fc.assert(
      fc.property(arbitraryLead, (lead) => {
        const { fit, engagement } = scoreLead(SCORING_MODEL, lead, { asOf });
        for (const { score, contributions } of [fit, engagement]) {
          expect(sum(contributions)).toBe(score);
          expect(sum(contributions.toReversed())).toBe(score);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          const shown = shownPoints(contributions, 1).map((part) => Math.round(part * 10));
          expect(shown.reduce((all, part) => all + part, 0)).toBe(Math.round(score * 10));
          contributions.forEach(({ points }, i) => expect(Math.abs(points * 10 - (shown[i] ?? 0))).toBeLessThan(1));
        }
      }),
      SEED,
    );
  });

  test('after a half-life half is left, and waiting in two steps is waiting once', () => {
    const time = fc.integer({ min: 0, max: 400 * DAY_MS });
    fc.assert(
      fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), time, time, (points, a, b) => {
        const halfLife = 14 * DAY_MS;
        expect(decayed(points, a + halfLife, halfLife)).toBeCloseTo(decayed(points, a, halfLife) / 2, 9);
        expect(decayed(decayed(points, a, halfLife), b, halfLife)).toBeCloseTo(decayed(points, a + b, halfLife), 9);
        expect(decayed(points, a, null)).toBe(points);
      }),
      SEED,
    );
  });

  test('the score does not depend on the order of activities', () => {
    fc.assert(
      fc.property(arbitraryLead, (lead) => {
        const turned = { ...lead, activities: lead.activities.toReversed() };
        expect(scoreLead(SCORING_MODEL, turned, { asOf })).toEqual(scoreLead(SCORING_MODEL, lead, { asOf }));
      }),
      SEED,
    );
  });

  test('what is said to change the rating does, and one activity or day less does not', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(arbitraryLead, (lead) => {
        const { rating } = scoreLead(SCORING_MODEL, lead, { asOf });
        const changes = whatWouldChange(SCORING_MODEL, lead, { asOf });
        for (const { kind } of changes) kinds.add(kind);
        expect(changes.map((change) => shortOf(change, lead))).toEqual(changes.map(() => rating));
        expect(changes.map((change) => after(change, lead))).toEqual(changes.map((change) => change.rating));
        expect(changes.map((change) => change.rating)).not.toContain(rating);
      }),
      SEED,
    );
    expect([...kinds].toSorted()).toEqual(['criterion', 'signal', 'time']);
  });

  test('what is decided holds for every value of the missing fields, and nothing else does', () => {
    const field = fc.constantFrom('attributes.a', 'attributes.b');
    const { criteria } = fc.letrec<{ criteria: Criteria }>((tie) => ({
      criteria: fc.oneof(
        { depthSize: 'small' },
        fc.record({ field, eq: fc.nat(2) }),
        fc.record({ not: tie('criteria') }),
        fc.record({ all: fc.array(tie('criteria'), { maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('criteria'), { maxLength: 3 }) }),
      ),
    }));
    const moment = { asOf: 0, timeZone: 'UTC' };
    fc.assert(
      fc.property(criteria, fc.option(fc.nat(2)), fc.option(fc.nat(2)), (tested, a, b) => {
        const verdict = (holding: boolean): boolean =>
          holds(decidedly(tested, holding), factsReader({ attributes: { a, b } }), moment);
        const values = (known: number | null): number[] => (known === null ? [0, 1, 2, 3] : [known]);
        const answers = new Set(
          values(a).flatMap((x) =>
            values(b).map((y) => holds(tested, factsReader({ attributes: { a: x, b: y } }), moment)),
          ),
        );
        // Kleene's logic may leave open what only a comparison of all values could decide, never the reverse.
        expect(verdict(true) && answers.has(false)).toBe(false);
        expect(verdict(false) && answers.has(true)).toBe(false);
        expect(verdict(true) || verdict(false) || a === null || b === null).toBe(true);
      }),
      SEED,
    );
  });
});

const lead = (activities: Activity[], person = {}, account = {}): Lead => ({
  id: 'L',
  person: { attributes: person },
  account: { attributes: account },
  activities,
});
const engagement = (activities: Activity[]) => scoreLead(SCORING_MODEL, lead(activities), { asOf }).engagement;

describe('fit', () => {
  test('unknown gives nothing, even under not, and is counted', () => {
    const { fit } = scoreLead(SCORING_MODEL, lead([], { title: 'Director' }), { asOf });
    expect(fit.score).toBe(30);
    // Role is open too: the department could add to it.
    expect(fit.unknown).toEqual(['size', 'role', 'home', 'rival']);
    expect(fit.coverage).toBe(0);
  });

  test('known facts count, at most max, and a deduction cannot fall below 0', () => {
    const person = { title: 'Director', department: 'operations', mail: 'x@rival.example' };
    const { fit } = scoreLead(SCORING_MODEL, lead([], person, { size: 60, country: 'DE' }), { asOf });
    expect(fit.contributions.map(({ key, points }) => [key, points])).toEqual([
      ['rival', -60],
      ['role', 40],
      ['size', 25],
      ['home', 20],
    ]);
    expect(fit).toMatchObject({ score: 25, coverage: 1, unknown: [] });
    const low = scoreLead(SCORING_MODEL, lead([], { mail: 'x@rival.example' }, { size: 60 }), { asOf }).fit;
    expect(low.contributions.at(-1)).toMatchObject({ kind: 'range-limit', points: 35 });
    expect(low.score).toBe(0);
  });
});

describe('engagement', () => {
  test('the newest use up a limit first, the last of them in part', () => {
    const { contributions } = engagement([
      { name: 'demo', at: at(60) },
      { name: 'demo', at: at(30) },
      { name: 'demo', at: at(0) },
    ]);
    expect(contributions).toMatchObject([{ key: 'demo', points: 60, of: 80, count: 2, ageMs: 0 }]);
  });

  test('a day counts so many, and its days are those of the time zone', () => {
    const visits = ['2026-06-30T21:30:00Z', '2026-06-30T21:40:00Z', '2026-06-30T22:10:00Z'].map((moment) => ({
      name: 'visit',
      at: moment,
      attributes: { page: '/pricing' },
    }));
    const counted = (timeZone: string) =>
      scoreLead(SCORING_MODEL, lead(visits), { asOf, timeZone }).engagement.contributions[0]?.count;
    expect([counted('UTC'), counted('Europe/Berlin')]).toEqual([2, 3]);
  });

  test('old activities leave by their window, a group keeps its limit, hard deductions stay', () => {
    const clicks = Array.from({ length: 12 }, () => ({ name: 'click', at: at(0) }));
    expect(engagement([...clicks, { name: 'click', at: at(31) }, { name: 'unsubscribe', at: at(300) }])).toEqual({
      score: 10,
      contributions: [
        { kind: 'signal', key: 'click', label: 'click', points: 30, of: 30, count: 10, ageMs: 0 },
        expect.objectContaining({ key: 'unsubscribe', points: -10 }),
        { kind: 'group-limit', key: 'mail', label: 'mail', points: -10, of: 20 },
      ],
    });
  });

  test('a window includes its end', () => {
    const counted = (days: number) => engagement([{ name: 'click', at: at(days) }]).contributions.length;
    expect([counted(30), counted(30.001)]).toEqual([1, 0]);
  });

  test('a day without a time is its end, and today is now', () => {
    const ages = engagement([{ name: 'demo', at: '2026-07-01' }]).contributions.concat(
      engagement([{ name: 'demo', at: '2026-06-30' }]).contributions,
    );
    expect(ages.map(({ ageMs }) => ageMs)).toEqual([0, DAY_MS / 2 + 1]);
  });
});

test('a rating says in words why, what is unknown and what would change it', () => {
  const visitor = lead(
    [
      { name: 'demo', at: at(1) },
      { name: 'visit', at: at(2), attributes: { page: '/pricing' } },
    ],
    { title: 'Director', department: 'operations', mail: 'x@y.example' },
    { size: 350 },
  );
  expect(
    scoreText(scoreLead(SCORING_MODEL, visitor, { asOf }), whatWouldChange(SCORING_MODEL, visitor, { asOf })),
  ).toEqual([
    'A2: fit 80 (87.5% known), engagement 52.7, model lead-score 1.2.0',
    'Company size: 350 +40 of 40',
    'Role: Director +40 of 40',
    'Demo request 1 day ago +39.1 of 40',
    'Pricing visit 2 days ago +13.6 of 15',
    'Unknown: home',
    'Demo request once more: A1',
    'Pricing visit 2 times more: A1',
    'Without new activity, A3 in 2 days',
  ]);
});

test('the words for many, for now and for the limits', () => {
  const demos = [0, 0.5, 0.5, 0.5].map((days) => ({ name: 'demo', at: at(days) }));
  const loose = { ...SCORING_MODEL, engagement: { signals: [{ key: 'demo', points: 40 }] } };
  const far = lead(demos, { mail: 'x@rival.example' });
  expect(scoreText(scoreLead(loose, far, { asOf })).slice(1, 5)).toEqual([
    'Competitor: x@rival.example -60',
    'At least 0 +60',
    'Demo (4 times, last less than a day ago) +158.6 of 160',
    'At most 100 -58.6',
  ]);
});

test('a bound belongs to the better band', () => {
  expect([75, 74.9, 50, 49.9, 25, 24.9].map((fit) => gradeOf(fit))).toEqual(['A', 'B', 'B', 'C', 'C', 'D']);
  expect([75, 74.9, 50, 49.9, 25, 24.9].map((engaged) => levelOf(engaged))).toEqual([1, 2, 2, 3, 3, 4]);
});

describe('accounts', () => {
  const model: ScoringModel = {
    ...SCORING_MODEL,
    grain: 'account',
    fit: {
      criteria: [{ key: 'size', rules: [{ when: { field: 'attributes.size', gte: 100 }, points: 80 }] }],
    },
    account: { people: 2, senior: { field: 'attributes.title', matches: '*director*' } },
  };
  const person = (id: string, demos: number, title: string): Lead => ({
    id,
    person: { attributes: { title } },
    activities: Array.from({ length: demos }, () => ({ name: 'demo', at: asOf })),
  });

  test('each further person counts half of the one before', () => {
    const people = [person('b', 1, 'clerk'), person('a', 1, 'Director'), person('c', 0, 'Director')];
    const score = scoreAccount(model, { id: 'X', account: { attributes: { size: 500 } }, people }, { asOf });
    expect(score.engagement.contributions.map(({ key, points }) => [key, points])).toEqual([
      ['a', 40],
      ['b', 20],
    ]);
    expect(score).toMatchObject({ rating: 'A2', breadth: { engaged: 2, required: 2, senior: true, met: true } });
  });

  test('one engaged clerk is no breadth', () => {
    const people = [person('a', 2, 'clerk'), person('c', 0, 'Director')];
    expect(scoreAccount(model, { id: 'X', people }, { asOf })).toMatchObject({
      rating: 'D1',
      breadth: { engaged: 1, senior: false, met: false },
    });
  });
});
