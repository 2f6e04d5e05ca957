import { localSource } from '@sama/metrics/client';
import type { DataSource, Glossary, TermAction, TermDefinition, TermEvent } from '@sama/metrics/contracts';
import { KpiDefinition, OWNER_RIGHTS } from '@sama/metrics/contracts';
import { LEAD_TO_WON } from '@sama/metrics/definitions';
import { createMemoryDesk, type MemoryDesk } from '@sama/metrics/desk';
import { definitionHash } from '@sama/metrics/definitions';

const NOW = '2026-06-16T08:00:00Z';
const mia = { id: 'mia', name: 'Mia Brandt', team: 'marketing' };
const dana = { id: 'dana', name: 'Dana Ortiz', team: 'sales' };

const signed = (day: string, teams: readonly string[] = ['marketing', 'sales']): TermDefinition['agreedBy'] =>
  teams.map((team) => ({ team, by: team === 'sales' ? dana.name : mia.name, at: `${day}T09:00:00Z` }));

const written = (id: string, term: string, more: Partial<TermDefinition>): TermDefinition => ({
  kind: 'term',
  id,
  version: '1.0.0',
  term,
  owners: ['both'],
  definition: '',
  agreedBy: signed('2026-03-02'),
  ...more,
});

const mql = written('mql', 'Marketing-qualified lead', {
  version: '1.2.0',
  abbreviation: 'MQL',
  definition:
    'A lead that both teams agree is worth a salesperson’s time now: it fits the ideal customer profile and has shown interest in the last 30 days.',
  of: 'person',
  stage: 'mql',
  criteria: {
    all: [
      { field: 'attributes.rating', in: ['A1', 'A2', 'B1'] },
      { field: 'attributes.email', present: true },
      { field: 'attributes.company', present: true },
      { field: 'attributes.consent', eq: 'given' },
    ],
  },
  uses: ['lead'],
  metrics: ['mqlVolume', 'acceptanceRate'],
  synonyms: ['qualified lead'],
  avoid: [{ word: 'hot lead', say: 'MQL rated A1' }, { word: 'marketing lead' }, { word: 'good lead' }],
});

/** What is measured of them, by the names that the company gave it. */
const kpi = (label: string, formula: KpiDefinition['formula']): KpiDefinition =>
  KpiDefinition.parse({
    kind: 'kpi',
    id: label.toLowerCase().replace(' ', '-'),
    version: '1.0.0',
    owners: ['both'],
    label,
    formula,
  });
const definitions = [
  LEAD_TO_WON,
  kpi('MQL volume', { kpi: 'mqlVolume', inputs: { mqls: { entries: { funnel: 'lead-to-won', stage: 'mql' } } } }),
  kpi('Acceptance rate', { kpi: 'acceptanceRate', inputs: {} }),
];

/** The words of a small company, as they stood before the ledger began. */
export const glossary: Glossary = {
  v: 1,
  kind: 'glossary',
  lang: 'en',
  terms: [
    written('lead', 'Lead', {
      owners: ['marketing'],
      definition: 'A person who has asked for something and may be contacted, not yet judged ready for sales.',
      stage: 'lead',
      avoid: [{ word: 'name', note: 'where a contact is meant' }, { word: 'prospect' }],
    }),
    mql,
    written('sal', 'Sales-accepted lead', {
      abbreviation: 'SAL',
      owners: ['sales'],
      definition: 'An MQL that a named seller has explicitly agreed to work.',
      stage: 'sal',
      uses: ['mql'],
    }),
    written('sql', 'Sales-qualified lead', {
      abbreviation: 'SQL',
      owners: ['sales'],
      definition: 'An accepted lead whose need, authority, timing and budget sales has confirmed in conversation.',
      stage: 'sql',
      uses: ['sal'],
    }),
    written('opportunity', 'Opportunity', {
      owners: ['sales'],
      definition: 'A possible sale with an account, an amount, a close date and a stage.',
      stage: 'opportunity',
      avoid: [{ word: 'deal' }],
    }),
    written('recycled', 'Recycled lead', {
      definition: 'A worked lead that fits but not now; it goes to nurture with a reason and a rule to return.',
      agreedBy: signed('2025-11-04'),
      avoid: [{ word: 'dead lead' }],
    }),
    written('targetAccount', 'Target account', {
      definition: 'An account both teams have put on the current named list.',
      agreedBy: signed('2026-06-01', ['marketing']),
    }),
    written('winRate', 'Win rate', {
      owners: ['sales'],
      definition: 'Won ÷ (won + lost) among opportunities closed in the period; say count or value.',
      metrics: ['winRate'],
    }),
    written('velocity', 'Pipeline velocity', {
      definition: 'Open opportunities × average deal size × win rate ÷ cycle days.',
      metrics: ['pipelineVelocity'],
    }),
    written('vanity', 'Vanity metric', {
      owners: ['customer-success'],
      definition: 'A measure with no agreed path to revenue.',
      agreedBy: [],
    }),
  ],
};

