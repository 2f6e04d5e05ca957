import { ratioValue, shareValue } from '../figure.ts';
import { kpi } from '../kpi.ts';

const CUSTOMERS = { customersAtStart: 'count', kept: 'count' } as const;

/** Of the customers at the start, those still there at the end. @beta */
export const retentionLogo = /* @__PURE__ */ kpi(
  {
    key: 'retention.logo',
    label: 'Customers kept',
    formula: 'kept / customersAtStart',
    note: 'Customers won in the period are left out.',
    unit: 'share',
    direction: 'up',
    grain: 'account',
    additivity: 'ratio',
    owners: ['customer-success'],
    revenuePath: ['revenue'],
    guardrail: 'nrr',
    inputs: CUSTOMERS,
  },
  ({ customersAtStart, kept }) => shareValue(kept, customersAtStart),
);

/** Of the customers at the start, those gone by the end. @beta */
export const churnLogo = /* @__PURE__ */ kpi(
  {
    key: 'churn.logo',
    label: 'Customers lost',
    formula: '1 − kept / customersAtStart',
    note: 'Customers won in the period are left out.',
    unit: 'share',
    direction: 'down',
    grain: 'account',
    additivity: 'ratio',
    owners: ['customer-success'],
    revenuePath: ['revenue'],
    guardrail: 'grr',
    inputs: CUSTOMERS,
  },
  ({ customersAtStart, kept }) =>
    kept > customersAtStart
      ? shareValue(kept, customersAtStart)
      : shareValue(customersAtStart - kept, customersAtStart),
);

/** Revenue of the customers at the start, one period later, of what it was. @beta */
export const nrr = /* @__PURE__ */ kpi(
  {
    key: 'nrr',
    label: 'Net revenue retention',
    formula: '(startingMRR + expansion − contraction − churned) / startingMRR',
    unit: 'share',
    direction: 'up',
    grain: 'account',
    additivity: 'ratio',
    owners: ['customer-success'],
    revenuePath: ['revenue'],
    guardrail: 'grr',
    inputs: { startingMRR: 'positive', expansion: 'positive', contraction: 'positive', churned: 'positive' },
  },
  ({ startingMRR, expansion, contraction, churned }) =>
    ratioValue(startingMRR + expansion - contraction - churned, startingMRR),
);

/** The same without expansion: at most 1. @beta */
export const grr = /* @__PURE__ */ kpi(
  {
    key: 'grr',
    label: 'Gross revenue retention',
    formula: '(startingMRR − contraction − churned) / startingMRR',
    unit: 'share',
    direction: 'up',
    grain: 'account',
    additivity: 'ratio',
    owners: ['customer-success'],
    revenuePath: ['revenue'],
    guardrail: 'retention.logo',
    inputs: { startingMRR: 'positive', contraction: 'positive', churned: 'positive', expansion: 'positive?' },
  },
  ({ startingMRR, contraction, churned }) => ratioValue(startingMRR - contraction - churned, startingMRR),
);
