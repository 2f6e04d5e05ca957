import * as z from 'zod/mini';
import { EntryPolicy, SkipPolicy, Unit } from './funnel-fields.ts';
import { Owner } from './primitives.ts';
import { Counted, View } from './funnel-question.ts';
import { EntityType } from './records.ts';
import { Count, Money, Nothing, Rate, Span } from './values.ts';

/** What became of those who reached a stage; the five add up to its count. @public */
export const Outcomes = z.object({
  advanced: Count,
  open: Count,
  recycled: Count,
  lost: Count,
  disqualified: Count,
  /** Of the open ones, those past their promise. */
  overdue: Count,
});
export type Outcomes = z.infer<typeof Outcomes>;

/** The outcomes that are a loss, for which a reason may be given. @beta */
export const Loss = z.enum(['recycled', 'lost', 'disqualified']);
export type Loss = z.infer<typeof Loss>;

/** Why those with an outcome at a stage are gone; what is named, the others and none add up to its count. @beta */
export const LossReasons = z.object({
  outcome: Loss,
  /** What was said most often first; equals by code point. */
  named: z.array(z.object({ reason: z.string(), label: z.optional(z.string()), count: Count })),
  /** For whom a reason was given that is not among the named. */
  others: Count,
  /** For whom no reason was given. */
  none: Count,
});
export type LossReasons = z.infer<typeof LossReasons>;

/** Visits to a stage: Kaplan–Meier median and 90th percentile, open visits censored. @public */
export const TimeInStage = z.object({ median: Span, p90: Span, visits: Count, open: Count });
export type TimeInStage = z.infer<typeof TimeInStage>;

/** A share by a time since the entry, with its 95 % interval; it holds until the next point. @public */
export const CurvePoint = z.object({
  ms: z.number(),
  /** Who was followed until then. */
  atRisk: Count,
  value: z.number(),
  low: z.number(),
  high: z.number(),
});
export type CurvePoint = z.infer<typeof CurvePoint>;

/** A difference of two rates with its Newcombe interval (method 10). @public */
export const Change = z.object({
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  verdict: z.enum(['up', 'down', 'no-clear-change']),
});
export type Change = z.infer<typeof Change>;

/**
 * A stage of an answered funnel: its counts, rates with intervals, times, and what became of those who reached it.
 * @public
 */
export const FunnelStage = z.object({
  key: z.string(),
  label: z.string(),
  owner: z.optional(Owner),
  /** The glossary term the stage is defined by. */
  term: z.optional(z.string()),
  /** Set when the source does not record this stage; its numbers then mean nothing. */
  missing: z.optional(z.string()),
  /** Cohort: who reached it. Activity: entries. Snapshot: who stands there. */
  count: Count,
  /** Of `count`, those whose entry was inferred from a later stage. */
  imputed: Count,
  value: z.optional(Money),
  /** From the stage before. Cohort only. */
  stepRate: z.optional(Rate),
  /** From the anchor. Cohort only. */
  cumulativeRate: z.optional(Rate),
  /** Snapshot: share of all who stand somewhere. Activity: ratio to the flow before; may exceed 1. */
  share: z.optional(z.union([z.object({ value: z.number() }), Nothing])),
  outcomes: z.optional(Outcomes),
  time: z.optional(TimeInStage),
  /** The share still at this stage (Kaplan–Meier), where the question asked for `curve`. */
  stay: z.optional(z.array(CurvePoint)),
  /** Why people are gone from here, for each outcome that somebody has, where the question asked for `reasons`. */
  reasons: z.optional(z.array(LossReasons)),
  /** Expected by the end of the window (Aalen–Johansen), for a cohort that is still maturing. */
  estimate: z.optional(z.object({ value: z.number(), low: z.number(), high: z.number(), byDay: z.number() })),
  /** Against the comparison. */
  before: z.optional(
    z.object({
      count: Count,
      stepRate: z.optional(Rate),
      cumulativeRate: z.optional(Rate),
      change: z.optional(Change),
    }),
  ),
});
export type FunnelStage = z.infer<typeof FunnelStage>;

/** A period as it was understood. @public */
export const PeriodAnswer = z.object({
  /** The period as asked for, in the attribute's own words. */
  text: z.string(),
  /** First day. */
  from: z.string(),
  /** The day after the last. */
  to: z.string(),
});
export type PeriodAnswer = z.infer<typeof PeriodAnswer>;

/** The answer to a funnel question. @public */
export const FunnelAnswer = z.object({
  kind: z.literal('funnel'),
  label: z.string(),
  view: View,
  measure: Counted,
  /** Whose journey is counted. */
  grain: z.optional(EntityType),
  anchor: z.string(),
  unit: Unit,
  entryPolicy: EntryPolicy,
  skipPolicy: SkipPolicy,
  period: z.optional(PeriodAnswer),
  /** Milliseconds each entrant is followed; absent = without end. */
  windowMs: z.optional(z.number()),
  segment: z.optional(z.object({ id: z.string(), label: z.string() })),
  /** The segments the definition offers to choose from. */
  segments: z.optional(z.array(z.object({ id: z.string(), label: z.string() }))),
  /** The stages a cohort may enter by: all but the last. */
  anchors: z.optional(z.array(z.object({ key: z.string(), label: z.string() }))),
  timeZone: z.string(),
  stages: z.array(FunnelStage),
  /** The share that came to the final stage (Aalen–Johansen), where the question asked for `curve` and has a window. */
  conversion: z.optional(z.array(CurvePoint)),
  /** States off the main line (snapshot and activity). */
  side: z.array(z.object({ key: z.string(), label: z.string(), count: Count })),
  /** The step between the teams: who got a decision in time, and how long it took. */
  handoff: z.optional(z.object({ from: z.string(), to: z.string(), withinMs: z.number(), inTime: Rate, median: Span })),
  compare: z.optional(
    z.object({
      period: z.optional(PeriodAnswer),
      segment: z.optional(z.object({ id: z.string(), label: z.string() })),
      /** An earlier period is read at the age this one has now, so that both were followed equally long. */
      asOf: z.string(),
      entrants: Count,
    }),
  ),
});
export type FunnelAnswer = z.infer<typeof FunnelAnswer>;

/** The plain form a page may supply: one row for each stage. @public */
export const PlainStage = z.object({
  stage: z.string().check(z.minLength(1)),
  count: Count,
  key: z.optional(z.string()),
  owner: z.optional(Owner),
});
export type PlainStage = z.infer<typeof PlainStage>;
