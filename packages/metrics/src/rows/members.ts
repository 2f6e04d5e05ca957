import type { Outcome, RecordSort, Scalar } from '../contracts/index.ts';
import type { FunnelPlan } from '../funnel/plan.ts';

/** A page of those whom a funnel counts at a stage. @beta */
export interface MemberPlan {
  /** Whom it counts; neither times nor estimates are asked for. */
  funnel: FunnelPlan;
  /** Of the stage: of the main line, and without a cohort also off it. */
  rank: number;
  /** Of a cohort. */
  outcome?: Outcome;
  /** Of an outcome that is a loss: only those with this reason, or with none. */
  reason?: string | null;
  /** Fields of the criteria language. */
  fields: readonly string[];
  /** By `entered`, `id` or one of the fields; equals by id and then by entry, both ascending. */
  sort: RecordSort;
  offset: number;
  limit: number;
}

/** One of them. @beta */
export interface Member {
  id: string;
  /** Milliseconds; null when nobody knows since when it stands there. */
  entered: number | null;
  /** Of a cohort: what became of it at the stage. */
  outcome?: Outcome;
  /** Where the plan names an outcome that is a loss. */
  reason?: string | null;
  values: readonly Scalar[];
}

/** The page, and how many there are in all. @beta */
export interface MemberPage {
  total: number;
  members: readonly Member[];
}
