import type { TermDefinition } from '../../contracts/index.ts';

/** How leads and accounts are rated. */
export const RATING_TERMS: readonly TermDefinition[] = [
  {
    kind: 'term',
    id: 'fitScore',
    version: '1.0.0',
    term: 'Fit score',
    owners: ['both'],
    definition: '0–100 measure of how well a person and account match the ICP (explicit data only).',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.fitScore', gte: 0 },
        { field: 'attributes.fitScore', lte: 100 },
      ],
    },
    rule: 'The sum of the fit points, from 0 to 100.',
    uses: ['icp'],
    ties: ['scoring'],
    avoid: [
      { word: 'grade', note: 'it is the band of the score' },
      { word: 'quality', severity: 'info' },
    ],
  },
  {
    kind: 'term',
    id: 'engagementScore',
    version: '1.0.0',
    term: 'Engagement score',
    owners: ['both'],
    definition: '0–100 time-decayed measure of behaviour (implicit data only).',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.engagementScore', gte: 0 },
        { field: 'attributes.engagementScore', lte: 100 },
      ],
    },
    rule: 'The sum of points × 0.5^(age ÷ half-life), from 0 to 100.',
    uses: ['engagement'],
    ties: ['scoring'],
    avoid: [{ word: 'lead score' }, { word: 'heat', severity: 'info' }],
  },
  {
    kind: 'term',
    id: 'rating',
    version: '1.0.0',
    term: 'Rating',
    owners: ['both'],
    definition: 'Fit grade A–D joined with engagement level 1–4, e.g. A2.',
    of: 'person',
    criteria: { field: 'attributes.rating', matches: '??' },
    rule: 'The grade of the fit score followed by the level of the engagement score.',
    uses: ['fitScore', 'engagementScore'],
    ties: ['scoring', 'SLA tier'],
    avoid: [
      { word: 'score', severity: 'info' },
      { word: 'temperature', severity: 'info' },
      { word: 'hot', note: 'as a rating' },
      { word: 'warm', note: 'as a rating' },
      { word: 'cold', note: 'as a rating' },
    ],
  },
  {
    kind: 'term',
    id: 'mql',
    version: '1.0.0',
    term: 'Marketing qualified lead',
    abbreviation: 'MQL',
    owners: ['both'],
    definition: 'A lead that meets the jointly agreed rating threshold and has every required hand-off field.',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.rating', in: ['A1', 'A2', 'B1', 'B2'] },
        { field: 'attributes.requiredFieldsComplete', eq: true },
        {
          not: { field: 'attributes.customer', eq: true },
        },
        {
          not: { field: 'attributes.openOpportunity', eq: true },
        },
        {
          not: { field: 'attributes.consent', eq: 'denied' },
        },
      ],
    },
    rule: 'The ratings are those both teams have put on the hand-off side of the matrix.',
    uses: ['lead', 'rating'],
    stage: 'mql',
    metrics: ['mqlVolume'],
    avoid: [{ word: 'qualified lead', note: 'unspecified' }, { word: 'hot lead' }, { word: 'good lead' }],
  },
  {
    kind: 'term',
    id: 'mqa',
    version: '1.0.0',
    term: 'Marketing qualified account',
    abbreviation: 'MQA',
    owners: ['both'],
    definition: 'A target account whose combined engagement across people and roles passes the account threshold.',
    of: 'account',
    criteria: {
      all: [
        { field: 'attributes.engagementScore', gte: 60 },
        { field: 'attributes.engagedPeople', gte: 3 },
        { field: 'attributes.engagedSeniors', gte: 1 },
      ],
    },
    rule: 'The people and the senior roles are counted within the engagement window; the three thresholds are for both teams to agree.',
    uses: ['targetAccount', 'engagement'],
    metrics: ['accountEngagement'],
    avoid: [{ word: 'warm account' }, { word: 'surge', severity: 'info' }],
  },
];
