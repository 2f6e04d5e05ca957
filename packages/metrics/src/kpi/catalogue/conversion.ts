import type { Owner } from '../../contracts/index.ts';
import { beside, cohortValue, ratio, ratioValue, shareOf } from '../figure.ts';
import { type Kpi, kpi } from '../kpi.ts';

/** Leads of a period by visitors of the same period. @beta */
export const visitorToLead = /* @__PURE__ */ kpi(
  {
    key: 'visitorToLead',
    label: 'Visitors to leads',
    formula: 'leads / visitors',
    note: 'A ratio of flows of one period, not of one cohort; it may exceed 1 and has no interval.',
    unit: 'ratio',
    direction: 'up',
    grain: 'visitor',
    additivity: 'ratio',
    owners: ['marketing'],
    revenuePath: ['lead', 'mql', 'sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'leadToMql',
    inputs: { leads: 'count', visitors: 'count' },
  },
  ({ leads, visitors }) => ratioValue(leads, visitors),
);

const COHORT = { entered: 'count', converted: 'count', followed: 'count?' } as const;

interface CohortFacts {
  key: string;
  label: string;
  direction?: 'up' | 'band';
  grain: 'person' | 'handoff' | 'opportunity';
  owners: readonly Owner[];
  revenuePath: readonly string[];
  guardrail: string;
  note?: string;
}

function cohortRate({ direction = 'up', note, ...facts }: CohortFacts): Kpi<typeof COHORT> {
  return kpi(
    {
      ...facts,
      direction,
      formula: 'converted / entered, within the window',
      note:
        note ?? 'Of those who entered in the period; immature unless 95 % of them have been followed for the window.',
      unit: 'share',
      additivity: 'ratio',
      inputs: COHORT,
    },
    ({ entered, converted, followed }) => cohortValue(converted, entered, followed),
  );
}

/** Of the leads of a cohort, those who became an MQL. @beta */
export const leadToMql = /* @__PURE__ */ cohortRate({
  key: 'leadToMql',
  label: 'Lead to MQL',
  direction: 'band',
  grain: 'person',
  owners: ['marketing'],
  revenuePath: ['mql', 'sal', 'sql', 'opportunity', 'won', 'revenue'],
  guardrail: 'acceptanceRate',
});

/** Of the accepted leads of a cohort, those who became an SQL. @beta */
export const salToSql = /* @__PURE__ */ cohortRate({
  key: 'salToSql',
  label: 'SAL to SQL',
  grain: 'handoff',
  owners: ['sales'],
  revenuePath: ['sql', 'opportunity', 'won', 'revenue'],
  guardrail: 'sqlToOpp',
});

/** Of the MQLs of a cohort, those who became an SQL. @beta */
export const mqlToSql = /* @__PURE__ */ cohortRate({
  key: 'mqlToSql',
  label: 'MQL to SQL',
  grain: 'person',
  owners: ['both'],
  revenuePath: ['sql', 'opportunity', 'won', 'revenue'],
  guardrail: 'sqlToWon',
  note: 'Where acceptance is recorded in between it means another thing than where it is not.',
});

/** Of the SQLs of a cohort, those with an opportunity. @beta */
export const sqlToOpp = /* @__PURE__ */ cohortRate({
  key: 'sqlToOpp',
  label: 'SQL to opportunity',
  grain: 'person',
  owners: ['sales'],
  revenuePath: ['opportunity', 'won', 'revenue'],
  guardrail: 'winRate.cohort',
  note: 'A person with several opportunities counts by the first.',
});

/** Of the SQLs of a cohort, those that were won. @beta */
export const sqlToWon = /* @__PURE__ */ cohortRate({
  key: 'sqlToWon',
  label: 'SQL to won',
  grain: 'person',
  owners: ['sales'],
  revenuePath: ['won', 'revenue'],
  guardrail: 'avgDealSize',
  note: 'A person with several opportunities counts by the first.',
});

/** Of the leads of a cohort, those whose account became a customer. @beta */
export const leadToCustomer = /* @__PURE__ */ kpi(
  {
    key: 'leadToCustomer',
    label: 'Lead to customer',
    formula: 'converted / entered, within the window; by account: customerAccounts / accounts',
    note: 'Several leads of one account count each by person and once by account.',
    unit: 'share',
    direction: 'up',
    grain: 'person',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'cac',
    inputs: { ...COHORT, accounts: 'count?', customerAccounts: 'count?' },
  },
  ({ entered, converted, followed, accounts, customerAccounts }) =>
    cohortValue(
      converted,
      entered,
      followed,
      accounts === undefined || customerAccounts === undefined
        ? []
        : [beside('byAccount', 'share', shareOf(customerAccounts, accounts))],
    ),
);

/** What one entry into a stage is worth. @beta */
export const valuePerUnit = /* @__PURE__ */ kpi(
  {
    key: 'valuePerUnit',
    label: 'Value of one entry',
    formula: '(wonAmount / won) × (converted / entered)',
    note: 'Mean revenue of a win times the share of the stage’s entries that are won.',
    unit: 'currency',
    direction: 'up',
    grain: 'stage',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'leadVolume',
    inputs: { wonAmount: 'amount', won: 'count', ...COHORT },
  },
  ({ wonAmount, won, entered, converted, followed }) => {
    const [mean, rate] = [ratio(wonAmount, won), shareOf(converted, entered)];
    const share = cohortValue(converted, entered, followed);
    const parts = [beside('meanWonRevenue', 'currency', mean), beside('rate', 'share', rate)];
    const missing = mean.value === null ? mean : rate.value === null ? rate : null;
    const result = missing ?? { value: (mean.value ?? 0) * (rate.value ?? 0) };
    return { ...share, result, also: parts };
  },
);
