import type { Definition, FunnelDefinition, KpiDefinition, KpiSource, KpiTarget } from '@sama/metrics/contracts';
import { ORIGINS, REGIONS, SEGMENTS } from './company/market.ts';
import { activityDefinitions } from './definitions/activity.ts';
import { agreedOn, segmentsOf } from './definitions/agreed.ts';
import { figureKpis } from './definitions/kpis.ts';
import { WINDOW_DAYS } from './frame.ts';

const funnel = (): FunnelDefinition => ({
  kind: 'funnel',
  id: 'lead-to-won',
  version: '3.2.0',
  label: 'Lead to customer',
  description: 'How Northwind Robotics, a fictitious maker of warehouse robots, counts its leads.',
  grain: 'person',
  owners: ['marketing', 'sales'],
  agreedBy: agreedOn('2026-01-08'),
  stages: [
    { key: 'lead', label: 'Lead', owner: 'marketing', term: 'lead', description: 'A person we may contact.' },
    {
      key: 'mql',
      label: 'MQL',
      owner: 'both',
      term: 'mql',
      description: 'Rated A or B under the criteria both teams agreed, with the required fields complete.',
    },
    { key: 'sal', label: 'SAL', owner: 'sales', term: 'sal', description: 'A named seller accepted the lead.' },
    { key: 'sql', label: 'SQL', owner: 'sales', term: 'sql', description: 'A conversation confirmed need and timing.' },
    {
      key: 'opportunity',
      label: 'Opportunity',
      owner: 'sales',
      term: 'opportunity',
      description: 'An amount, a close date and a contact are known.',
    },
    { key: 'won', label: 'Won', owner: 'sales', term: 'won', description: 'The contract is signed.' },
  ],
  window: { days: WINDOW_DAYS },
  handoff: { from: 'mql', to: 'sal', within: { hours: 24 } },
  sourcePriority: ['salesforce', 'hubspot', 'crm-export'],
  segments: [
    ...segmentsOf('region', 'region', REGIONS),
    ...segmentsOf('origin', 'origin', ORIGINS),
    ...segmentsOf('size', 'segment', SEGMENTS),
  ],
});

const CLOSED_WON = { field: 'attributes.status', eq: 'won' };
const FUNNEL = 'lead-to-won';

/** The quarters and years both teams set targets for. */
const QUARTERS = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'];

/** The same target for each quarter and the whole year, agreed in the autumn before. */
const targets = (value: KpiTarget['value'], more: Partial<KpiTarget> = {}): KpiTarget[] =>
  [...QUARTERS, '2026'].map((period) => ({ period, value, ...more, agreedBy: agreedOn('2025-12-11') }));

interface Kpi extends Pick<KpiDefinition, 'id' | 'label' | 'description' | 'owners' | 'formula'> {
  version?: string;
  revenuePath?: string[];
  guardrail?: string;
  direction?: KpiDefinition['direction'];
  aspect?: KpiDefinition['aspect'];
  section?: string;
  targets?: KpiTarget[];
}

const kpi = ({ version = '1.0.0', ...facts }: Kpi): KpiDefinition => ({
  kind: 'kpi',
  version,
  agreedBy: agreedOn('2025-11-20'),
  ...facts,
});

const DEALS = 'Deals';

/** What a quarter should bring for each thousand persons the company knows. */
const AIMS = { pipeline: 120_000_000, accepted: 40, mqls: 65 } as const;

/** A target of volume: for each quarter, and four times that for the year. */
const volumes = (persons: number, perThousand: number, more: Partial<KpiTarget> = {}): KpiTarget[] => {
  const quarter = Math.round((perThousand * persons) / 1000);
  return targets(quarter, more).map((one) => (one.period === '2026' ? { ...one, value: quarter * 4 } : one));
};

const decided = (take: 'reached' | 'overdue' | 'recycled' | 'lost' | 'disqualified'): KpiSource => ({
  cohort: { funnel: FUNNEL, from: 'mql', to: 'sal', take },
});
const inTime = (take: 'reached' | 'open'): KpiSource => ({
  cohort: { funnel: FUNNEL, from: 'mql', to: 'sal', window: { hours: 24 }, take },
});

