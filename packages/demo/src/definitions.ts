import type { Definition, FunnelDefinition } from '@sama/metrics/contracts';
import { ORIGINS, REGIONS, SEGMENTS } from './company/market.ts';
import { WINDOW_DAYS } from './frame.ts';

/** The names behind the agreement: the heads of the two teams. */
const MARKETING_HEAD = 'Gasket Exampleton';
const SALES_HEAD = 'Lever Testerman';

const agreedOn = (day: string): NonNullable<FunnelDefinition['agreedBy']> => [
  { team: 'marketing', by: MARKETING_HEAD, at: `${day}T10:05:00Z` },
  { team: 'sales', by: SALES_HEAD, at: `${day}T14:40:00Z` },
];

const key = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');

const segmentsOf = (prefix: string, attribute: string, values: readonly string[]) =>
  values.map((value) => ({
    id: `${prefix}-${key(value)}`,
    label: value,
    where: { field: `attributes.${attribute}`, eq: value },
  }));

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

const winRate = (): Definition => ({
  kind: 'kpi',
  id: 'win-rate',
  version: '1.1.0',
  label: 'Win rate',
  description: 'Won opportunities of all that were won or lost. Open ones are left out.',
  owners: ['sales'],
  agreedBy: agreedOn('2025-11-20'),
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
  },
});

const dealSize = (): Definition => ({
  kind: 'kpi',
  id: 'deal-size',
  version: '1.0.0',
  label: 'Deal size',
  description: 'The amount of won opportunities; the median first, since a few large ones pull the mean.',
  owners: ['sales'],
  agreedBy: agreedOn('2025-11-20'),
  revenuePath: ['won', 'revenue'],
  formula: {
    measure: {
      of: 'opportunity',
      where: CLOSED_WON,
      value: { field: 'amount' },
      aggregates: ['median', 'mean', { quantile: 0.9 }, 'count'],
    },
  },
});

const salesCycle = (): Definition => ({
  kind: 'kpi',
  id: 'sales-cycle',
  version: '1.0.0',
  label: 'Sales cycle',
  description: 'Calendar days from opening an opportunity to winning it.',
  owners: ['sales'],
  agreedBy: agreedOn('2025-11-20'),
  revenuePath: ['won', 'revenue'],
  formula: {
    measure: {
      of: 'opportunity',
      where: CLOSED_WON,
      value: { days: { from: 'attributes.created', to: 'attributes.closed' } },
      aggregates: ['median', { quantile: 0.9 }, 'count'],
    },
  },
});

/**
 * What both teams of the demo company agreed on: the funnel `lead-to-won` (followed for 120 days,
 * handed from MQL to SAL within 24 elapsed hours, with segments by region, origin and company
 * size) and the figures `win-rate`, `deal-size` and `sales-cycle`.
 * @experimental
 */
export const demoDefinitions = (): Definition[] => [funnel(), winRate(), dealSize(), salesCycle()];
