import type { FunnelPlan } from '../funnel/plan.ts';
import type { DurationGroup, FunnelStatistics, ReasonGroup } from '../funnel/statistics.ts';

/** Groups with equal duration and code added up, sorted; a missing list is an empty one. */
export function sortedGroups(groups: readonly DurationGroup[] = []): DurationGroup[] {
  const counts = new Map<string, DurationGroup>();
  for (const [duration, code, count] of groups) {
    const key = `${duration} ${code}`;
    counts.set(key, [duration, code, count + (counts.get(key)?.[2] ?? 0)]);
  }
  return [...counts.values()]
    .filter(([, , count]) => count > 0)
    .toSorted(([a, codeA], [b, codeB]) => a - b || codeA - codeB);
}

/** Each reason with how many have it, sorted; a missing list is an empty one. */
export const sortedReasons = (groups: readonly ReasonGroup[] = []): string[] =>
  groups.map(({ outcome, reason, count }) => JSON.stringify([outcome, reason, count])).toSorted();

/**
 * Statistics with everything two engines may write differently made equal: the order of stages, groups and
 * currencies, missing against empty, and numbers that a view does not have.
 */
export function normalised(statistics: FunnelStatistics, plan: FunnelPlan) {
  const cohort = plan.view === 'cohort';
  return {
    stages: statistics.stages
      .map((stage) => ({
        rank: stage.rank,
        count: stage.count,
        outcomes: cohort && {
          imputed: stage.imputed,
          advanced: stage.advanced,
          open: stage.open,
          overdue: stage.overdue,
          recycled: stage.recycled,
          lost: stage.lost,
          disqualified: stage.disqualified,
        },
        value:
          cohort &&
          plan.measure === 'value' &&
          (stage.value ?? [])
            .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
            .map(({ currency, sum }) => ({ currency, sum })),
        reasons: cohort && plan.reasons === true && sortedReasons(stage.reasons),
        durations: plan.time && plan.view !== 'activity' && sortedGroups(stage.durations),
      }))
      .toSorted((a, b) => a.rank - b.rank),
    side: cohort
      ? []
      : statistics.side
          .map(({ rank, count }) => ({ rank, count }))
          .filter(({ count }) => count > 0)
          .toSorted((a, b) => a.rank - b.rank),
    trials: cohort && {
      entrants: statistics.entrants,
      followed: statistics.followed,
      horizon: statistics.horizonMs === undefined ? 'none' : statistics.horizonMs.toPrecision(10),
      conversion: plan.estimate && plan.windowMs !== undefined && sortedGroups(statistics.conversion),
    },
    warnings: {
      futureEvents: statistics.warnings.futureEvents,
      unknownStageEvents: statistics.warnings.unknownStageEvents,
      undated: statistics.warnings.undated,
      unlinked: statistics.warnings.unlinked,
    },
    entities: statistics.entities,
    missing: statistics.missing.toSorted((a, b) => a - b),
    dataThrough: statistics.dataThrough ?? 'never',
  };
}
