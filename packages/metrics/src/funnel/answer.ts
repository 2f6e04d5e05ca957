import type {
  AnswerContext,
  Envelope,
  Flag,
  FunnelAnswer,
  FunnelQuestion,
  Maturity,
  Warning,
} from '../contracts/index.ts';
import { WIRE_VERSION } from '../contracts/index.ts';
import { definitionRef } from '../definitions/index.ts';
import { reportingOf } from '../kpi/exchange.ts';
import { findStageFunnel } from '../definitions/funnels.ts';
import { compareWith, type Comparison } from './compare.ts';
import { planFunnel, type PlannedFunnel } from './make-plan.ts';
import { conversionCurve } from './curve.ts';
import { isMature, SMALL_N } from './maturity.ts';
import type { FunnelPlan } from './plan.ts';
import { answerStages, handoffOf } from './stages.ts';
import type { FunnelStatistics } from './statistics.ts';

/** Counts a plan: what an engine adds to the shared rules. @beta */
export type CountFunnel = (plan: FunnelPlan, signal?: AbortSignal) => FunnelStatistics | Promise<FunnelStatistics>;

/** What the answering engine says of itself. @beta */
export interface EngineInfo {
  name: string;
  /** Flags of every answer, such as `demo`. */
  flags?: readonly Flag[];
  /** The moment of computing, an ISO instant. */
  now: () => string;
}

/**
 * Answers a funnel question with any engine's counts: plans it, counts it and its comparison, and
 * derives rates, intervals, maturity and warnings.
 *
 * @throws QuestionError when the question cannot be answered as asked.
 * @beta
 */
export async function answerFunnel(
  question: FunnelQuestion,
  context: AnswerContext,
  count: CountFunnel,
  engine: EngineInfo,
): Promise<Envelope> {
  const definition = findStageFunnel(context.definitions, question.funnel);
  const planned = planFunnel(question, definition, context);
  const comparison = compareWith(question, planned, context);
  const statistics = await count(planned.plan, context.signal);
  const before = comparison === undefined ? undefined : await count(comparison.plan, context.signal);
  const maturity = maturityOf(planned.plan, statistics);
  // What somebody wrote of one record singles it out.
  const fewest = context.rights.caps.includes('drill') ? 1 : 2;
  const reporting = reportingOf(question.currency, context.exchange);
  const stages = answerStages(planned.plan, statistics, maturity, before, fewest, reporting);
  const data = answerData(question, planned, statistics, stages, comparison, before);
  const empty = emptiness(planned.plan, statistics);
  return {
    v: WIRE_VERSION,
    status: empty === undefined ? 'ok' : 'empty',
    ...(empty === undefined ? {} : { code: empty }),
    flags: [...flagsOf(planned.plan, statistics, data, maturity), ...(engine.flags ?? [])],
    definition: definitionRef(definition),
    asOf: new Date(planned.plan.asOf).toISOString(),
    computedAt: engine.now(),
    engine: engine.name,
    coverage: {
      entities: statistics.entities,
      undated: statistics.warnings.undated,
      unlinked: statistics.warnings.unlinked,
      ...(statistics.dataThrough === undefined ? {} : { dataThrough: new Date(statistics.dataThrough).toISOString() }),
    },
    ...(maturity === undefined ? {} : { maturity }),
    warnings: warningsOf(planned.plan, statistics, data, maturity),
    data,
  };
}

function answerData(
  question: FunnelQuestion,
  { plan, period }: PlannedFunnel,
  statistics: FunnelStatistics,
  stages: FunnelAnswer['stages'],
  comparison: Comparison | undefined,
  before: FunnelStatistics | undefined,
): FunnelAnswer {
  const { definition } = plan;
  const segment = definition.segments?.find((s) => s.id === question.segment);
  const sides = definition.side ?? [];
  const handoff = handoffOf(plan, statistics);
  return {
    kind: 'funnel',
    label: definition.label ?? definition.id,
    view: plan.view,
    measure: plan.measure,
    grain: definition.grain,
    anchor: plan.line.main[plan.anchorRank]?.key ?? '',
    unit: plan.unit,
    entryPolicy: plan.entryPolicy,
    skipPolicy: plan.skipPolicy,
    ...(period === undefined ? {} : { period }),
    ...(plan.windowMs === undefined ? {} : { windowMs: plan.windowMs }),
    ...(segment === undefined ? {} : { segment: { id: segment.id, label: segment.label ?? segment.id } }),
    ...(definition.segments === undefined
      ? {}
      : { segments: definition.segments.map((s) => ({ id: s.id, label: s.label ?? s.id })) }),
    anchors: definition.stages.slice(0, -1).map(({ key, label = key }) => ({ key, label })),
    timeZone: plan.line.timeZone,
    stages,
    ...(plan.curve && statistics.conversion !== undefined
      ? { conversion: conversionCurve(statistics.conversion) }
      : {}),
    side: statistics.side.map(({ rank, count }) => {
      const key = plan.line.side.find((s) => s.rank === rank)?.key ?? '';
      return { key, label: sides.find((s) => s.key === key)?.label ?? key, count };
    }),
    ...(handoff === undefined ? {} : { handoff }),
    ...(comparison === undefined || before === undefined
      ? {}
      : {
          compare: {
            ...(comparison.period === undefined ? {} : { period: comparison.period }),
            ...(comparison.segment === undefined ? {} : { segment: comparison.segment }),
            asOf: new Date(comparison.plan.asOf).toISOString(),
            entrants: before.entrants,
          },
        }),
  };
}

