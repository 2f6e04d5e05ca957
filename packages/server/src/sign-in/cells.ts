import type { FunnelStage } from '@sama/metrics/contracts';

/** What became of those who got no further than one stage: five groups without overlap. */
export type Rest = readonly number[];

/** How many of a cohort reached a stage, and the rest of those who did not reach the next. */
export interface Reach {
  /** Those who reached it; everybody who reached a later stage is among them. */
  count: number;
  rest: Rest;
}

/** Which numbers of a cohort are told: of each stage its count, and what became of its rest. */
export interface Told {
  count: readonly boolean[];
  rest: readonly boolean[];
}

/** A cohort as a chain of stages, from the stages of an answer. */
export function reachOf(stages: readonly FunnelStage[]): Reach[] {
  return stages.map(({ count, outcomes }) => {
    const { open = 0, overdue = 0, recycled = 0, lost = 0, disqualified = 0 } = outcomes ?? {};
    return { count, rest: [open - overdue, overdue, recycled, lost, disqualified] };
  });
}

/** A cohort without a part of it. */
export function without(whole: readonly Reach[], part: readonly Reach[]): Reach[] {
  return whole.map(({ count, rest }, i) => ({
    count: count - (part[i]?.count ?? 0),
    rest: rest.map((n, j) => n - (part[i]?.rest[j] ?? 0)),
  }));
}

/** Two cohorts without overlap as one. */
export function joined(a: readonly Reach[], b: readonly Reach[]): Reach[] {
  return a.map(({ count, rest }, i) => ({
    count: count + (b[i]?.count ?? 0),
    rest: rest.map((n, j) => n + (b[i]?.rest[j] ?? 0)),
  }));
}

/**
 * Chooses which numbers of a cohort to tell, so that they are sums of groups without overlap that have nobody or at
 * least `fewest` persons each: whoever adds and subtracts them gets sums of those groups, never a smaller one.
 *
 * A stage is told when those who reached it, and those who got no further than the last stage told before it, are
 * nobody or enough.
 */
export function tell(reach: readonly Reach[], fewest: number): Told {
  const enough = (n: number): boolean => n === 0 || n >= fewest;
  const count: boolean[] = [];
  let last: number | undefined;
  for (const { count: n } of reach) {
    const tells = enough(n) && (count.length === 0 || (last !== undefined && enough(last - n)));
    count.push(tells);
    if (tells) last = n;
  }
  const rest = reach.map((stage, i) => {
    const next = i + 1 === reach.length || count[i + 1] === true;
    return count[i] === true && next && stage.rest.every(enough);
  });
  return { count, rest };
}

/** The sizes of the groups that what is told is made of. */
export function groupsOf(reach: readonly Reach[], told: Told): number[] {
  const groups: number[] = [];
  reach.forEach(({ count, rest }, i) => {
    if (told.count[i] !== true) return;
    const next = reach.find((_, j) => j > i && told.count[j] === true);
    // Of the last stage nobody goes further: all of them are one group.
    if (told.rest[i] === true && next !== undefined) groups.push(...rest);
    else groups.push(count - (next?.count ?? 0));
  });
  return groups;
}

/** What both tell. */
export function bothTell(a: Told, b: Told): Told {
  const both = (x: readonly boolean[], y: readonly boolean[]): boolean[] => x.map((one, i) => one && y[i] === true);
  return { count: both(a.count, b.count), rest: both(a.rest, b.rest) };
}

/** Tells no number at all. */
export const NOTHING_TOLD: Told = { count: [], rest: [] };
