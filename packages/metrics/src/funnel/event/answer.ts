import type {
  AnswerContext,
  Envelope,
  EventFunnelAnswer,
  EventFunnelQuestion,
  Flag,
  Maturity,
  TrendRow,
  Warning,
} from '../../contracts/index.ts';
import { WIRE_VERSION } from '../../contracts/index.ts';
import { findEventFunnel } from '../../definitions/funnels.ts';
import { definitionRef } from '../../definitions/index.ts';
import { durationMs } from '../../time/index.ts';
import type { EngineInfo } from '../answer.ts';
import { isMature, SMALL_N } from '../maturity.ts';
import { rate } from '../stages.ts';
import { answerBreakdown } from './breakdown.ts';
import { answerCorrelation } from './correlation.ts';
import { planEventFunnel, type PlannedEventFunnel } from './make-plan.ts';
import type { EventFunnelPlan } from './plan.ts';
import type { EventFunnelStatistics } from './statistics.ts';
import { answerSteps } from './steps.ts';
import { histogram, timesOf } from './times.ts';

/** Counts a plan: what an engine adds to the shared rules. @beta */
export type CountEventFunnel = (
  plan: EventFunnelPlan,
  signal?: AbortSignal,
) => EventFunnelStatistics | Promise<EventFunnelStatistics>;

/**
 * Answers an event-mode funnel question with any engine's counts.
 *
 * @throws QuestionError when the question cannot be answered as asked.
 * @beta
 */
export async function answerEventFunnel(
  question: EventFunnelQuestion,
  context: AnswerContext,
  count: CountEventFunnel,
  engine: EngineInfo,
): Promise<Envelope> {
  const definition = findEventFunnel(context.definitions, question.funnel);
  const planned = planEventFunnel(question, definition, context);
  const { plan } = planned;
  const statistics = await count(plan, context.signal);
  const data = answerData(question, planned, statistics);
  const maturity = maturityOf(plan, statistics);
  const empty = statistics.actors === 0 && plan.where === undefined ? 'no-data-yet' : 'nothing-matches';
  return {
    v: WIRE_VERSION,
    status: data.outcomes.entered > 0 ? 'ok' : 'empty',
    ...(data.outcomes.entered > 0 ? {} : { code: empty }),
    flags: [...flagsOf(data, maturity), ...(engine.flags ?? [])],
    definition: definitionRef(definition),
    asOf: new Date(plan.asOf).toISOString(),
    computedAt: engine.now(),
    engine: engine.name,
    coverage: {
      entities: statistics.actors,
      undated: 0,
      unlinked: statistics.unlinked,
      ...(statistics.dataThrough === undefined ? {} : { dataThrough: new Date(statistics.dataThrough).toISOString() }),
    },
    ...(maturity === undefined ? {} : { maturity }),
    warnings: warningsOf(statistics, data, maturity),
    data,
  };
}

