import * as z from 'zod/mini';
import { NullReason } from './codes.ts';
import {
  FunnelActor,
  BreakdownAttribution,
  EventOrder,
  EventSource,
  EventUnit,
  TryPick,
  SameInstant,
  Tolerance,
  TryChoice,
  WindowAnchor,
  WindowEnd,
  WindowGrain,
} from './event-funnel-fields.ts';
import { TrendInterval } from './event-funnel-question.ts';
import { PeriodAnswer } from './funnel-answer.ts';
import { Rate, Span } from './values.ts';
import { Owner, Scalar } from './primitives.ts';

const Count = z.int().check(z.nonnegative());
const Labelled = z.object({ id: z.string(), label: z.string() });

/** Elapsed milliseconds over those who did it: mean, and type 7 median and 90th percentile. @public */
export const Times = z.object({ n: Count, mean: Span, median: Span, p90: Span });
export type Times = z.infer<typeof Times>;

/** What became of those who reached a step; the three add up to its count. @public */
export const StepOutcomes = z.object({
  /** Reached a later step; at the last step, all. */
  advanced: Count,
  /** Went no further yet, and still may. */
  open: Count,
  /** Cannot convert any more: the time is up, or another event ended the try. */
  dropped: Count,
});
export type StepOutcomes = z.infer<typeof StepOutcomes>;

const counted = {
  count: Count,
  /** From the nearest earlier step that is not optional. */
  stepRate: z.optional(Rate),
  /** From the first step. */
  cumulativeRate: z.optional(Rate),
  outcomes: StepOutcomes,
};

/** A step of an event funnel with its counts, rates and times. @public */
export const EventFunnelStep = z.object({
  id: z.string(),
  label: z.string(),
  owner: z.optional(Owner),
  optional: z.boolean(),
  ...counted,
  /** From the step reached before it. */
  time: z.optional(Times),
});
export type EventFunnelStep = z.infer<typeof EventFunnelStep>;

/** Entrants by what became of them: `converted + open + dropped = entered`. */
const outcomes = { entered: Count, converted: Count, open: Count, dropped: Count };
/** Entries and what became of them; the three outcomes add up to `entered`. @public */
export const EntryOutcomes = z.object(outcomes);
export type EntryOutcomes = z.infer<typeof EntryOutcomes>;

/** Time from one step to another, over those who reached the later one. @public */
export const TimeToConvert = z.object({
  from: z.string(),
  to: z.string(),
  ...Times.shape,
  /** Bins of `widthMs`, each from its lower edge on; the last one holds the longest time. Empty without values. */
  histogram: z.array(z.object({ fromMs: z.number(), count: Count })),
  widthMs: z.optional(z.number()),
});
export type TimeToConvert = z.infer<typeof TimeToConvert>;

/** The entries of one interval and what became of them. @public */
export const TrendRow = z.object({
  /** First instant and the one after the last, ISO. */
  from: z.string(),
  to: z.string(),
  ...outcomes,
  /** Of `converted` in `entered`. */
  rate: Rate,
  /** Which may outnumber the entries; `unit: conversion` only. */
  conversions: z.optional(Count),
});
export type TrendRow = z.infer<typeof TrendRow>;

/** The steps of those with one value of the breakdown. @public */
export const BreakdownGroup = z.object({
  /** Null = no value. */
  key: Scalar,
  /** All values beyond the limit, as one; `key` is then null. */
  other: z.boolean(),
  /** In the order of the answer's steps. */
  steps: z.array(z.object(counted)),
});
export type BreakdownGroup = z.infer<typeof BreakdownGroup>;

/** Whether those with something convert more often than those without. Open tries are left out. @public */
export const CorrelationRow = z.object({
  /** The name of the event, or the value of the field. */
  key: Scalar,
  /** With it, of those who converted and of those who dropped. */
  converted: Count,
  dropped: Count,
  /** Add-one smoothed; above 1 it goes with success. */
  odds: z.number(),
  direction: z.enum(['success', 'failure', 'none']),
});
export type CorrelationRow = z.infer<typeof CorrelationRow>;

/** The answer to an event-mode funnel question. The definition's choices stand in it, defaults filled. @public */
export const EventFunnelAnswer = z.object({
  kind: z.literal('eventFunnel'),
  label: z.string(),
  source: EventSource,
  actor: FunnelActor,
  order: EventOrder,
  unit: EventUnit,
  pick: TryPick,
  tries: TryChoice,
  repeats: Tolerance,
  returns: Tolerance,
  sameInstant: SameInstant,
  /** Absent = without end. */
  window: z.optional(z.object({ ms: z.number(), end: WindowEnd, anchor: WindowAnchor, grain: WindowGrain })),
  period: z.optional(PeriodAnswer),
  segment: z.optional(Labelled),
  segments: z.optional(z.array(Labelled)),
  timeZone: z.string(),
  /** In any order, step k is "did k of them". */
  steps: z.array(EventFunnelStep),
  outcomes: EntryOutcomes,
  /** Conversions for each entry, which may exceed 1; `unit: conversion` only. */
  ratio: z.optional(z.union([z.object({ value: z.number() }), z.object({ value: z.null(), reason: NullReason })])),
  time: z.optional(TimeToConvert),
  trend: z.optional(z.object({ interval: TrendInterval, rows: z.array(TrendRow) })),
  breakdown: z.optional(
    z.object({
      field: z.string(),
      of: z.enum(['event', 'actor']),
      attribution: z.optional(BreakdownAttribution),
      limit: Count,
      /** Most entrants first, then by value; the others last. */
      groups: z.array(BreakdownGroup),
    }),
  ),
  correlation: z.optional(
    z.object({
      of: z.enum(['events', 'actor']),
      field: z.optional(z.string()),
      converted: Count,
      dropped: Count,
      /** Strongest first, at most 50. */
      rows: z.array(CorrelationRow),
    }),
  ),
});
export type EventFunnelAnswer = z.infer<typeof EventFunnelAnswer>;
