import * as z from 'zod/mini';
import { Rate } from '../contracts/values.ts';
import { Currency, Duration, Key, LocalDate } from '../contracts/primitives.ts';
import { PeriodText } from '../contracts/question.ts';

/** A share as a funnel answered it, with its interval, or one that is assumed and has none. @beta */
export const PlannedRate = z.union([Rate, z.strictObject({ assumed: z.number().check(z.positive(), z.lte(1)) })]);
export type PlannedRate = z.infer<typeof PlannedRate>;

/** A stage on the way to revenue. All but the last say what becomes of it. @beta */
export const PlannedStage = z.strictObject({
  key: Key,
  label: z.optional(z.string()),
  /** The share of a cohort that reaches the next stage. */
  rate: z.optional(PlannedRate),
  /** The median time to the next stage. Default: none. */
  lag: z.optional(Duration),
});
export type PlannedStage = z.infer<typeof PlannedStage>;

/** What the teams promise each other of one stage. @beta */
export const PromisePlan = z.strictObject({
  /** The stage that is handed over, accepted: usually `sal`. */
  stage: Key,
  /** The share of each rating or class among them; adds up to 1. Default: no split. */
  mix: z.optional(z.record(z.string(), z.number().check(z.gte(0), z.lte(1)))),
  /** Attempts that sales makes for each. */
  attempts: z.number().check(z.positive()),
  /** Attempts that one seller can make in a month. Default: sellers are not counted. */
  attemptsPerSeller: z.optional(z.number().check(z.positive())),
});
export type PromisePlan = z.infer<typeof PromisePlan>;

/** A revenue target and the way it comes about. @beta */
export const TargetPlan = z.strictObject({
  currency: Currency,
  /** Revenue to win in each period, integer minor units; evenly over the days of the period. Periods must not overlap. */
  revenue: z
    .array(z.strictObject({ period: PeriodText, amount: z.int().check(z.nonnegative()) }))
    .check(z.minLength(1), z.maxLength(120)),
  /** Integer minor units for each win; the median is the safer choice. */
  dealSize: z.int().check(z.positive()),
  /** First stage first, the last is the win. */
  stages: z.array(PlannedStage).check(z.minLength(2), z.maxLength(24)),
  /** Months that end before this day can no longer be worked for. Default: none has passed. */
  asOf: z.optional(LocalDate),
  promise: z.optional(PromisePlan),
});
export type TargetPlan = z.infer<typeof TargetPlan>;
