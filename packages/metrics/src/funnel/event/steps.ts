import type { BreakdownGroup } from '../../contracts/index.ts';
import { rate } from '../stages.ts';
import type { EventFunnelPlan } from './plan.ts';
import type { StepStatistics } from './statistics.ts';

/**
 * Counts, rates and outcomes of each step. A step's rate is from the nearest earlier step that is not
 * optional, since an optional one is no part of the way.
 */
export function answerSteps(plan: EventFunnelPlan, steps: readonly StepStatistics[]): BreakdownGroup['steps'] {
  const reached = (i: number): number => steps[i]?.reached ?? 0;
  return steps.map((step, i) => {
    const before = plan.steps.findLastIndex((s, j) => j < i && !s.optional);
    return {
      count: step.reached,
      ...(before < 0 ? {} : { stepRate: rate(step.reached, reached(before)) }),
      cumulativeRate: rate(step.reached, reached(0)),
      outcomes: { advanced: step.reached - step.open - step.dropped, open: step.open, dropped: step.dropped },
    };
  });
}
