import type { EntityRecord, StageEvent } from '../contracts/index.ts';
import type { FunnelPlan, PlanStage } from '../funnel/plan.ts';
import type { DurationGroup, FunnelStatistics, ReasonGroup, StageStatistics } from '../funnel/statistics.ts';
import { DAY } from './oracle-days.ts';
import type { Journey, Population, Visit } from './oracle-lines.ts';
import { readPopulation } from './oracle-lines.ts';
import type { Followed } from './oracle-trials.ts';
import { amountRecord, follow, trialsOf } from './oracle-trials.ts';
import { oracleQuantile } from './stats-oracle.ts';

/**
 * The statistics of a funnel question, slowly and by the letter of `docs/how-sama-counts.md`. Every
 * other engine has to agree with it; it shares no code with them.
 * @beta
 */
export function oracleStatistics(
  records: readonly EntityRecord[],
  events: readonly StageEvent[],
  plan: FunnelPlan,
): FunnelStatistics {
  const population = readPopulation(records, events, plan);
  const frame = { ...told(population, plan), missing: missingStages(records, events, plan) };
  if (plan.view === 'cohort') return { ...cohort(population, records, plan), ...frame };
  const counted = plan.view === 'activity' ? activity(population, plan) : snapshot(population, plan);
  return {
    stages: plan.line.main.map((stage) => stageOfCounted(stage, counted, plan)),
    side: plan.line.side.map(({ rank, key }) => ({ rank, count: counted.filter((one) => one.stage === key).length })),
    entrants: 0,
    followed: 0,
    ...frame,
  };
}

type Frame = 'warnings' | 'entities' | 'missing' | 'dataThrough';

/** What every view tells of its records. */
function told(population: Population, plan: FunnelPlan): Pick<FunnelStatistics, Exclude<Frame, 'missing'>> {
  const instants = population.journeys.flatMap((journey) => journey.visits).map((visit) => visit.entry);
  return {
    warnings: {
      futureEvents: population.futureEvents,
      unknownStageEvents: population.unknownStageEvents,
      undated: population.journeys.filter((journey) => undatedStage(journey, plan) !== undefined).length,
      unlinked: population.unlinked,
    },
    entities: population.journeys.length,
    ...(instants.length > 0 && { dataThrough: Math.max(...instants) }),
  };
}

/** Main stages nobody ever visits though a later one is visited. Of the source, so whoever passes the filters. */
function missingStages(
  records: readonly EntityRecord[],
  events: readonly StageEvent[],
  { where: _where, ...everybody }: FunnelPlan,
): number[] {
  const visits = readPopulation(records, events, everybody).journeys.flatMap((journey) => journey.visits);
  const visited = everybody.line.main
    .map(({ rank }) => rank)
    .filter((rank) => visits.some((visit) => visit.rank === rank));
  const last = Math.max(...visited);
  return everybody.line.main.map(({ rank }) => rank).filter((rank) => rank < last && !visited.includes(rank));
}

/** Sections 2 to 4. */
function cohort(
  population: Population,
  records: readonly EntityRecord[],
  plan: FunnelPlan,
): Omit<FunnelStatistics, Frame> {
  const everyTrial = population.journeys
    .flatMap((journey) => trialsOf(journey, plan))
    .map((trial) => follow(trial, plan));
  const members = everyTrial.filter(({ trial }) => inPeriod(trial.entry, plan));
  const horizonMs = horizonOf(everyTrial, plan);
  const shown = plan.line.main.filter((stage) => stage.rank >= plan.anchorRank);
  return {
    stages: shown.map((stage, index) => stageOfCohort(stage, shown[index + 1], members, records, plan)),
    side: [],
    entrants: members.length,
    followed: horizonMs === undefined ? 0 : members.filter(({ trial }) => trial.entry + horizonMs <= plan.asOf).length,
    ...(horizonMs !== undefined && { horizonMs }),
    ...(plan.estimate && plan.windowMs !== undefined && { conversion: grouped(members.map(conversionOf)) }),
  };
}

function stageOfCohort(
  stage: PlanStage,
  next: PlanStage | undefined,
  members: readonly Followed[],
  records: readonly EntityRecord[],
  plan: FunnelPlan,
): StageStatistics {
  const here = members.filter((member) => reachedAt(member, stage) !== undefined);
  const outcomes = here.map((member) =>
    next === undefined || reachedAt(member, next) !== undefined ? 'advanced' : member.rest.outcome,
  );
  const times = members.flatMap(({ visits, cutoff }) =>
    visits.filter((visit) => visit.stage === stage.key).map((visit) => durationOf(visit, cutoff)),
  );
  const count = (outcome: string): number => outcomes.filter((one) => one === outcome).length;
  return {
    rank: stage.rank,
    count: here.length,
    imputed: here.filter((member) => member.reached.some((one) => one.stage === stage && one.imputed)).length,
    advanced: count('advanced'),
    open: count('open'),
    overdue: here.filter(({ rest }, index) => outcomes[index] === 'open' && rest.overdue).length,
    recycled: count('recycled'),
    lost: count('lost'),
    disqualified: count('disqualified'),
    ...(plan.measure === 'value' && {
      value: sumOfAmounts(here.map(({ trial }) => amountRecord(trial.journey, trial.opportunity, records))),
    }),
    ...(plan.time && next !== undefined && { durations: grouped(times) }),
    ...(plan.reasons && {
      reasons: reasonsOf(
        here.filter(
          (_, index) =>
            outcomes[index] === 'recycled' || outcomes[index] === 'lost' || outcomes[index] === 'disqualified',
        ),
      ),
    }),
  };
}

