import type { NullReason } from '../contracts/index.ts';

/** A number of entries, or why it cannot be told. @beta */
export type Needed = { value: number } | { value: null; reason: NullReason };

/** The entries a stage needs in one month. @beta */
export interface NeededMonth {
  /** `2026-07`. */
  month: string;
  /** Entries needed, exact, with fractions. */
  needed: number;
  /** Whole entries such that, month by month, the sum so far is never short of what is needed so far, and never one too many. */
  whole: number;
  /** Whether the month was over by `asOf`: what is missing there can no longer be made. */
  past: boolean;
}

/** The entries a stage needs, in all and by month. @beta */
export interface StageTarget {
  key: string;
  label: string;
  /** Entries over all months. */
  total: Needed;
  /** Empty where the total cannot be told. */
  months: NeededMonth[];
}

/** What one rate does to the entries needed at the first stage, the others as they are. @beta */
export interface RateSensitivity {
  from: string;
  to: string;
  /** With the rate at the upper end of its interval, and at the lower: null where that is 0. */
  best: Needed;
  worst: Needed;
}

/** What a revenue target asks of each stage. @beta */
export interface BackSolved {
  /** First stage first. */
  stages: StageTarget[];
  /** Widest first; rates that are assumed have no interval and are left out. */
  sensitivity: RateSensitivity[];
  /** Entries at the first stage with every rate at the upper ends of their intervals, and at the lower. */
  range: { best: Needed; worst: Needed };
  /** What the teams promise each other, month by month; only with `promise` in the plan. */
  promises?: MonthlyPromise[];
}

/** What the teams promise each other for one month. @beta */
export interface MonthlyPromise {
  month: string;
  /** Marketing: whole accepted leads, and how many of each rating; these add up to them. */
  accepted: number;
  mix?: Record<string, number>;
  /** Sales: attempts on them, and the sellers that takes. */
  attempts: number;
  sellers?: number;
}
