import type {
  Change,
  FunnelAnswer,
  FunnelStage,
  Maturity,
  Money,
  NullReason,
  Rate,
  Span,
  TimeInStage,
} from '../contracts/index.ts';
import { groupedQuantile, incidenceAt, kaplanMeier, newcombe, survivalQuantile, wilson } from '../stats/index.ts';
import { ratesOf, type Reporting } from '../kpi/exchange.ts';
import { DAY_MS, durationMs, zone } from '../time/index.ts';
import { stayCurve } from './curve.ts';
import { lossReasons } from './reasons.ts';
import type { FunnelPlan } from './plan.ts';
import type { DurationGroup, FunnelStatistics, StageStatistics } from './statistics.ts';

const nothing = (reason: NullReason): { value: null; reason: NullReason } => ({ value: null, reason });

/** `k` of `n` with its Wilson interval, or why there is none. @beta */
export function rate(k: number, n: number): Rate {
  if (k > n) return nothing('not-a-subset');
  const proportion = wilson(k, n);
  return proportion === null ? nothing('zero-denominator') : { ...proportion, k, n };
}

/**
 * The stages of an answer, from an engine's counts and those of the comparison.
 *
 * @param fewest how many must have a reason for it to be named
 * @param reporting how money is told; default: as it is
 */
export function answerStages(
  plan: FunnelPlan,
  statistics: FunnelStatistics,
  maturity: Maturity | undefined,
  before: FunnelStatistics | undefined,
  fewest: number,
  reporting?: Reporting,
): FunnelStage[] {
  const today = zone(plan.line.timeZone).dayOf(plan.asOf);
  const rates = stageRates(plan, statistics);
  const ratesBefore = before === undefined ? [] : stageRates(plan, before);
  const standing = statistics.stages.reduce((sum, s) => sum + s.count, 0);
  return statistics.stages.map((s, i) => {
    const authored = plan.definition.stages[s.rank];
    const earlier = before?.stages[i];
    const estimate = i === statistics.stages.length - 1 ? estimateOf(statistics, maturity) : undefined;
    return {
      key: authored?.key ?? '',
      label: authored?.label ?? authored?.key ?? '',
      ...(authored === undefined ? {} : { owner: authored.owner }),
      ...(authored?.term === undefined ? {} : { term: authored.term }),
      ...(statistics.missing.includes(s.rank) ? { missing: 'not-in-source' } : {}),
      count: s.count,
      imputed: s.imputed,
      ...(plan.measure === 'value' ? { value: moneyOf(s, today, reporting) } : {}),
      ...rates[i],
      ...(plan.view === 'cohort'
        ? { outcomes: outcomesOf(s) }
        : { share: shareOf(plan, statistics.stages, i, standing) }),
      ...(s.durations === undefined || !plan.time
        ? {}
        : { time: plan.view === 'snapshot' ? ageOf(s.durations) : timeOf(s.durations) }),
      ...(plan.curve && plan.view === 'cohort' && s.durations !== undefined ? { stay: stayCurve(s.durations) } : {}),
      ...(s.reasons === undefined ? {} : { reasons: lossReasons(s.reasons, fewest) }),
      ...(estimate === undefined ? {} : { estimate }),
      ...(earlier === undefined
        ? {}
        : {
            before: {
              count: earlier.count,
              ...ratesBefore[i],
              ...changeOf(rates[i]?.stepRate, ratesBefore[i]?.stepRate),
            },
          }),
    };
  });
}

/** Step and cumulative rates; only a cohort has them (section 2). */
function stageRates(plan: FunnelPlan, statistics: FunnelStatistics): { stepRate?: Rate; cumulativeRate?: Rate }[] {
  const [anchor] = statistics.stages;
  if (plan.view !== 'cohort' || anchor === undefined) return [];
  const gap = (s: StageStatistics): boolean => statistics.missing.includes(s.rank);
  return statistics.stages.map((s, i) => {
    const previous = statistics.stages[i - 1];
    const cumulative = gap(s) || gap(anchor) ? nothing('missing-stage') : rate(s.count, anchor.count);
    if (previous === undefined) return { cumulativeRate: cumulative };
    const across = gap(s) || gap(previous);
    const step = across
      ? nothing('missing-stage')
      : plan.skipPolicy === 'open'
        ? nothing('not-a-subset')
        : rate(s.count, previous.count);
    return { stepRate: step, cumulativeRate: cumulative };
  });
}

