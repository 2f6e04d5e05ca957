import { InputError } from '../../errors.ts';
import { beside, nothing, ratio, ratioValue, valueOf, withFactors } from '../figure.ts';
import { kpi } from '../kpi.ts';

/** What a new customer costs. @beta */
export const cac = /* @__PURE__ */ kpi(
  {
    key: 'cac',
    label: 'Acquisition cost',
    formula: 'salesMarketingCost / newCustomers; paid: paidCost / newCustomers',
    note: 'The whole cost of sales and marketing ("loaded"); paid media alone beside it. The cost may be that of earlier months.',
    unit: 'currency',
    direction: 'down',
    grain: 'account',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'winRate.count',
    inputs: { salesMarketingCost: 'positive', newCustomers: 'count', paidCost: 'positive?' },
  },
  ({ salesMarketingCost, newCustomers, paidCost }) => ({
    ...ratioValue(
      salesMarketingCost,
      newCustomers,
      paidCost === undefined ? [] : [beside('paid', 'currency', ratio(paidCost, newCustomers))],
    ),
    n: newCustomers,
  }),
);

/** Months until a customer has paid back what it cost. @beta */
export const cacPayback = /* @__PURE__ */ kpi(
  {
    key: 'cacPayback',
    label: 'Payback of acquisition cost',
    formula: 'cac / (monthlyRevenuePerCustomer × grossMargin)',
    unit: 'months',
    direction: 'down',
    grain: 'account',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'grr',
    inputs: { cac: 'factor', monthlyRevenuePerCustomer: 'factor', grossMargin: 'factor' },
    parts: { cac },
  },
  ({ cac: cost, monthlyRevenuePerCustomer, grossMargin }) =>
    valueOf(
      withFactors([cost, monthlyRevenuePerCustomer, grossMargin], ([spent = 0, revenue = 0, margin = 0]) =>
        margin <= 0 ? nothing('non-positive-margin') : ratio(spent, revenue * margin),
      ),
    ),
);

/** What a customer brings in its life. @beta */
export const ltv = /* @__PURE__ */ kpi(
  {
    key: 'ltv',
    label: 'Lifetime value',
    formula: 'monthlyRevenuePerCustomer × grossMargin / monthlyChurn',
    note: 'Without churn a life has no end: the value of horizonMonths (default 60) stands beside it.',
    unit: 'currency',
    direction: 'up',
    grain: 'account',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'churn.logo',
    inputs: {
      monthlyRevenuePerCustomer: 'factor',
      grossMargin: 'factor',
      monthlyChurn: 'factor',
      horizonMonths: 'count?',
    },
  },
  ({ monthlyRevenuePerCustomer, grossMargin, monthlyChurn, horizonMonths = 60 }) => {
    if (typeof monthlyChurn === 'number' && (monthlyChurn < 0 || monthlyChurn > 1)) {
      throw new InputError('inputs.monthlyChurn', `${monthlyChurn} is no share`, 'give a number from 0 to 1');
    }
    const capped = withFactors([monthlyRevenuePerCustomer, grossMargin], ([revenue = 0, margin = 0]) => ({
      value: revenue * margin * horizonMonths,
    }));
    const whole = withFactors(
      [monthlyRevenuePerCustomer, grossMargin, monthlyChurn],
      ([revenue = 0, margin = 0, churn = 0]) => (churn === 0 ? nothing('zero-churn') : ratio(revenue * margin, churn)),
    );
    return valueOf(whole, { also: [beside('cappedAtHorizon', 'currency', capped)] });
  },
);

/** Lifetime value for each unit of acquisition cost. @beta */
export const ltvToCac = /* @__PURE__ */ kpi(
  {
    key: 'ltvToCac',
    label: 'Lifetime value to cost',
    formula: 'ltv / cac',
    note: 'Where one of them cannot be told, neither can this, for the same reason.',
    unit: 'ratio',
    direction: 'up',
    grain: 'account',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'cacPayback',
    inputs: { ltv: 'factor', cac: 'factor' },
    parts: { cac },
  },
  ({ ltv: value, cac: cost }) => valueOf(withFactors([value, cost], ([a = 0, b = 0]) => ratio(a, b))),
);

/** The part of revenue that sales and marketing cost. @beta */
export const smPercentOfRevenue = /* @__PURE__ */ kpi(
  {
    key: 'smPercentOfRevenue',
    label: 'Sales and marketing cost of revenue',
    formula: 'salesMarketingCost / revenue',
    unit: 'share',
    direction: 'band',
    grain: 'finance',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['revenue'],
    guardrail: 'pipelineCoverage',
    inputs: { salesMarketingCost: 'positive', revenue: 'amount' },
  },
  ({ salesMarketingCost, revenue }) => ratioValue(salesMarketingCost, revenue),
);
