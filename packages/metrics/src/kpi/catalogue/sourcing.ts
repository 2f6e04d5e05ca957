import { beside, ratio, valueOf } from '../figure.ts';
import { type Kpi, kpi } from '../kpi.ts';

const SOURCED = {
  sourced: 'amount',
  leadSource: 'amount',
  firstTouch: 'amount',
  preSales: 'amount',
  total: 'amount?',
} as const;
const INFLUENCED = { influenced: 'amount', total: 'amount?' } as const;

const shareOfTotal = (part: number, total: number | undefined): ReturnType<typeof beside>[] =>
  total === undefined ? [] : [beside('share', 'share', ratio(part, total))];

function sourced(key: string, label: string, revenuePath: readonly string[]): Kpi<typeof SOURCED> {
  return kpi(
    {
      key,
      label,
      formula: 'sourced; the three rules beside it: leadSource, firstTouch, preSales',
      note: '`sourced` is the amount by the rule both teams locked. The other rules stand beside it, since they differ.',
      unit: 'currency',
      direction: 'up',
      grain: 'opportunity',
      additivity: 'sum',
      owners: ['marketing'],
      revenuePath,
      guardrail: 'winRate.count',
      inputs: SOURCED,
    },
    ({ sourced: amount, leadSource, firstTouch, preSales, total }) =>
      valueOf(
        { value: amount },
        {
          also: [
            beside('leadSource', 'currency', { value: leadSource }),
            beside('firstTouch', 'currency', { value: firstTouch }),
            beside('preSales', 'currency', { value: preSales }),
            ...shareOfTotal(amount, total),
          ],
        },
      ),
  );
}

function influenced(key: string, label: string, revenuePath: readonly string[]): Kpi<typeof INFLUENCED> {
  return kpi(
    {
      key,
      label,
      formula: 'influenced: amounts with at least one eligible marketing touch before the milestone',
      note: 'Not to be added to what marketing sourced: one opportunity can be both. Touches after the milestone do not count.',
      unit: 'currency',
      direction: 'up',
      grain: 'opportunity',
      additivity: 'sum',
      owners: ['marketing'],
      revenuePath,
      guardrail: 'winRateLift',
      inputs: INFLUENCED,
    },
    ({ influenced: amount, total }) => valueOf({ value: amount }, { also: shareOfTotal(amount, total) }),
  );
}

/** Pipeline that marketing brought in, by the rule both teams locked. @beta */
export const sourcedPipeline = /* @__PURE__ */ sourced('sourcedPipeline', 'Pipeline sourced by marketing', [
  'opportunity',
  'won',
  'revenue',
]);
/** Revenue that marketing brought in, by the rule both teams locked. @beta */
export const sourcedRevenue = /* @__PURE__ */ sourced('sourcedRevenue', 'Revenue sourced by marketing', ['revenue']);
/** Pipeline that marketing had a part in. @beta */
export const influencedPipeline = /* @__PURE__ */ influenced('influencedPipeline', 'Pipeline influenced by marketing', [
  'opportunity',
  'won',
  'revenue',
]);
/** Revenue that marketing had a part in. @beta */
export const influencedRevenue = /* @__PURE__ */ influenced('influencedRevenue', 'Revenue influenced by marketing', [
  'revenue',
]);
