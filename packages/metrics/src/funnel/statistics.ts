import type { Loss } from '../contracts/index.ts';
import type { DurationGroup } from '../stats/index.ts';

export type { DurationGroup };

/** How many are gone from a stage for one reason; null when none was given. @beta */
export interface ReasonGroup {
  outcome: Loss;
  reason: string | null;
  count: number;
}

/** The counts of one stage, from which its rates and times are derived. @beta */
export interface StageStatistics {
  /** Rank in the line. */
  rank: number;
  count: number;
  imputed: number;
  advanced: number;
  open: number;
  /** Of `open`. */
  overdue: number;
  recycled: number;
  lost: number;
  disqualified: number;
  /** Sum of amounts of the counted, by currency (`measure: value` only). */
  value?: readonly { currency: string; sum: number }[];
  /** Visits: code 1 = ended, 0 = open (`time` only). Milliseconds. Snapshot: ages of the open visits, code 0. */
  durations?: readonly DurationGroup[];
  /** Of those resting here in a loss, each pair once (`reasons` only). */
  reasons?: readonly ReasonGroup[];
}

/**
 * The sufficient statistics of a funnel question: all that an engine must count. Rates, intervals
 * and estimates are derived from them by the same code for every engine.
 * @beta
 */
export interface FunnelStatistics {
  /** One for each main stage from the anchor on (activity and snapshot: all main stages). */
  stages: readonly StageStatistics[];
  /** Side stages (activity and snapshot). */
  side: readonly { rank: number; count: number }[];
  /** Trials in the cohort. */
  entrants: number;
  /** Trials with `entry + horizon ≤ asOf`, where the plan or `p90` gives a horizon. */
  followed: number;
  /** The horizon used for `followed`; absent when there is none. */
  horizonMs?: number;
  /** Whole elapsed days from entry to the final stage, with codes as in the estimate (`estimate` and a window only). */
  conversion?: readonly DurationGroup[];
  warnings: {
    /** Events of entities that pass `where`; opportunities without a link only when there is no `where`. */
    futureEvents: number;
    unknownStageEvents: number;
    undated: number;
    unlinked: number;
  };
  /** Entities of the grain that pass `where` and have an event, or a record. */
  entities: number;
  /** Ranks of main stages that no event of the whole line has though a later main stage occurs: the source does not record them. */
  missing: readonly number[];
  /** The latest entry of a visit up to `asOf` among those entities, milliseconds; absent without any. */
  dataThrough?: number;
}

/** Those of the statistics that differ by the time of entry, and the stages that are missing at any. @beta */
export type EntryStatistics = Pick<FunnelStatistics, 'stages' | 'entrants' | 'followed' | 'horizonMs' | 'missing'>;
