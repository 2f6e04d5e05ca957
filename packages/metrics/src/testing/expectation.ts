import type { EntityRecord, StageEvent } from '../contracts/index.ts';
import type { FunnelPlan } from '../funnel/plan.ts';
import type { DurationGroup, FunnelStatistics, StageStatistics } from '../funnel/statistics.ts';
import { DAY } from './oracle-days.ts';
import { sortedGroups, sortedReasons } from './agreement.ts';

type StageNumber = Exclude<keyof StageStatistics, 'rank' | 'value' | 'durations' | 'reasons'>;

/** What is known of an answer; what is left out is not tested. Lists follow the stages of the answer. @beta */
export interface Expectation extends Partial<Record<StageNumber, readonly number[]>> {
  /** Sums by currency for each stage. */
  value?: readonly Readonly<Record<string, number>>[];
  /** By stage key, durations in days. */
  days?: Readonly<Record<string, readonly DurationGroup[]>>;
  /** By stage key: outcome, reason and how many, as JSON, sorted. */
  reasons?: Readonly<Record<string, readonly string[]>>;
  /** By side stage key; the others have to be 0. */
  side?: Readonly<Record<string, number>>;
  entrants?: number;
  followed?: number;
  /** Null: there must be none. */
  horizonDays?: number | null;
  conversion?: readonly DurationGroup[];
  warnings?: Partial<FunnelStatistics['warnings']>;
  entities?: number;
  /** Stage keys. */
  missing?: readonly string[];
  /** ISO instant. */
  dataThrough?: string;
}

/** One question whose answer was worked out by hand. The name says the rule and the reason. @beta */
export interface FunnelCase {
  name: string;
  records: readonly EntityRecord[];
  events: readonly StageEvent[];
  plan: FunnelPlan;
  expected: Expectation;
}

/** The part of an answer an expectation speaks of, in the expectation's words: compare the two with `toEqual`. @beta */
export function seenBy(expected: Expectation, statistics: FunnelStatistics, plan: FunnelPlan): Expectation {
  const { stages, side } = statistics;
  const keyOf = (rank: number): string =>
    [...plan.line.main, ...plan.line.side].find((stage) => stage.rank === rank)?.key ?? `rank ${rank}`;
  const readers: { [part in keyof Expectation]-?: () => Expectation[part] } = {
    count: () => stages.map((stage) => stage.count),
    imputed: () => stages.map((stage) => stage.imputed),
    advanced: () => stages.map((stage) => stage.advanced),
    open: () => stages.map((stage) => stage.open),
    overdue: () => stages.map((stage) => stage.overdue),
    recycled: () => stages.map((stage) => stage.recycled),
    lost: () => stages.map((stage) => stage.lost),
    disqualified: () => stages.map((stage) => stage.disqualified),
    value: () => stages.map(({ value = [] }) => Object.fromEntries(value.map(({ currency, sum }) => [currency, sum]))),
    days: () =>
      Object.fromEntries(
        Object.keys(expected.days ?? {}).map((key) => {
          const stage = stages.find(({ rank }) => keyOf(rank) === key);
          return [key, sortedGroups(stage?.durations).map(([ms, code, count]) => [ms / DAY, code, count] as const)];
        }),
      ),
    reasons: () =>
      Object.fromEntries(
        stages
          .filter(({ reasons = [] }) => reasons.length > 0)
          .map(({ rank, reasons }) => [keyOf(rank), sortedReasons(reasons)]),
      ),
    side: () =>
      Object.fromEntries(side.filter(({ count }) => count > 0).map(({ rank, count }) => [keyOf(rank), count])),
    entrants: () => statistics.entrants,
    followed: () => statistics.followed,
    horizonDays: () =>
      statistics.horizonMs === undefined ? null : Number((statistics.horizonMs / DAY).toPrecision(10)),
    conversion: () => sortedGroups(statistics.conversion),
    warnings: () =>
      Object.fromEntries(Object.entries(statistics.warnings).filter(([key]) => key in (expected.warnings ?? {}))),
    entities: () => statistics.entities,
    missing: () => statistics.missing.map(keyOf),
    dataThrough: () =>
      statistics.dataThrough === undefined ? 'never' : new Date(statistics.dataThrough).toISOString(),
  };
  const asked = Object.entries(readers).filter(([part]) => part in expected);
  return Object.fromEntries(asked.map(([part, read]) => [part, read()]));
}
