import { describe, expect, test } from 'vitest';
import { Definition, describeIssues } from '../contracts/index.ts';
import { definitionHash, findDefinition } from '../definitions/index.ts';
import { refusal } from '../testing/refusal.ts';
import { SCORING_MODEL } from '../testing/scoring-model.ts';
import {
  DEFAULT_ACTIONS,
  readScoringModel,
  scoreAccount,
  scoreLead,
  whatWouldChange,
  type Facts,
  type Lead,
} from './index.ts';

const asOf = '2026-07-01T12:00:00Z';
const lead: Lead = { id: 'L', activities: [] };

const { criteria } = SCORING_MODEL.fit;
const { signals } = SCORING_MODEL.engagement;
const [demo] = signals;
const fit = (...more: unknown[]) => ({ ...SCORING_MODEL, fit: { criteria: [...criteria, ...more] } });
const engagement = (...more: unknown[]) => ({
  ...SCORING_MODEL,
  engagement: { ...SCORING_MODEL.engagement, signals: [...signals, ...more] },
});
const bands = (grade: object) => ({ ...SCORING_MODEL, bands: { grade, level: { 1: 75, 2: 50, 3: 25 } } });
const rule = { when: { field: 'attributes.title', present: true }, points: 5 };

describe('a model that cannot be used', () => {
  test.each<[string, unknown, string, RegExp, RegExp]>([
    ['no model', null, 'model', /expected object/, /correct model/],
    ['unknown field', { ...SCORING_MODEL, bonus: 3 }, 'model.bonus', /not a known/, /use .*engagement/],
    ['no owner', { ...SCORING_MODEL, owners: [] }, 'model.owners', /is empty/, /name the teams/],
    [
      'two criteria of one key',
      fit({ key: 'size', rules: [rule] }),
      'model.fit.criteria.4.key',
      /also the key of fit\.criteria\.0/,
      /own key/,
    ],
    ['max 0', fit({ key: 'x', max: 0, rules: [rule] }), 'model.fit.criteria.4.max', /although/, /leave it out/],
    [
      'a funnel field',
      fit({ key: 'x', rules: [{ ...rule, when: { field: 'reached.sql', present: true } }] }),
      'model.fit.criteria.4.rules.0.when',
      /only a funnel knows/,
      /attributes\.NAME/,
    ],
    [
      'a field that is none',
      fit({ key: 'x', rules: [{ ...rule, when: { field: 'title', present: true } }] }),
      'model.fit.criteria.4.rules.0.when.field',
      /a field is/,
      /correct/,
    ],
    [
      'half-life below 0',
      engagement({ ...demo, key: 'x', halfLife: { days: -3 } }),
      'model.engagement.signals.5.halfLife.days',
      />=0/,
      /correct/,
    ],
    [
      'half-life 0',
      engagement({ ...demo, key: 'x', halfLife: { days: 0 } }),
      'model.engagement.signals.5.halfLife',
      /no time at all/,
      /"none"/,
    ],
    [
      'unknown group',
      engagement({ ...demo, key: 'x', group: 'male' }),
      'model.engagement.signals.5.group',
      /no group/,
      /use one of mail/,
    ],
    [
      'a record field of an activity',
      engagement({ ...demo, key: 'x', where: { field: 'owner', eq: 'Ada' } }),
      'model.engagement.signals.5.where',
      /no activity has/,
      /attributes\.NAME/,
    ],
    [
      'overlapping grades',
      bands({ A: 75, B: 80, C: 25 }),
      'model.bands.grade.B',
      /overlaps A, which begins at 75/,
      /75, 50, 25/,
    ],
    ['equal grades', bands({ A: 75, B: 50, C: 50 }), 'model.bands.grade.C', /overlaps B/, /fall/],
    [
      'a grade nobody reaches',
      { ...SCORING_MODEL, fit: { criteria: [criteria[0]] } },
      'model.bands.grade.A',
      /at most 40/,
      /raise max/,
    ],
    ['account rules for persons', { ...SCORING_MODEL, account: {} }, 'model.account', /accounts only/, /grain/],
    [
      'a person read for an account',
      { ...SCORING_MODEL, grain: 'account', fit: { criteria: [{ key: 'x', of: 'person', rules: [rule] }] } },
      'model.fit.criteria.0.of',
      /one person/,
      /account/,
    ],
  ])('%s', (_, model, field, reason, remedy) => {
    const error = refusal(() => readScoringModel(model));
    expect(error).toEqual({ field, reason: expect.stringMatching(reason), remedy: expect.stringMatching(remedy) });
  });

  test('a rule on an attribute that no record has', () => {
    expect(refusal(() => readScoringModel(SCORING_MODEL, { account: ['size', 'land'] }))).toEqual({
      field: 'model.fit.criteria.2.rules.0.when',
      reason: 'reads attributes.country, which no account has',
      remedy: 'use one of size, land, or import country first',
    });
    expect(readScoringModel(SCORING_MODEL, { account: ['size', 'country'] })).toEqual(SCORING_MODEL);
  });

  test('it is refused by the functions that use it too', () => {
    const model = { ...SCORING_MODEL, owners: [] };
    expect(refusal(() => scoreLead(model, lead, { asOf })).field).toBe('model.owners');
  });
});

