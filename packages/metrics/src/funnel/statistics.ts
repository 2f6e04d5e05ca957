/** How often a duration occurred. `code`: 0 censored, 1 the event, 2 a competing event. */
export type DurationGroup = readonly [duration: number, code: 0 | 1 | 2, count: number];

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
}

/**
 * The sufficient statistics of a funnel question: all that an engine must count. Rates, intervals
 * and estimates are derived from them by the same code for every engine.
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
  /** Visits to the hand-off stage are among `durations`; this names its rank when the definition has one. */
  warnings: {
    futureEvents: number;
    unknownStageEvents: number;
    undated: number;
    unlinked: number;
  };
  /** Entities of the grain that pass `where` and have an event, or a record. */
  entities: number;
  /** The latest event instant considered, milliseconds; absent without events. */
  dataThrough?: number;
}