/** The scorecard of the company, in its order. */
const kpis = (persons: number): KpiDefinition[] => [
  kpi({
    id: 'pipeline-created',
    label: 'Pipeline created',
    description: 'The amount of all opportunities opened in the period.',
    owners: ['both'],
    formula: {
      kpi: 'pipelineCreated',
      inputs: {
        amount: { records: { of: 'opportunity', value: { field: 'amount' }, during: 'attributes.created' } },
        opportunities: { records: { of: 'opportunity', during: 'attributes.created' } },
      },
    },
    targets: volumes(persons, AIMS.pipeline, { currency: 'EUR' }),
  }),
  kpi({
    id: 'mql-volume',
    label: 'MQLs',
    description: 'People who became an MQL in the period.',
    owners: ['marketing'],
    formula: { kpi: 'mqlVolume', inputs: { mqls: { entries: { funnel: FUNNEL, stage: 'mql' } } } },
    guardrail: 'acceptance',
    targets: volumes(persons, AIMS.mqls),
  }),
  kpi({
    id: 'acceptance',
    label: 'Acceptance rate',
    description: 'Of the MQLs that were decided, those that sales accepted.',
    owners: ['both'],
    formula: {
      kpi: 'acceptanceRate',
      inputs: {
        accepted: decided('reached'),
        returned: { is: 0 },
        recycled: decided('recycled'),
        disqualified: decided('disqualified'),
        expired: decided('overdue'),
      },
    },
    targets: targets(0.65),
  }),
  kpi({
    id: 'deal-size',
    version: '1.1.0',
    label: 'Deal size',
    description:
      'The amount of opportunities won in the period; the median first, since a few large ones pull the mean.',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    formula: {
      measure: {
        of: 'opportunity',
        where: CLOSED_WON,
        value: { field: 'amount' },
        aggregates: ['median', 'mean', { quantile: 0.9 }, 'count'],
      },
      during: 'attributes.closed',
    },
    guardrail: 'win-rate',
  }),
  kpi({
    id: 'win-rate',
    version: '1.2.0',
    label: 'Win rate',
    aspect: 'win-rate',
    description: 'Won opportunities of all that were won or lost in the period. Open ones are left out.',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    formula: {
      ratio: {
        numerator: { of: 'opportunity', where: CLOSED_WON, aggregates: ['count'] },
        denominator: {
          of: 'opportunity',
          where: { field: 'attributes.status', in: ['won', 'lost'] },
          aggregates: ['count'],
        },
      },
      during: 'attributes.closed',
    },
    targets: targets(0.45),
  }),
  kpi({
    id: 'decision-days',
    label: 'Days to acceptance',
    description: 'Within how many days nine of ten accepted MQLs were accepted.',
    owners: ['sales'],
    revenuePath: ['sal', 'sql', 'opportunity', 'won', 'revenue'],
    direction: 'down',
    formula: {
      measure: {
        of: 'person',
        funnel: FUNNEL,
        where: { field: 'reached.sal', present: true },
        value: { days: { from: 'reached.mql', to: 'reached.sal' } },
        aggregates: [{ quantile: 0.9 }, 'mean', 'count'],
      },
      during: 'reached.mql',
    },
    guardrail: 'in-time',
    targets: targets(3),
  }),
  kpi({
    id: 'in-time',
    label: 'Hand-offs accepted in time',
    description: 'Of the MQLs that sales did not return, those it accepted within 24 hours.',
    owners: ['sales'],
    formula: {
      kpi: 'slaCompliance',
      inputs: {
        met: inTime('reached'),
        breached: inTime('open'),
        openOverdue: { is: 0 },
      },
    },
    guardrail: 'decision-days',
    targets: targets(0.5, { promisedBy: 'sales' }),
  }),
  kpi({
    id: 'accepted-leads',
    label: 'Accepted leads',
    description: 'Leads a named seller accepted. Marketing promises sales so many each quarter.',
    owners: ['marketing'],
    revenuePath: ['sal', 'sql', 'opportunity', 'won', 'revenue'],
    formula: {
      kpi: 'leadVolume',
      inputs: { leads: { entries: { funnel: FUNNEL, stage: 'sal' } } },
    },
    targets: volumes(persons, AIMS.accepted, { promisedBy: 'marketing' }),
  }),
  kpi({
    id: 'sales-cycle',
    version: '1.1.0',
    label: 'Sales cycle',
    description: 'Calendar days from opening an opportunity to winning it.',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    direction: 'down',
    section: DEALS,
    formula: {
      measure: {
        of: 'opportunity',
        where: CLOSED_WON,
        value: { days: { from: 'attributes.created', to: 'attributes.closed' } },
        aggregates: ['median', { quantile: 0.9 }, 'count'],
      },
      during: 'attributes.closed',
    },
    guardrail: 'won-deals',
    targets: targets(50),
  }),
  kpi({
    id: 'won-deals',
    label: 'Won deals',
    description: 'Opportunities won in the period.',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    section: DEALS,
    formula: { measure: { of: 'opportunity', where: CLOSED_WON, aggregates: ['count'] }, during: 'attributes.closed' },
  }),
];

/** What `demoDefinitions` takes. @experimental */
export interface DemoDefinitionOptions {
  /** Persons of the company, which its targets of volume grow with. Default: 20,000. */
  persons?: number;
}

/**
 * What both teams of the demo company agreed on: the funnel `lead-to-won` (followed for 120 days,
 * handed from MQL to SAL within 24 elapsed hours, with segments by region, origin and company
 * size), the KPIs of their scorecard, with targets for 2026 and what each team promised the other, the
 * event funnel `visit-to-won`, the attribution `won-by-channel`, the rating `lead-score`, and KPIs of
 * cost, plans, retention and the survey.
 * @experimental
 */
export const demoDefinitions = ({ persons = 20_000 }: DemoDefinitionOptions = {}): Definition[] => [
  funnel(),
  ...kpis(persons),
  ...activityDefinitions(),
  ...figureKpis(),
];
