import type { FiscalCalendar, FunnelQuestion } from '../contracts/index.ts';
import { QuestionError } from '../errors.ts';
import { previousPeriod, previousYear, resolvePeriod, type Period } from '../time/index.ts';
import { planFunnel, type PlanContext, type PlannedFunnel } from './make-plan.ts';
import type { FunnelPlan } from './plan.ts';

export interface Comparison {
  plan: FunnelPlan;
  period?: Period;
  segment?: { id: string; label: string };
}

/**
 * The plan of what a question compares with. An earlier period is read at the age the asked one
 * has now: its `asOf` is as far from its start, so that both cohorts were followed equally long.
 */
export function compareWith(
  question: FunnelQuestion,
  planned: PlannedFunnel,
  context: PlanContext,
): Comparison | undefined {
  const { compare } = question;
  if (compare === undefined) return undefined;
  const plain = { ...question, details: [] };
  if (typeof compare === 'object' && 'segment' in compare) {
    const { plan } = planFunnel({ ...plain, segment: compare.segment }, planned.plan.definition, context);
    const label = planned.plan.definition.segments?.find((s) => s.id === compare.segment)?.label ?? compare.segment;
    return {
      plan,
      segment: { id: compare.segment, label },
      ...(planned.period === undefined ? {} : { period: planned.period }),
    };
  }
  if (planned.period === undefined) {
    throw new QuestionError(
      'invalid-question',
      'compare needs a period to compare with an earlier one: set period, or compare with a segment',
    );
  }
  const period = comparedPeriod(compare, planned.period, planned.plan, context.fiscal);
  const { plan } = planFunnel({ ...plain, period: `${period.from}/${period.to}` }, planned.plan.definition, context);
  return { plan: { ...plan, asOf: sameAge(planned.plan, plan) }, period };
}

function comparedPeriod(
  compare: 'previous' | 'previous-year' | { period: string },
  period: Period,
  plan: FunnelPlan,
  fiscal: FiscalCalendar | undefined,
): Period {
  if (compare === 'previous') return previousPeriod(period, fiscal);
  if (compare === 'previous-year') return previousYear(period, fiscal);
  return resolvePeriod(compare.period, { asOf: plan.asOf, timeZone: plan.line.timeZone, fiscal });
}

/** `asOf` moved back by as much elapsed time as lies between the starts of the periods. */
function sameAge(asked: FunnelPlan, compared: FunnelPlan): number {
  if (asked.view !== 'cohort' || asked.from === undefined || compared.from === undefined || compared.from >= asked.from)
    return asked.asOf;
  return asked.asOf - (asked.from - compared.from);
}