/** The difference of two rates and whether it is clear (section 2, Change). */
function changeOf(now: Rate | undefined, then: Rate | undefined): { change?: Change } {
  if (now === undefined || then === undefined || now.value === null || then.value === null) return {};
  const difference = newcombe(now.k, now.n, then.k, then.n);
  if (difference === null) return {};
  const verdict = difference.low > 0 ? 'up' : difference.high < 0 ? 'down' : 'no-clear-change';
  return { change: { difference: difference.value, low: difference.low, high: difference.high, verdict } };
}

function outcomesOf({
  advanced,
  open,
  recycled,
  lost,
  disqualified,
  overdue,
}: StageStatistics): NonNullable<FunnelStage['outcomes']> {
  return { advanced, open, recycled, lost, disqualified, overdue };
}

/** Snapshot: share of all who stand on the main line. Activity: ratio to the flow before. */
function shareOf(
  plan: FunnelPlan,
  stages: readonly StageStatistics[],
  i: number,
  standing: number,
): NonNullable<FunnelStage['share']> {
  const of = plan.view === 'snapshot' ? standing : i === 0 ? (stages[0]?.count ?? 0) : (stages[i - 1]?.count ?? 0);
  return of === 0 ? nothing('zero-denominator') : { value: (stages[i]?.count ?? 0) / of };
}

/** What amounts come to: in one currency, or by the rates of the day of the answer; else they have no sum. */
function moneyOf({ value = [] }: StageStatistics, today: string, reporting: Reporting | undefined): Money {
  const [only, ...others] = value;
  if (only === undefined) return nothing('no-value');
  const rates = reporting && ratesOf(reporting, value, today);
  if (reporting && rates) {
    const sum = value.reduce((total, one, i) => total + one.sum * (rates[i] ?? 1), 0);
    return { value: Math.round(sum), currency: reporting.to };
  }
  if (others.length > 0 || reporting?.named) return nothing('mixed-currency');
  return { value: only.sum, currency: only.currency };
}

const span = (value: number | null): Span => (value === null ? nothing('insufficient-data') : { value });
const total = (groups: readonly DurationGroup[], code?: number): number =>
  groups.reduce((sum, [, c, count]) => (code === undefined || c === code ? sum + count : sum), 0);

function timeOf(durations: readonly DurationGroup[]): TimeInStage {
  const steps = kaplanMeier(durations);
  return {
    median: span(survivalQuantile(steps, 0.5)),
    p90: span(survivalQuantile(steps, 0.9)),
    visits: total(durations),
    open: total(durations, 0),
  };
}

function ageOf(durations: readonly DurationGroup[]): TimeInStage {
  const groups = durations.map(([age, , count]) => [age, count] as const).sort((a, b) => a[0] - b[0]);
  return {
    median: span(groupedQuantile(groups, 0.5)),
    p90: span(groupedQuantile(groups, 0.9)),
    visits: total(durations),
    open: total(durations),
  };
}

function estimateOf(statistics: FunnelStatistics, maturity: Maturity | undefined): FunnelStage['estimate'] {
  if (maturity?.mature !== false || statistics.conversion === undefined) return undefined;
  const byDay = Math.floor(maturity.horizonMs / DAY_MS);
  const incidence = incidenceAt(statistics.conversion, byDay);
  return incidence === null ? undefined : { ...incidence, byDay };
}

/** Who got a decision in time at the step between the teams (section 5). */
export function handoffOf(plan: FunnelPlan, statistics: FunnelStatistics): FunnelAnswer['handoff'] {
  const { handoff } = plan.definition;
  const rank = plan.line.main.find((s) => s.key === handoff?.from)?.rank;
  const durations = statistics.stages.find((s) => s.rank === rank)?.durations;
  if (handoff === undefined || durations === undefined || plan.view !== 'cohort') return undefined;
  const withinMs = durationMs(handoff.within);
  let inTime = 0;
  let due = 0;
  for (const [duration, code, count] of durations) {
    if (code === 1 && duration <= withinMs) inTime += count;
    if (code === 1 || duration > withinMs) due += count;
  }
  return {
    from: handoff.from,
    to: handoff.to,
    withinMs,
    inTime: rate(inTime, due),
    median: span(survivalQuantile(kaplanMeier(durations), 0.5)),
  };
}