/** Section 14: each pair of outcome and reason with how often it occurs. */
function reasonsOf(gone: readonly Followed[]): ReasonGroup[] {
  const pairs = gone.map(({ rest: { outcome, reason } }) => JSON.stringify([outcome, reason]));
  return gone.flatMap(({ rest: { outcome, reason } }, index) => {
    const pair = pairs[index];
    if (outcome === 'open' || pairs.indexOf(pair ?? '') !== index) return [];
    return [{ outcome, reason, count: pairs.filter((other) => other === pair).length }];
  });
}

function reachedAt(member: Followed, stage: PlanStage): number | undefined {
  return member.reached.find((one) => one.stage === stage)?.at;
}

function inPeriod(instant: number, plan: FunnelPlan): boolean {
  return instant >= (plan.from ?? -Infinity) && instant < (plan.to ?? Infinity);
}

/** Section 3: [duration, 1 when the visit has ended by the cutoff]. */
function durationOf(visit: Visit, cutoff: number): readonly [number, 0 | 1] {
  const ended = visit.end !== undefined && visit.end <= cutoff;
  return ended ? [(visit.end ?? cutoff) - visit.entry, 1] : [cutoff - visit.entry, 0];
}

/** Section 4: the window, else the 90th percentile of the times to the final stage. */
function horizonOf(everyTrial: readonly Followed[], plan: FunnelPlan): number | undefined {
  if (plan.windowMs !== undefined) return plan.windowMs;
  if (!plan.estimate) return undefined;
  const times = everyTrial.flatMap(({ trial, reached }) => {
    const won = reached.at(-1)?.at;
    return won === undefined ? [] : [won - trial.entry];
  });
  return oracleQuantile(
    times.toSorted((a, b) => a - b),
    0.9,
  );
}

/** Section 4: whole days from entry, with the code of the Aalen–Johansen estimate. */
function conversionOf({ trial, cutoff, reached, rest }: Followed): readonly [number, 0 | 1 | 2] {
  const days = (instant: number): number => Math.floor((instant - trial.entry) / DAY);
  const won = reached.at(-1)?.at;
  if (won !== undefined) return [days(won), 1];
  const gone = rest.outcome === 'lost' || rest.outcome === 'disqualified';
  return gone ? [days(rest.at), 2] : [days(cutoff), 0];
}

/** Somebody who counts in a stage, outside a cohort. */
interface Counted {
  stage: string;
  journey: Journey;
  /** Absent for the undated. */
  visit?: Visit;
}

/** Section 6. */
function activity(population: Population, plan: FunnelPlan): Counted[] {
  return population.journeys.flatMap((journey) => {
    const entered = journey.visits.filter((visit) => inPeriod(visit.entry, plan));
    return entered
      .filter(
        (visit, index) => plan.unit !== 'entity' || entered.findIndex(({ stage }) => stage === visit.stage) === index,
      )
      .map((visit) => ({ stage: visit.stage, journey, visit }));
  });
}

/** Section 7. */
function snapshot(population: Population, plan: FunnelPlan): Counted[] {
  return population.journeys.flatMap((journey) => {
    const visit = journey.visits.at(-1);
    if (visit !== undefined) return [{ stage: visit.stage, journey, visit }];
    const stage = undatedStage(journey, plan);
    return stage === undefined ? [] : [{ stage, journey }];
  });
}

/** The stage an entity stands on without any dated event; undefined when it has one, or no stage of the definition. */
function undatedStage(journey: Journey, plan: FunnelPlan): string | undefined {
  if (journey.moments.length > 0) return undefined;
  const stages = [...plan.line.main, ...plan.line.side].map(({ key }) => key);
  return stages.find((key) => key === journey.record?.currentStage);
}

function stageOfCounted(stage: PlanStage, counted: readonly Counted[], plan: FunnelPlan): StageStatistics {
  const here = counted.filter((one) => one.stage === stage.key);
  const ages = here.flatMap(({ visit }) => (visit === undefined ? [] : [[plan.asOf - visit.entry, 0] as const]));
  return {
    rank: stage.rank,
    count: here.length,
    imputed: 0,
    advanced: 0,
    open: 0,
    overdue: 0,
    recycled: 0,
    lost: 0,
    disqualified: 0,
    ...(plan.time && plan.view === 'snapshot' && { durations: grouped(ages) }),
  };
}

function sumOfAmounts(records: readonly (EntityRecord | undefined)[]): { currency: string; sum: number }[] {
  const amounts = records.flatMap((record) =>
    record?.amount === undefined || record.currency === undefined
      ? []
      : [{ currency: record.currency, amount: record.amount }],
  );
  return [...new Set(amounts.map(({ currency }) => currency))].map((currency) => ({
    currency,
    sum: amounts.filter((one) => one.currency === currency).reduce((sum, { amount }) => sum + amount, 0),
  }));
}

/** How often each pair of duration and code occurs. */
function grouped(pairs: readonly (readonly [number, 0 | 1 | 2])[]): DurationGroup[] {
  const distinct = pairs.filter(
    ([duration, code], index) => pairs.findIndex((other) => other[0] === duration && other[1] === code) === index,
  );
  return distinct.map(([duration, code]) => [
    duration,
    code,
    pairs.filter((other) => other[0] === duration && other[1] === code).length,
  ]);
}
