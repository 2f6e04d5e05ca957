import type { Criteria, EntityType, Expression, Scalar } from '../../contracts/index.ts';
import type { FunnelPlan, Line, Span } from '../../funnel/plan.ts';
import type { EntryStatistics } from '../../funnel/statistics.ts';

/** Records to count, with dates, filters and funnel resolved: one pass over the records of one kind. @beta */
export interface RecordPlan {
  of: EntityType;
  /** Gives `stage` and `reached.STAGE` their meaning. */
  line?: Line;
  where?: Criteria;
  /**
   * The local day of this field lies in the days `[from, to)`, which may overlap; a record without one is left out.
   * Each has statistics of its own.
   */
  during?: { field: string; days: readonly { from: string; to: string }[] };
  value?: Expression;
  /** What is collected beside the count and the sums. */
  collect: 'sums' | 'values' | 'ids';
  /** Sums and values are kept apart by the local day of `during`, so that money converts at the rate of its day. */
  byDay?: boolean;
  /** Counts for each value of this field. */
  by?: string;
  asOf: number;
  timeZone: string;
}

/** The sufficient statistics of a record plan. Sums, so that they add up over any parts of the records. @beta */
export interface RecordStatistics {
  /** Records that pass. */
  records: number;
  /** Of those with a value, by currency and then day. */
  sums: readonly RecordSum[];
  /** In the order of the text (`ids` only). */
  ids?: readonly string[];
  /** With `by`; null = no value. */
  groups?: readonly { key: Scalar; count: number }[];
}

/** What the values of one currency (and day) come to. @beta */
export interface RecordSum {
  /** Null for what is no money, and for an amount without a currency. */
  currency: string | null;
  /** With `byDay` only. */
  day?: string;
  n: number;
  sum: number;
  squares: number;
  /** Each value and how often, ascending (`values` only). */
  values?: readonly (readonly [value: number, count: number])[];
}

/** Supplied figures to read. @beta */
export interface FigurePlan {
  name: string;
  /** Local days `[from, to)`; rows that touch them are returned. Absent: all. */
  from?: string;
  to?: string;
}

/** One supplied figure. @beta */
export interface FigureRow {
  from: string;
  to: string;
  value: number;
  currency?: string;
  segment?: string;
}

/** What an engine counts for KPIs. @beta */
export interface KpiCounter {
  /** Counts a cohort or the entries of each of these spans, which may overlap; that of the plan is not used. */
  entries(
    plan: FunnelPlan,
    spans: readonly Span[],
    signal?: AbortSignal,
  ): readonly EntryStatistics[] | Promise<readonly EntryStatistics[]>;
  /** One for each of the days of `during`, or one. Absent: the engine cannot count records for KPIs, and says so. */
  records?(plan: RecordPlan, signal?: AbortSignal): readonly RecordStatistics[] | Promise<readonly RecordStatistics[]>;
  /** Absent: the engine has no figures, and says so. */
  figures?(plan: FigurePlan, signal?: AbortSignal): readonly FigureRow[] | Promise<readonly FigureRow[]>;
}