describe('a model is a definition like others', () => {
  test('it is found by its name, and its hash covers what counts, not its words', () => {
    const renamed = Definition.parse({ ...SCORING_MODEL, label: 'New words', agreedBy: [] });
    expect(findDefinition([renamed], 'score', 'lead-score@1.2.0')).toBe(renamed);
    expect(definitionHash(renamed)).toBe(definitionHash(SCORING_MODEL));
    const stated = Definition.parse({ ...SCORING_MODEL, actions: DEFAULT_ACTIONS });
    expect(definitionHash(stated)).not.toBe(definitionHash(SCORING_MODEL));
  });

  test('one that cannot be used is refused wherever definitions are read, with the remedy', () => {
    const { error } = Definition.safeParse(bands({ A: 75, B: 80, C: 25 }));
    expect(describeIssues(error?.issues ?? [])).toBe(
      'bands.grade.B: begins at 80 and overlaps A, which begins at 75 (let the bounds fall, such as 75, 50, 25)',
    );
  });
});

describe('what is later than the score leaks the future into it', () => {
  const later: Facts = { attributes: {}, knownAt: '2026-07-02' };
  test.each<[string, Partial<Lead>, string, RegExp]>([
    [
      'an activity',
      {
        activities: [
          { name: 'demo', at: '2026-07-01' },
          { name: 'demo', at: '2026-07-01T12:00:01Z' },
        ],
      },
      'lead.activities.1.at',
      /leave out/,
    ],
    ['a day', { activities: [{ name: 'demo', at: '2026-07-02' }] }, 'lead.activities.0.at', /leave out/],
    ['facts of the person', { person: later }, 'lead.person.knownAt', /as they were then/],
    ['facts of the account', { account: later }, 'lead.account.knownAt', /as they were then/],
  ])('%s', (_, part, field, remedy) => {
    expect(refusal(() => scoreLead(SCORING_MODEL, { ...lead, ...part }, { asOf }))).toEqual({
      field,
      reason: expect.stringMatching(/is after the moment of the score, 2026-07-01T12:00:00\.000Z/),
      remedy: expect.stringMatching(remedy),
    });
  });

  test('a time that is none', () => {
    const activities = [{ name: 'demo', at: '1 July' }];
    expect(refusal(() => scoreLead(SCORING_MODEL, { ...lead, activities }, { asOf })).reason).toBe(
      '"1 July" is no date',
    );
  });
});

test('a moment that is none, and changes without end', () => {
  expect(refusal(() => scoreLead(SCORING_MODEL, lead, { asOf: 'now' })).field).toBe('asOf');
  expect(refusal(() => whatWouldChange(SCORING_MODEL, lead, { asOf, times: Number.POSITIVE_INFINITY })).field).toBe(
    'times',
  );
  expect(refusal(() => whatWouldChange(SCORING_MODEL, lead, { asOf, days: -1 })).remedy).toContain('0 to 1000');
});

test('persons and accounts are not taken for each other', () => {
  expect(refusal(() => scoreAccount(SCORING_MODEL, { id: 'X', people: [] }, { asOf })).remedy).toContain('scoreLead');
  const account = {
    ...SCORING_MODEL,
    grain: 'account' as const,
    fit: { criteria: criteria.map(({ of: _, ...c }) => c) },
  };
  expect(refusal(() => scoreLead(account, lead, { asOf })).remedy).toContain('scoreAccount');
  const people = [lead, lead];
  expect(refusal(() => scoreAccount(account, { id: 'X', people }, { asOf })).field).toBe('people.1.id');
});
