import type {
  BreakdownAttribution,
  Criteria,
  EventFunnelDefinition,
  EventFunnelQuestion,
  Rights,
} from '../../contracts/index.ts';
import { eventFunnelFaults, fieldsOf } from '../../contracts/index.ts';
import { QuestionError } from '../../errors.ts';
import { durationMs, resolvePeriod, zone, type Period } from '../../time/index.ts';
import { joinCriteria, resolveAsOf, segmentCriteria, type PlanContext } from '../make-plan.ts';
import type { EventFunnelPlan, PlanBreakdown, PlanMatch, PlanStep } from './plan.ts';
import { trendBounds } from './trend-bounds.ts';

/** A plan with what the answer repeats of the question. @beta */
export interface PlannedEventFunnel {
  plan: EventFunnelPlan;
  period?: Period;
}

const refuse = (message: string): never => {
  throw new QuestionError('invalid-question', message);
};

/** The values a breakdown shows one by one when the question does not say how many. */
const BREAKDOWN_LIMIT = 25;

/**
 * Fills every default of an event-mode question and resolves its dates.
 *
 * @throws QuestionError naming the field and what is allowed.
 * @beta
 */
export function planEventFunnel(
  question: EventFunnelQuestion,
  definition: EventFunnelDefinition,
  context: PlanContext,
): PlannedEventFunnel {
  const [fault] = eventFunnelFaults(definition);
  if (fault !== undefined) refuse(`funnel "${definition.id}", ${fault.path.join('.')}: ${fault.message}`);
  const timeZone = zone(question.timeZone ?? context.timeZone).id;
  const asOf = resolveAsOf(question.asOf ?? context.asOf, timeZone);
  const period =
    question.period === undefined
      ? undefined
      : resolvePeriod(question.period, { asOf, timeZone, fiscal: context.fiscal });
  const where = joinCriteria(
    context.rights.rows,
    definition.where,
    segmentCriteria(definition, question.segment),
    question.filter,
  );
  const stage = fieldsOf(where).find((f) => /^(stage|reached\..*)$/.test(f));
  if (stage !== undefined) refuse(`filter: "${stage}" needs a funnel of stages: use currentStage or attributes.NAME`);
  const order = definition.order ?? 'ordered';
  const unit = definition.unit ?? 'actor';
  const tolerance = order === 'strict' ? 'end' : 'pass';
  const breakdown = planBreakdown(question, definition, context.rights);
  const correlate = planCorrelation(question, definition);
  const plan: EventFunnelPlan = {
    definition,
    source: definition.source ?? 'activities',
    actor: definition.actor ?? 'person',
    steps: planSteps(definition),
    exclusions: (definition.exclusions ?? []).map((exclusion) => ({
      ...planMatch(exclusion),
      from: definition.steps.findIndex((s) => s.id === exclusion.from),
      to: definition.steps.findIndex((s) => s.id === exclusion.to),
    })),
    order,
    unit,
    pick: definition.pick ?? 'nearest',
    tries: definition.tries ?? 'all',
    repeats: definition.repeats ?? tolerance,
    returns: definition.returns ?? tolerance,
    sameInstant: definition.sameInstant ?? 'any-order',
    ...(definition.window === undefined || definition.window.anchor === 'previous-step'
      ? {}
      : { windowMs: durationMs(definition.window.within) }),
    windowEnd: definition.window?.end ?? 'inclusive',
    grain: definition.window?.grain ?? 'instant',
    ...(period === undefined
      ? {}
      : { from: zone(timeZone).startOf(period.from), to: zone(timeZone).startOf(period.to) }),
    asOf,
    timeZone,
    ...(definition.eventFilter === undefined ? {} : { eventFilter: definition.eventFilter }),
    ...(where === undefined ? {} : { where }),
    between: planBetween(question, definition),
    time: (question.details ?? ['time']).includes('time'),
    ...(question.trend === undefined
      ? {}
      : {
          trend: {
            interval: question.trend,
            bounds: trendBounds(
              question.trend,
              period ?? refuse('trend needs a period: set period'),
              timeZone,
              question.weekStart ?? 1,
            ),
          },
        }),
    ...(breakdown === undefined ? {} : { breakdown }),
    ...(correlate === undefined ? {} : { correlate }),
  };
  return period === undefined ? { plan } : { plan, period };
}