const { agreedBy: _, ...mqlText } = mql;
/** A stricter text of the MQL: it changes who counts. */
export const stricter: TermDefinition = {
  ...mqlText,
  version: '2.0.0',
  criteria: {
    all: [
      ...(mql.criteria !== undefined && 'all' in mql.criteria ? mql.criteria.all : []),
      { field: 'attributes.size', gte: 50 },
    ],
  },
};

const rate = (value: number, k: number, n: number) => ({ value, low: value - 0.02, high: value + 0.02, k, n });
const impact = {
  before: { version: mql.version, hash: definitionHash(mqlText) },
  after: { version: stricter.version, hash: definitionHash(stricter) },
  asOf: '2026-06-10T08:00:00Z',
  records: 1040,
  members: { before: 1040, after: 828, kept: 828, gained: 0, lost: 212 },
  rates: [{ id: 'sal-to-won', before: rate(0.091, 65, 714), after: rate(0.118, 64, 542) }],
};

const script: readonly [target: string, at: string, by: typeof mia, action: TermAction][] = [
  [
    'mql',
    '2026-06-10T09:00:00Z',
    mia,
    { type: 'term.propose', payload: { term: stricter, reason: 'Small companies seldom buy.', impact } },
  ],
  ['mql', '2026-06-12T09:00:00Z', mia, { type: 'term.approve', payload: { version: '2.0.0' } }],
  ['velocity', '2026-06-11T09:00:00Z', dana, { type: 'term.deprecate', payload: { reason: 'Nobody decides by it.' } }],
];

/** What has happened to the words since. */
export const events: readonly TermEvent[] = script.map(([target, at, by, action], i) => ({
  v: 1,
  commandId: `c${i}`,
  target,
  version: script.slice(0, i + 1).filter(([key]) => key === target).length,
  by,
  at,
  action,
}));

/** A ledger of these words with a clock that is set by hand. */
export function glossaryDesk(more: { glossary?: Glossary; events?: readonly TermEvent[] } = {}): {
  made: MemoryDesk;
  /** The source of somebody who sits there. */
  source(who?: 'mia' | 'dana' | 'guest'): DataSource;
  wait(seconds: number): void;
} {
  let at = Date.parse(NOW);
  const made = createMemoryDesk({
    staff: { sellers: [{ id: 'dana', name: dana.name }], pools: [] },
    glossary,
    events,
    now: () => new Date(at).toISOString(),
    ...more,
  });
  return {
    made,
    source: (who = 'dana') => {
      const reader = who === 'mia' ? { ...mia, role: 'marketing' as const } : { ...dana, role: 'seller' as const };
      const rights = who === 'guest' ? { ...OWNER_RIGHTS, caps: [] } : OWNER_RIGHTS;
      const seat = made.sit({ reader, rights, definitions, timeZone: 'UTC' });
      return localSource(made.engine, seat.context, seat.ledger);
    },
    wait: (seconds) => void (at += seconds * 1000),
  };
}
