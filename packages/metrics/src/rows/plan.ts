import type { Criteria, EntityType, Scalar } from '../contracts/index.ts';
import type { Line } from '../funnel/plan.ts';

/** Records to read one by one, with dates, filters and funnel resolved. @beta */
export interface RowPlan {
  of: EntityType;
  /** Gives `stage` and `reached.STAGE` their meaning. */
  line?: Line;
  where?: Criteria;
  /** Fields of the criteria language; `id` is always read. */
  fields: readonly string[];
  asOf: number;
  timeZone: string;
}

/** A record: its id and the values of the fields asked for, null where it has none. @beta */
export interface RecordRow {
  id: string;
  values: readonly Scalar[];
}

/** Activities to read one by one. Those after `asOf` are left out, a day when all of it is. @beta */
export interface ActivityPlan {
  /** One of these names. Absent: any. */
  names?: readonly string[];
  where?: Criteria;
  /** Fields of an event: `owner`, `amount`, `currency`, links and `attributes.NAME`. */
  fields: readonly string[];
  asOf: number;
  timeZone: string;
}

/** An activity with the values of the fields asked for, null where it has none. @beta */
export interface ActivityRow {
  name: string;
  /** An ISO instant, or a day. */
  at: string;
  /** The system it was read from. */
  system: string;
  personId: string | null;
  accountId: string | null;
  opportunityId: string | null;
  values: readonly Scalar[];
}

/** What an engine reads row by row. @beta */
export interface RowReader {
  /** In the order of the ids, by code point. */
  rows(plan: RowPlan, signal?: AbortSignal): readonly RecordRow[] | Promise<readonly RecordRow[]>;
  /** In any order. */
  activities(plan: ActivityPlan, signal?: AbortSignal): readonly ActivityRow[] | Promise<readonly ActivityRow[]>;
}