function planMatch({
  event,
  where,
}: {
  event?: string | string[] | undefined;
  where?: Criteria | undefined;
}): PlanMatch {
  return {
    ...(event === undefined ? {} : { names: typeof event === 'string' ? [event] : event }),
    ...(where === undefined ? {} : { where }),
  };
}

function planSteps({ steps, window }: EventFunnelDefinition): PlanStep[] {
  const each = window?.anchor === 'previous-step' ? durationMs(window.within) : undefined;
  return steps.map((step, i) => {
    const withinMs = step.within === undefined ? each : durationMs(step.within);
    return {
      id: step.id,
      ...planMatch(step),
      optional: step.optional ?? false,
      ...(step.firstTime === undefined ? {} : { firstTime: step.firstTime }),
      ...(withinMs === undefined || i === 0 ? {} : { withinMs }),
    };
  });
}

function stepIndex(definition: EventFunnelDefinition, id: string, field: string): number {
  const index = definition.steps.findIndex((s) => s.id === id);
  return index >= 0
    ? index
    : refuse(
        `${field}: step "${id}" is not in funnel "${definition.id}"; its steps are ${definition.steps.map((s) => s.id).join(', ')}`,
      );
}

function planBetween({ between }: EventFunnelQuestion, definition: EventFunnelDefinition): EventFunnelPlan['between'] {
  if (between === undefined) return { from: 0, to: definition.steps.length - 1 };
  const from = stepIndex(definition, between.from, 'between.from');
  const to = stepIndex(definition, between.to, 'between.to');
  return to > from ? { from, to } : refuse(`between.to: "${between.to}" must be a later step than "${between.from}"`);
}

/** Fields that name single records. */
const RECORD_ID = /^(person|account|opportunity)Id$/;

function planBreakdown(
  { breakdown }: EventFunnelQuestion,
  definition: EventFunnelDefinition,
  rights: Rights,
): PlanBreakdown | undefined {
  if (breakdown === undefined) return undefined;
  const limit = breakdown.limit ?? BREAKDOWN_LIMIT;
  const field = 'actor' in breakdown ? breakdown.actor : breakdown.event;
  if (RECORD_ID.test(field) && !rights.caps.includes('drill'))
    throw new QuestionError(
      'forbidden',
      `breakdown: "${field}" names single records, and your rights do not include "drill": break down by attributes.NAME`,
    );
  if ('actor' in breakdown) {
    mustHaveRecord(definition, 'breakdown.actor');
    return { of: 'actor', field, limit };
  }
  const attribution: BreakdownAttribution = breakdown.attribution ?? definition.attribution ?? 'first';
  if (attribution === 'all' && definition.unit === 'conversion')
    refuse('breakdown.attribution: "all" splits tries by value, which conversions do not have: use "first"');
  if (typeof attribution === 'object' && definition.order === 'any')
    refuse('breakdown.attribution.step: in any order an event is of no certain step: use "first", "last" or "all"');
  return {
    of: 'event',
    field,
    attribution:
      typeof attribution === 'string'
        ? attribution
        : { step: stepIndex(definition, attribution.step, 'breakdown.attribution.step') },
    limit,
  };
}

function planCorrelation(
  { correlate }: EventFunnelQuestion,
  definition: EventFunnelDefinition,
): EventFunnelPlan['correlate'] {
  if (correlate === undefined) return undefined;
  if (definition.unit === 'conversion')
    refuse('correlate: conversions are not tries: ask a funnel of unit "actor" or "entry"');
  if (correlate === 'events') return { of: 'events' };
  mustHaveRecord(definition, 'correlate.actor');
  return { of: 'actor', field: correlate.actor };
}

function mustHaveRecord({ actor }: EventFunnelDefinition, field: string): void {
  if (typeof actor === 'object')
    refuse(`${field}: actors by ${actor.property} have no record: use a field of the events`);
}
