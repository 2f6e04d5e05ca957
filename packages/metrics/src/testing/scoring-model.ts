import type { ScoringModel } from '../scoring/index.ts';

/** A model with every kind of limit, for tests of the rules of scoring. */
export const SCORING_MODEL: ScoringModel = {
  kind: 'score',
  id: 'lead-score',
  version: '1.2.0',
  owners: ['marketing', 'sales'],
  agreedBy: [{ team: 'sales', by: 'Ada', at: '2026-01-05T09:00:00Z' }],
  fit: {
    criteria: [
      {
        key: 'size',
        label: 'Company size',
        of: 'account',
        combine: 'first',
        rules: [
          { when: { field: 'attributes.size', gte: 200 }, points: 40 },
          { when: { field: 'attributes.size', gte: 50 }, points: 25 },
        ],
      },
      {
        key: 'role',
        label: 'Role',
        max: 40,
        rules: [
          { when: { field: 'attributes.title', matches: '*director*' }, points: 30 },
          { when: { field: 'attributes.department', eq: 'operations' }, points: 20 },
        ],
      },
      {
        key: 'home',
        label: 'Geography',
        of: 'account',
        rules: [{ when: { not: { field: 'attributes.country', in: ['XX', 'YY'] } }, points: 20 }],
      },
      {
        key: 'rival',
        label: 'Competitor',
        rules: [{ when: { field: 'attributes.mail', matches: '*@rival.example' }, points: -60 }],
      },
    ],
  },
  engagement: {
    signals: [
      { key: 'demo', label: 'demo request', points: 40, cap: 80 },
      {
        key: 'pricing',
        label: 'pricing visit',
        activity: 'visit',
        where: { field: 'attributes.page', matches: '/pricing*' },
        points: 15,
        halfLife: { days: 14 },
        perDay: 2,
      },
      { key: 'click', label: 'click', points: 3, cap: 30, halfLife: { days: 14 }, within: { days: 30 }, group: 'mail' },
      { key: 'open', label: 'mail opened', points: 1, halfLife: { days: 7 }, group: 'mail' },
      { key: 'unsubscribe', label: 'unsubscribed', points: -10 },
    ],
    groups: [{ key: 'mail', label: 'mail', cap: 20 }],
  },
};