function maturityOf(plan: FunnelPlan, statistics: FunnelStatistics): Maturity | undefined {
  if (plan.view !== 'cohort' || statistics.horizonMs === undefined) return undefined;
  return {
    mature: isMature(statistics.followed, statistics.entrants),
    horizonMs: statistics.horizonMs,
    basis: plan.windowMs === undefined ? 'p90-time-to-convert' : 'window',
    members: statistics.entrants,
    followed: statistics.followed,
  };
}

function emptiness(plan: FunnelPlan, statistics: FunnelStatistics): 'no-data-yet' | 'nothing-matches' | undefined {
  if (statistics.entities === 0 && plan.where === undefined) return 'no-data-yet';
  const shown =
    plan.view === 'cohort'
      ? statistics.entrants
      : [...statistics.stages, ...statistics.side].reduce((sum, s) => sum + s.count, 0);
  return shown === 0 ? 'nothing-matches' : undefined;
}

function flagsOf(
  plan: FunnelPlan,
  statistics: FunnelStatistics,
  data: FunnelAnswer,
  maturity: Maturity | undefined,
): Flag[] {
  const flags: Flag[] = [];
  if (statistics.missing.some((rank) => rank >= plan.anchorRank)) flags.push('partial');
  if (maturity?.mature === false) flags.push('immature');
  if (plan.view === 'cohort' && statistics.entrants > 0 && statistics.entrants < SMALL_N) flags.push('small-n');
  if (data.stages.some((s) => s.value?.value === null && s.value.reason === 'mixed-currency'))
    flags.push('mixed-currency');
  if (data.stages.some((s) => s.imputed > 0)) flags.push('imputed');
  if (statistics.warnings.undated > 0) flags.push('undated');
  return flags;
}

function warningsOf(
  plan: FunnelPlan,
  statistics: FunnelStatistics,
  data: FunnelAnswer,
  maturity: Maturity | undefined,
): Warning[] {
  const { futureEvents, unknownStageEvents, undated, unlinked } = statistics.warnings;
  const warnings: Warning[] = [];
  const say = (when: boolean, warning: Warning): void => {
    if (when) warnings.push(warning);
  };
  const sum = (pick: (s: FunnelStatistics['stages'][number]) => number): number =>
    statistics.stages.reduce((n, s) => n + pick(s), 0);
  for (const stage of data.stages)
    say(stage.missing !== undefined, { code: 'missing-stage', params: { stage: stage.label } });
  say(maturity?.mature === false, {
    code: 'immature-cohort',
    params: {
      followed: statistics.followed,
      members: statistics.entrants,
      days: Math.round((statistics.horizonMs ?? 0) / 86_400_000),
    },
  });
  say(sum((s) => s.imputed) > 0, {
    code: 'imputed-entries',
    params: { count: sum((s) => s.imputed), of: sum((s) => s.count) },
  });
  say(sum((s) => s.overdue) > 0, { code: 'overdue', params: { count: sum((s) => s.overdue) } });
  say(plan.view === 'activity', { code: 'flow-ratio' });
  say(plan.view === 'cohort' && statistics.entrants > 0 && statistics.entrants < SMALL_N, {
    code: 'small-n',
    params: { count: statistics.entrants },
  });
  say(
    data.stages.some((s) => s.value?.value === null && s.value.reason === 'mixed-currency'),
    { code: 'mixed-currency' },
  );
  say(
    data.stages.some((s) => s.value?.value === null && s.value.reason === 'no-value'),
    { code: 'no-amount' },
  );
  say(undated > 0, { code: 'undated-records', params: { count: undated } });
  say(unlinked > 0, { code: 'unlinked-opportunities', params: { count: unlinked } });
  say(futureEvents > 0, { code: 'future-events', params: { count: futureEvents } });
  say(unknownStageEvents > 0, { code: 'unknown-stage-events', params: { count: unknownStageEvents } });
  return warnings;
}