function answerData(
  question: EventFunnelQuestion,
  { plan, period }: PlannedEventFunnel,
  statistics: EventFunnelStatistics,
): EventFunnelAnswer {
  const { definition } = plan;
  const segment = definition.segments?.find((s) => s.id === question.segment);
  const breakdown = answerBreakdown(plan, statistics.groups);
  const correlation = answerCorrelation(plan, statistics.correlation);
  const entered = statistics.steps[0]?.reached ?? 0;
  const conversions = statistics.steps.at(-1)?.reached ?? 0;
  const add = (pick: 'open' | 'dropped'): number => statistics.steps.reduce((sum, s) => sum + s[pick], 0);
  const [open, dropped] = [add('open'), add('dropped')];
  return {
    kind: 'eventFunnel',
    label: definition.label ?? definition.id,
    source: plan.source,
    actor: plan.actor,
    order: plan.order,
    unit: plan.unit,
    pick: plan.pick,
    tries: plan.tries,
    repeats: plan.repeats,
    returns: plan.returns,
    sameInstant: plan.sameInstant,
    ...(definition.window === undefined
      ? {}
      : {
          window: {
            ms: durationMs(definition.window.within),
            end: plan.windowEnd,
            anchor: definition.window.anchor ?? 'entry',
            grain: plan.grain,
          },
        }),
    ...(period === undefined ? {} : { period }),
    ...(segment === undefined ? {} : { segment: { id: segment.id, label: segment.label ?? segment.id } }),
    ...(definition.segments === undefined
      ? {}
      : { segments: definition.segments.map(({ id, label }) => ({ id, label: label ?? id })) }),
    timeZone: plan.timeZone,
    steps: answerSteps(plan, statistics.steps).map((step, i) => {
      const { id, label, owner } = definition.steps[i] ?? { id: '' };
      const durations = statistics.durations?.[i];
      return {
        id,
        label: label ?? id,
        ...(owner === undefined ? {} : { owner }),
        optional: plan.steps[i]?.optional ?? false,
        ...step,
        ...(durations === undefined || i === 0 ? {} : { time: timesOf(durations) }),
      };
    }),
    outcomes: { entered, converted: entered - open - dropped, open, dropped },
    ...(plan.unit !== 'conversion'
      ? {}
      : {
          ratio:
            entered === 0 ? { value: null, reason: 'zero-denominator' as const } : { value: conversions / entered },
        }),
    ...(statistics.between === undefined
      ? {}
      : {
          time: {
            from: plan.steps[plan.between.from]?.id ?? '',
            to: plan.steps[plan.between.to]?.id ?? '',
            ...timesOf(statistics.between),
            ...histogram(statistics.between, question.bins),
          },
        }),
    ...(plan.trend === undefined || statistics.trend === undefined
      ? {}
      : { trend: { interval: plan.trend.interval, rows: trendRows(plan.trend.bounds, statistics.trend) } }),
    ...(breakdown === undefined ? {} : { breakdown }),
    ...(correlation === undefined ? {} : { correlation }),
  };
}

function trendRows(bounds: readonly number[], rows: NonNullable<EventFunnelStatistics['trend']>): TrendRow[] {
  const iso = (ms: number | undefined): string => new Date(ms ?? 0).toISOString();
  return rows.map(({ entered, converted, open, conversions }, i) => ({
    from: iso(bounds[i]),
    to: iso(bounds[i + 1]),
    entered,
    converted,
    open,
    dropped: entered - converted - open,
    ...(conversions === undefined ? {} : { conversions }),
    rate: rate(converted, entered),
  }));
}

/** Known where every entrant has the same time from the entry on. */
function maturityOf(plan: EventFunnelPlan, statistics: EventFunnelStatistics): Maturity | undefined {
  const members = statistics.steps[0]?.reached ?? 0;
  if (plan.windowMs === undefined || members === 0) return undefined;
  return {
    mature: isMature(statistics.followed, members),
    horizonMs: plan.windowMs,
    basis: 'window',
    members,
    followed: statistics.followed,
  };
}

const isSmall = ({ outcomes }: EventFunnelAnswer): boolean => outcomes.entered > 0 && outcomes.entered < SMALL_N;

function flagsOf(data: EventFunnelAnswer, maturity: Maturity | undefined): Flag[] {
  return [...(maturity?.mature === false ? ['immature' as const] : []), ...(isSmall(data) ? ['small-n' as const] : [])];
}

function warningsOf(
  statistics: EventFunnelStatistics,
  data: EventFunnelAnswer,
  maturity: Maturity | undefined,
): Warning[] {
  const warnings: Warning[] = [];
  if (maturity?.mature === false) {
    const { followed, members, horizonMs } = maturity;
    warnings.push({
      code: 'immature-cohort',
      params: { followed, members, days: Math.round(horizonMs / 86_400_000) },
    });
  }
  if (isSmall(data)) warnings.push({ code: 'small-n', params: { count: data.outcomes.entered } });
  if (statistics.future > 0) warnings.push({ code: 'future-events', params: { count: statistics.future } });
  return warnings;
}
