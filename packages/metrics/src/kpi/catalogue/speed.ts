import type { KpiValue, Owner } from '../../contracts/index.ts';
import { beside, quantileOf, quantileOfAll, shareOf, spreadOf, valueOf } from '../figure.ts';
import type { Values } from '../inputs.ts';
import { type Kpi, kpi } from '../kpi.ts';

const MINUTES = { minutes: 'values' } as const;

/** Median and 90th percentile among all, and what the median alone does not tell. */
function waits(minutes: Values): KpiValue {
  const spread = spreadOf(minutes);
  const all = spread.n + spread.never;
  return valueOf(quantileOfAll(spread, 0.5), {
    n: all,
    also: [
      beside('p90', 'minutes', quantileOfAll(spread, 0.9)),
      beside('respondedMedian', 'minutes', quantileOf(spread, 0.5)),
      beside('neverRate', 'share', shareOf(spread.never, all)),
    ],
  });
}

/** How long a lead waits for the first human answer. @beta */
export const speedToLead = /* @__PURE__ */ kpi(
  {
    key: 'speedToLead',
    label: 'Speed to lead',
    formula: 'median and 90th percentile of minutes from inquiry to the first human response',
    note: 'Those never answered (null) count as +∞, at the end; automatic replies are no response.',
    unit: 'minutes',
    direction: 'down',
    grain: 'person',
    additivity: 'quantile',
    owners: ['both'],
    revenuePath: ['sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'slaCompliance',
    inputs: { ...MINUTES, businessMinutes: 'values?' },
  },
  ({ minutes, businessMinutes }) => {
    const elapsed = waits(minutes);
    if (businessMinutes === undefined) return elapsed;
    const business = spreadOf(businessMinutes);
    return {
      ...elapsed,
      also: [
        ...elapsed.also,
        beside('businessMedian', 'minutes', quantileOfAll(business, 0.5)),
        beside('businessP90', 'minutes', quantileOfAll(business, 0.9)),
      ],
    };
  },
);

function wait(facts: {
  key: string;
  label: string;
  formula: string;
  note: string;
  owners: readonly Owner[];
}): Kpi<typeof MINUTES> {
  return kpi(
    {
      ...facts,
      unit: 'minutes',
      direction: 'down',
      grain: 'handoff',
      additivity: 'quantile',
      revenuePath: ['sal', 'sql', 'opportunity', 'won', 'revenue'],
      guardrail: 'slaCompliance',
      inputs: MINUTES,
    },
    ({ minutes }) => waits(minutes),
  );
}

/** How long sales takes to answer what it was handed. @beta */
export const firstResponseTime = /* @__PURE__ */ wait({
  key: 'firstResponseTime',
  label: 'First response',
  formula: 'median and 90th percentile of business minutes from offered or accepted to the first response',
  note: 'After a reassignment the clock of the new owner starts anew and that of the hand-off goes on: give either.',
  owners: ['sales'],
});

/** How long an inquiry takes to reach sales. @beta */
export const systemLatency = /* @__PURE__ */ wait({
  key: 'systemLatency',
  label: 'System latency',
  formula: 'median and 90th percentile of minutes from inquiry to offered',
  note: 'The part of the wait that no seller can shorten.',
  owners: ['operations'],
});
