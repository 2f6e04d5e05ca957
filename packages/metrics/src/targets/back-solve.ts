import type { NullReason } from '../contracts/index.ts';
import { InputError } from '../errors.ts';
import { readInput } from '../read-input.ts';
import { dayNumber } from '../time/day.ts';
import { DAY_MS, durationMs } from '../time/duration.ts';
import { TargetPlan, type PlannedRate, type PlannedStage } from './contracts.ts';
import { byMonth, endOfMonth, revenueOf, type Spread } from './months.ts';
import { promiseOf } from './promise.ts';
import type { BackSolved, Needed, NeededMonth, RateSensitivity, StageTarget } from './result.ts';

const unknown = (reason: NullReason): { value: null; reason: NullReason } => ({ value: null, reason });

/**
 * Solves a revenue target back to the first stage: revenue ÷ deal size = wins, and each stage is the
 * one after it ÷ the rate between them, earlier by the median time between them. A period's revenue
 * comes evenly over its days; months are calendar months, by days. Medians are added up, which is an
 * approximation of the median of the whole way.
 *
 * A rate of 0, or one that could not be computed, leaves the stages before it null with the reason.
 *
 * @throws InputError naming the field of a plan that cannot be solved.
 * @beta
 */
export function backSolve(value: TargetPlan): BackSolved {
  const plan = readInput(TargetPlan, value, 'plan');
  checkStages(plan.stages);
  const asOf = plan.asOf === undefined ? Number.NEGATIVE_INFINITY : dayNumber(plan.asOf);
  const wins = revenueOf(plan).map((spread) => ({ ...spread, amount: spread.amount / plan.dealSize }));
  const steps = stepsBack(plan.stages);
  const stages = steps.map(({ stage: { key, label = key }, lagDays, perWin }): StageTarget => {
    if (perWin.value === null) return { key, label, total: perWin, months: [] };
    const { value: factor } = perWin;
    const spreads = wins.map((win) => earlier(win, lagDays, factor));
    return { key, label, total: { value: sumOf(spreads) }, months: monthsOf(spreads, asOf) };
  });
  return {
    stages,
    sensitivity: sensitivityOf(plan.stages, sumOf(wins)),
    range: {
      best: times(
        sumOf(wins),
        perWinWith(plan.stages, () => 'high'),
      ),
      worst: times(
        sumOf(wins),
        perWinWith(plan.stages, () => 'low'),
      ),
    },
    ...(plan.promise === undefined ? {} : { promises: promiseOf(plan.promise, stages) }),
  };
}

function checkStages(stages: readonly PlannedStage[]): void {
  stages.forEach(({ key, rate, lag }, i) => {
    const field = `plan.stages.${i}`;
    const first = stages.findIndex((stage) => stage.key === key);
    if (first < i) {
      throw new InputError(`${field}.key`, `"${key}" is also the key of plan.stages.${first}`, 'give each stage once');
    }
    const last = i === stages.length - 1;
    if (last && (rate !== undefined || lag !== undefined)) {
      throw new InputError(field, `"${key}" is the last and leads nowhere`, 'leave out its rate and lag');
    }
    if (!last && rate === undefined) {
      throw new InputError(
        `${field}.rate`,
        'is missing',
        `give the share of ${key} that reaches ${stages[i + 1]?.key}`,
      );
    }
  });
}

interface StepBack {
  stage: PlannedStage;
  /** Days from entering the stage to the win. */
  lagDays: number;
  /** Entries for each win. */
  perWin: Needed;
}

/** The stages with their distance from the win, first stage first. */
function stepsBack(stages: readonly PlannedStage[]): StepBack[] {
  return stages.map((stage, i) => ({
    stage,
    lagDays: stages.slice(i).reduce((sum, { lag }) => sum + (lag === undefined ? 0 : durationMs(lag) / DAY_MS), 0),
    perWin: perWinWith(stages.slice(i), () => 'value'),
  }));
}

type End = 'low' | 'value' | 'high';

/** Entries at the first of these stages for each win, with each rate at an end of its interval. */
function perWinWith(stages: readonly PlannedStage[], endOf: (i: number) => End): Needed {
  let perWin = 1;
  for (const [i, { rate }] of stages.entries()) {
    if (rate === undefined) continue;
    const share = shareAt(rate, endOf(i));
    if (share.value === null) return share;
    if (share.value === 0) return unknown('zero-denominator');
    perWin /= share.value;
  }
  return { value: perWin };
}

function shareAt(rate: PlannedRate, end: End): Needed {
  if ('assumed' in rate) return { value: rate.assumed };
  return rate.value === null ? rate : { value: rate[end] };
}

const earlier = ({ from, to, amount }: Spread, days: number, factor: number): Spread => ({
  from: from - days,
  to: to - days,
  amount: amount * factor,
});

const sumOf = (spreads: readonly Spread[]): number => spreads.reduce((sum, { amount }) => sum + amount, 0);

const times = (wins: number, perWin: Needed): Needed =>
  perWin.value === null ? perWin : { value: wins * perWin.value };

/** Rounding of sums of fractions must not ask for one more entry. */
const SLACK = 1e-9;

function monthsOf(spreads: readonly Spread[], asOf: number): NeededMonth[] {
  let soFar = 0;
  let given = 0;
  return [...byMonth(spreads)].map(([month, needed]) => {
    soFar += needed;
    const whole = Math.max(0, Math.ceil(soFar - SLACK * Math.max(1, soFar)) - given);
    given += whole;
    return { month, needed, whole, past: endOfMonth(month) <= asOf };
  });
}

function sensitivityOf(stages: readonly PlannedStage[], wins: number): RateSensitivity[] {
  const width = ({ best, worst }: RateSensitivity): number =>
    best.value === null || worst.value === null ? Number.POSITIVE_INFINITY : worst.value - best.value;
  return stages
    .flatMap(({ key, rate }, i): RateSensitivity[] => {
      const next = stages[i + 1];
      if (rate === undefined || 'assumed' in rate || rate.value === null || next === undefined) return [];
      const at = (end: End): Needed =>
        times(
          wins,
          perWinWith(stages, (j) => (j === i ? end : 'value')),
        );
      return [{ from: key, to: next.key, best: at('high'), worst: at('low') }];
    })
    .toSorted((a, b) => (width(a) === width(b) ? 0 : width(b) - width(a)));
}
