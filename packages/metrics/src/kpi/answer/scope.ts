import type {
  AnswerContext,
  Compare,
  Criteria,
  FiscalCalendar,
  KpiDefinition,
  KpiQuestion,
  TrendStep,
} from '../../contracts/index.ts';
import { QuestionError } from '../../errors.ts';
import { joinCriteria, resolveAsOf, segmentCriteria } from '../../funnel/make-plan.ts';
import { grainsOf, previousPeriod, previousYear, resolvePeriod, zone, type Period } from '../../time/index.ts';

/** What is asked of every KPI of a question: which days, which records, true for which moment. */
export interface Scope {
  /** Absent: all time. */
  period?: Period;
  asOf: number;
  timeZone: string;
  segment?: string;
  filter?: Criteria;
}

/** A step of a trend. */
export interface Step {
  scope: Scope;
  /** Whether the period cuts it, or it has not ended. */
  partial: boolean;
}

const MAX_STEPS = 60;

/** The scope of a question. @throws QuestionError for a period, date or zone that is not understood. */
export function scopeOf(question: KpiQuestion, context: AnswerContext): Scope {
  const timeZone = zone(question.timeZone ?? context.timeZone).id;
  const asOf = resolveAsOf(question.asOf ?? context.asOf, timeZone);
  const { fiscal } = context;
  return {
    asOf,
    timeZone,
    ...(question.period === undefined ? {} : { period: resolvePeriod(question.period, { asOf, timeZone, fiscal }) }),
    ...(question.segment === undefined ? {} : { segment: question.segment }),
    ...(question.filter === undefined ? {} : { filter: question.filter }),
  };
}

/** The scope to compare with; an earlier period is read at the age the asked one has now. */
export function comparedScope(scope: Scope, compare: Compare, fiscal: FiscalCalendar | undefined): Scope {
  if (typeof compare === 'object' && 'segment' in compare) return { ...scope, segment: compare.segment };
  if (scope.period === undefined) {
    throw new QuestionError(
      'invalid-question',
      'compare needs a period to compare with an earlier one: set period, or compare with a segment',
    );
  }
  const { asOf, timeZone } = scope;
  const period =
    compare === 'previous'
      ? previousPeriod(scope.period, fiscal)
      : compare === 'previous-year'
        ? previousYear(scope.period, fiscal)
        : resolvePeriod(compare.period, { asOf, timeZone, fiscal });
  const { startOf } = zone(timeZone);
  const younger = startOf(scope.period.from) - startOf(period.from);
  return { ...scope, period, asOf: younger > 0 ? asOf - younger : asOf };
}

/** The fewest steps that `auto` cuts a period into. */
const FEW_STEPS = 5;

/** The step of a trend; `auto` takes the longest that cuts the period into a few, or days, and none without a period. */
export function trendStep(
  trend: KpiQuestion['trend'],
  { period }: Scope,
  fiscal: FiscalCalendar | undefined,
): TrendStep | undefined {
  if (trend !== 'auto') return trend;
  if (period === undefined) return undefined;
  const steps: TrendStep[] = ['year', 'quarter', 'month', 'week'];
  const options = fiscal === undefined ? {} : { fiscal };
  return steps.find((step) => grainsOf(period, step, options).length >= FEW_STEPS) ?? 'day';
}

/** The steps of a trend, cut to the period; those that lie wholly after `asOf` are left out. */
export function stepsOf(scope: Scope, trend: TrendStep, fiscal: FiscalCalendar | undefined): Step[] {
  const { period } = scope;
  if (period === undefined) throw new QuestionError('invalid-question', 'trend needs a period to cut: set period');
  const steps = grainsOf(period, trend, fiscal === undefined ? {} : { fiscal });
  if (steps.length > MAX_STEPS) {
    throw new QuestionError(
      'invalid-question',
      `trend "${trend}" cuts the period into ${steps.length} steps, more than ${MAX_STEPS}: ask a shorter period or longer steps`,
    );
  }
  const { dayOf } = zone(scope.timeZone);
  const [today, ended] = [dayOf(scope.asOf), dayOf(scope.asOf + 1)];
  return steps.flatMap((step) => {
    const from = step.from < period.from ? period.from : step.from;
    const to = step.to > period.to ? period.to : step.to;
    const partial = from !== step.from || to !== step.to || to > ended;
    return from > today ? [] : [{ scope: { ...scope, period: { text: `${from}/${to}`, from, to } }, partial }];
  });
}

/** The filter of a KPI in a scope: the reader's rows, the segment and the question's. */
export function filterOf(scope: Scope, definition: KpiDefinition, context: AnswerContext): Criteria | undefined {
  return joinCriteria(context.rights.rows, segmentCriteria(definition, scope.segment, 'KPI'), scope.filter);
}
