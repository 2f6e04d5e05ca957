import type { BreakdownGroup, EventFunnelAnswer, Scalar } from '../../contracts/index.ts';
import { compareText } from '../../criteria/index.ts';
import type { EventFunnelPlan } from './plan.ts';
import type { EventFunnelStatistics, StepStatistics } from './statistics.ts';
import { answerSteps } from './steps.ts';

/** Numbers by size, then text by code point, then the rest; nothing comes last. */
export function compareKeys(a: Scalar, b: Scalar): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === typeof b) return compareText(String(a), String(b));
  return compareText(typeof a, typeof b);
}

/** The values with most entrants, up to the limit, and all others added up as one. */
export function answerBreakdown(
  plan: EventFunnelPlan,
  groups: EventFunnelStatistics['groups'],
): EventFunnelAnswer['breakdown'] {
  const { breakdown } = plan;
  if (groups === undefined || breakdown === undefined) return undefined;
  const entered = (steps: readonly StepStatistics[]): number => steps[0]?.reached ?? 0;
  const sorted = groups
    .filter(({ steps }) => entered(steps) > 0)
    .sort((a, b) => entered(b.steps) - entered(a.steps) || compareKeys(a.key, b.key));
  const shown = sorted.slice(0, breakdown.limit).map(({ key, steps }) => groupOf(plan, key, false, steps));
  const rest = sorted.slice(breakdown.limit);
  if (rest.length > 0) shown.push(groupOf(plan, null, true, sum(rest.map(({ steps }) => steps))));
  return {
    field: breakdown.field,
    of: breakdown.of,
    ...(breakdown.of === 'actor' ? {} : { attribution: attributionOf(plan, breakdown.attribution) }),
    limit: breakdown.limit,
    groups: shown,
  };
}

type Attribution = NonNullable<NonNullable<EventFunnelAnswer['breakdown']>['attribution']>;

function attributionOf(plan: EventFunnelPlan, attribution: 'first' | 'last' | 'all' | { step: number }): Attribution {
  return typeof attribution === 'string' ? attribution : { step: plan.steps[attribution.step]?.id ?? '' };
}

function groupOf(plan: EventFunnelPlan, key: Scalar, other: boolean, steps: readonly StepStatistics[]): BreakdownGroup {
  return { key, other, steps: answerSteps(plan, steps) };
}

function sum(all: readonly (readonly StepStatistics[])[]): StepStatistics[] {
  return (all[0] ?? []).map((_, i) => {
    const add = (pick: (s: StepStatistics) => number): number =>
      all.reduce((n, steps) => n + (steps[i] === undefined ? 0 : pick(steps[i])), 0);
    return { reached: add((s) => s.reached), open: add((s) => s.open), dropped: add((s) => s.dropped) };
  });
}
