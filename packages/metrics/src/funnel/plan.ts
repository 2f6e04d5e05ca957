import type {
  Counted,
  Criteria,
  EntityType,
  EntryPolicy,
  FunnelDefinition,
  SideOutcome,
  SkipPolicy,
  Unit,
  View,
} from '../contracts/index.ts';

/** A main stage as the engines see it. @beta */
export interface PlanStage {
  key: string;
  rank: number;
}

/** A side stage as the engines see it; ranks follow the main stages. @beta */
export interface PlanSide extends PlanStage {
  outcome: SideOutcome;
  terminal: boolean;
  overdue: boolean;
}

/**
 * What makes a visit: everything that orders events and derives cycles. Two plans with equal
 * lines share one materialised journeys table.
 * @beta
 */
export interface Line {
  /** Of the definition (see `definitionHash`); the journeys table is keyed by it and `timeZone`. */
  hash: string;
  grain: EntityType;
  /** All main stages, those before the anchor included. */
  main: readonly PlanStage[];
  side: readonly PlanSide[];
  reentryRank: number;
  coolingOffMs: number;
  sourcePriority: readonly string[];
  timeZone: string;
}

/** When entries count: milliseconds since the epoch, `[from, to)`; absent = unbounded. @beta */
export interface Span {
  from?: number;
  to?: number;
}

/**
 * A funnel question with every default filled and every date resolved. `docs/how-sama-counts.md` gives its meaning.
 * @beta
 */
export interface FunnelPlan extends Span {
  definition: FunnelDefinition;
  line: Line;
  view: View;
  anchorRank: number;
  skipPolicy: SkipPolicy;
  entryPolicy: EntryPolicy;
  unit: Unit;
  measure: Counted;
  windowMs?: number;
  asOf: number;
  /** Row filter, definition, segment and question, joined; absent = all. */
  where?: Criteria;
  /** Collect visit durations. */
  time: boolean;
  /** Answer with curves, for which both others are collected. */
  curve?: boolean;
  /** Collect the reasons of losses; of a cohort. */
  reasons?: boolean;
  /** Collect what maturity without a window and the estimate need. */
  estimate: boolean;
}
