import { newcombe } from '../../stats/wilson.ts';
import {
  beside,
  cohortValue,
  nothing,
  quantileOf,
  quantileOfAll,
  ratio,
  ratioValue,
  shareOf,
  shareValue,
  spreadOf,
  valueOf,
  varianceOf,
} from '../figure.ts';
import { kpi } from '../kpi.ts';

/** Of the opportunities closed in the period, those won. @beta */
export const winRateCount = /* @__PURE__ */ kpi(
  {
    key: 'winRate.count',
    label: 'Win rate',
    formula: 'won / (won + lost), closed in the period',
    note: 'Open ones are left out, so deals kept open forever flatter it: read the cohort win rate beside it.',
    unit: 'share',
    direction: 'up',
    grain: 'opportunity',
    additivity: 'ratio',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'winRate.cohort',
    inputs: { won: 'count', lost: 'count', open: 'count?' },
  },
  ({ won, lost }) => shareValue(won, won + lost),
);

/** Of the value of the opportunities closed in the period, that of those won. @beta */
export const winRateValue = /* @__PURE__ */ kpi(
  {
    key: 'winRate.value',
    label: 'Win rate by value',
    formula: 'wonValue / (wonValue + lostValue)',
    note: 'Opportunities without an amount weigh nothing and are counted beside it.',
    unit: 'share',
    direction: 'up',
    grain: 'opportunity',
    additivity: 'ratio',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'winRate.count',
    inputs: { wonValue: 'positive', lostValue: 'positive', withoutAmount: 'count?' },
  },
  ({ wonValue, lostValue, withoutAmount = 0 }) =>
    ratioValue(wonValue, wonValue + lostValue, [beside('withoutAmount', 'count', { value: withoutAmount })]),
);

/** Of the opportunities created in the period, those won so far. @beta */
export const winRateCohort = /* @__PURE__ */ kpi(
  {
    key: 'winRate.cohort',
    label: 'Win rate of a cohort',
    formula: 'won / created, with open / created beside it',
    note: 'Immature until 95 % of the cohort are decided.',
    unit: 'share',
    direction: 'up',
    grain: 'opportunity',
    additivity: 'ratio',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'winRate.count',
    inputs: { created: 'count', won: 'count', open: 'count', lost: 'count?' },
  },
  ({ created, won, open }) =>
    cohortValue(won, created, created - open, [beside('openShare', 'share', shareOf(open, created))]),
);

/** The win rate with a marketing touch less that without. @beta */
export const winRateLift = /* @__PURE__ */ kpi(
  {
    key: 'winRateLift',
    label: 'Win rate with a touch',
    formula: 'wonWith / closedWith − wonWithout / closedWithout',
    note: 'Touches are not dealt out by chance: a difference is no proof that they caused it.',
    unit: 'difference',
    direction: 'up',
    grain: 'opportunity',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'influencedRevenue',
    inputs: { wonWith: 'count', closedWith: 'count', wonWithout: 'count', closedWithout: 'count' },
  },
  ({ wonWith, closedWith, wonWithout, closedWithout }) => {
    const [has, lacks] = [shareOf(wonWith, closedWith), shareOf(wonWithout, closedWithout)];
    const missing = has.value === null ? has : lacks.value === null ? lacks : null;
    const result = missing ?? newcombe(wonWith, closedWith, wonWithout, closedWithout) ?? nothing('zero-denominator');
    return valueOf(result, {
      n: closedWith + closedWithout,
      also: [beside('with', 'share', has), beside('without', 'share', lacks)],
    });
  },
);

/** The mean amount of a won opportunity, the median beside it. @beta */
export const avgDealSize = /* @__PURE__ */ kpi(
  {
    key: 'avgDealSize',
    label: 'Deal size',
    formula: 'wonAmount / won; median of amounts',
    note: 'A few large deals pull the mean: read the median first.',
    unit: 'currency',
    direction: 'up',
    grain: 'opportunity',
    additivity: 'ratio',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'winRate.count',
    inputs: { wonAmount: 'amount', won: 'count', amounts: 'values?' },
  },
  ({ wonAmount, won, amounts }) => {
    const spread = amounts === undefined ? null : spreadOf(amounts);
    return valueOf(ratio(wonAmount, won), {
      numerator: wonAmount,
      denominator: won,
      n: won,
      ...(spread === null ? {} : varianceOf(spread)),
      also: spread === null ? [] : [beside('median', 'currency', quantileOf(spread, 0.5))],
    });
  },
);

/** Days from creating an opportunity to closing it. @beta */
export const salesCycle = /* @__PURE__ */ kpi(
  {
    key: 'salesCycle',
    label: 'Sales cycle',
    formula: 'median and 90th percentile of days from created to won; of closedDays, won or lost',
    note: 'Back-dated ones (fewer than 0 days) are dropped and counted; open ones, given as null, are counted only.',
    unit: 'days',
    direction: 'down',
    grain: 'opportunity',
    additivity: 'quantile',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'winRate.count',
    inputs: { days: 'values', closedDays: 'values?' },
  },
  ({ days, closedDays }) => {
    const won = forward(days);
    const closed = closedDays === undefined ? undefined : forward(closedDays);
    return valueOf(quantileOf(won, 0.5), {
      n: won.n,
      also: [
        beside('p90', 'days', quantileOf(won, 0.9)),
        beside('backDated', 'count', { value: won.dropped }),
        beside('open', 'count', { value: won.never }),
        ...(closed === undefined
          ? []
          : [
              beside('closedMedian', 'days', quantileOf(closed, 0.5)),
              beside('closedP90', 'days', quantileOf(closed, 0.9)),
            ]),
      ],
    });
  },
);

/** The values from 0 on, and how many lie below. */
function forward(values: Parameters<typeof spreadOf>[0]): ReturnType<typeof spreadOf> & { dropped: number } {
  const all = spreadOf(values);
  const groups = all.groups.filter(([value]) => value >= 0);
  const n = groups.reduce((sum, [, count]) => sum + count, 0);
  return { groups, n, never: all.never, dropped: all.n - n };
}

/** Ages of what is open. @beta */
export const leadAging = /* @__PURE__ */ kpi(
  {
    key: 'leadAging',
    label: 'Age of what is open',
    formula: 'median and 90th percentile of the days that each has been open',
    note: 'Of open hand-offs, of nurture or of MQLs without a decision, one at a time; calendar or business days as given.',
    unit: 'days',
    direction: 'down',
    grain: 'handoff',
    additivity: 'quantile',
    owners: ['both'],
    revenuePath: ['sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'acceptanceRate',
    inputs: { days: 'values' },
  },
  ({ days }) => {
    const spread = spreadOf(days);
    return valueOf(quantileOfAll(spread, 0.5), {
      n: spread.n,
      also: [beside('p90', 'days', quantileOfAll(spread, 0.9))],
    });
  },
);
