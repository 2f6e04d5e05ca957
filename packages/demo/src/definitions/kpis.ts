import type { Criteria, Definition, KpiSource } from '@sama/metrics/contracts';
import { agreedOn } from './agreed.ts';

const FUNNEL = 'lead-to-won';
const figure = (name: string, more: { at?: 'start' | 'end'; segment?: string } = {}): KpiSource => ({
  figure: name,
  ...more,
});
const entries = (stage: string): KpiSource => ({ entries: { funnel: FUNNEL, stage } });
const MARKETING: Criteria = { field: 'attributes.origin', eq: 'marketing' };
/** Persons of marketing by the day they entered a stage. */
const fromMarketing = (stage: string): KpiSource => ({
  records: { of: 'person', funnel: FUNNEL, where: MARKETING, during: `reached.${stage}` },
});
/** Money of deals by the day they were won. */
const wonAmount = (...more: Criteria[]): KpiSource => ({
  records: {
    of: 'opportunity',
    where: { all: [{ field: 'attributes.status', eq: 'won' }, ...more] },
    during: 'attributes.closed',
    value: { field: 'amount' },
  },
});
/** What the company keeps of what it sells. */
const GROSS_MARGIN: KpiSource = { is: 0.72 };

/** Each KPI with its key in the catalogue and where its inputs come from. */
const KPIS: readonly [id: string, label: string, kpi: string, inputs: Record<string, KpiSource>][] = [
  [
    'visitor-to-lead',
    'Visitor to lead',
    'visitorToLead',
    { leads: fromMarketing('lead'), visitors: figure('website-visitors') },
  ],
  [
    'cost-per-lead',
    'Cost of a lead',
    'costPer.lead',
    { programSpend: figure('campaign-cost'), leads: fromMarketing('lead') },
  ],
  [
    'cost-per-mql',
    'Cost of an MQL',
    'costPer.mql',
    { programSpend: figure('campaign-cost'), mqls: fromMarketing('mql') },
  ],
  [
    'cac',
    'Acquisition cost',
    'cac',
    {
      salesMarketingCost: figure('sales-marketing-cost'),
      newCustomers: entries('won'),
      paidCost: figure('campaign-cost', { segment: 'paid-search' }),
    },
  ],
  [
    'cac-payback',
    'Payback of acquisition cost',
    'cacPayback',
    {
      cac: { kpi: 'cac' },
      monthlyRevenuePerCustomer: figure('mrr-per-customer', { at: 'end' }),
      grossMargin: GROSS_MARGIN,
    },
  ],
  [
    'lifetime-value',
    'Lifetime value',
    'ltv',
    {
      monthlyRevenuePerCustomer: figure('mrr-per-customer', { at: 'end' }),
      grossMargin: GROSS_MARGIN,
      monthlyChurn: figure('monthly-churn', { at: 'end' }),
    },
  ],
  ['value-to-cost', 'Lifetime value to cost', 'ltvToCac', { ltv: { kpi: 'lifetime-value' }, cac: { kpi: 'cac' } }],
  [
    'cost-of-revenue',
    'Sales and marketing cost of revenue',
    'smPercentOfRevenue',
    { salesMarketingCost: figure('sales-marketing-cost'), revenue: wonAmount() },
  ],
  [
    'campaign-return',
    'Return on campaigns',
    'campaignRoi',
    { attributedRevenue: wonAmount(MARKETING), marketingSpend: figure('marketing-cost') },
  ],
  [
    'pipeline-coverage',
    'Pipeline coverage',
    'pipelineCoverage',
    {
      openPipeline: {
        records: {
          of: 'opportunity',
          where: { field: 'attributes.status', eq: 'open' },
          value: { field: 'amount' },
        },
      },
      remainingTarget: figure('revenue-target'),
    },
  ],
  [
    'forecast-accuracy',
    'Forecast accuracy',
    'forecastAccuracy',
    { forecast: figure('revenue-forecast'), actual: figure('revenue') },
  ],
  [
    'net-retention',
    'Net revenue retention',
    'nrr',
    {
      startingMRR: figure('mrr', { at: 'start' }),
      expansion: figure('mrr-expansion'),
      contraction: figure('mrr-contraction'),
      churned: figure('mrr-churned'),
    },
  ],
  [
    'gross-retention',
    'Gross revenue retention',
    'grr',
    {
      startingMRR: figure('mrr', { at: 'start' }),
      contraction: figure('mrr-contraction'),
      churned: figure('mrr-churned'),
    },
  ],
  [
    'perception-gap',
    'Perception gap',
    'perceptionGap',
    {
      marketing: figure('perception-marketing', { at: 'end' }),
      sales: figure('perception-sales', { at: 'end' }),
      marketingRespondents: figure('survey-respondents', { at: 'end', segment: 'marketing' }),
      salesRespondents: figure('survey-respondents', { at: 'end', segment: 'sales' }),
    },
  ],
];

/** Shown apart from the scorecard's first tiles. */
const SECTION = 'Cost, plans and customers';

/** The KPIs both teams agreed on that read figures of finance, of plans and of the survey. */
export const figureKpis = (): Definition[] =>
  KPIS.map(([id, label, kpi, inputs]) => ({
    kind: 'kpi',
    id,
    version: '1.0.0',
    label,
    owners: ['marketing', 'sales'],
    section: SECTION,
    agreedBy: agreedOn('2026-03-16'),
    formula: { kpi, inputs },
  }));
