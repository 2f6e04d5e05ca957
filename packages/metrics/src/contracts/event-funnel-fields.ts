import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { definitionHead } from './definition-head.ts';
import { Duration, Key, Owner } from './primitives.ts';
import { EntityType } from './records.ts';
import { Segment } from './segment.ts';

/** The field of an event that holds a value: an attribute or one of its links. @public */
export const EventField = z.string().check(
  z.regex(/^(owner|campaignId|accountId|personId|opportunityId|attributes\..{1,120})$/u, {
    error: 'a field of an event is owner, campaignId, accountId, personId, opportunityId or attributes.NAME',
  }),
);

/** Other events may lie between the steps (`ordered`), none may (`strict`), or the order is free (`any`). @public */
export const EventOrder = z.enum(['ordered', 'strict', 'any']);
/** What a funnel reads: `activities`, the `stages` records entered, or both. @public */
export const EventSource = z.enum(['activities', 'stages', 'both']);
export type EventSource = z.infer<typeof EventSource>;
/** What an event funnel counts: actors, entries, or conversions. @public */
export const EventUnit = z.enum(['actor', 'entry', 'conversion']);
/** Which of equally deep tries stands for the actor. @public */
export const TryPick = z.enum(['nearest', 'earliest']);
/** Which events of the first step begin a try. @public */
export const TryChoice = z.enum(['all', 'first']);
/** What an unexpected event does to a try: it is passed over, or the try ends. @public */
export const Tolerance = z.enum(['pass', 'end']);
/** Whether events of one instant may follow each other. @public */
export const SameInstant = z.enum(['any-order', 'never']);
/** Whether the last moment belongs to the window. @public */
export const WindowEnd = z.enum(['inclusive', 'exclusive']);
/** Where a window begins: at the first step, or at each step before. @public */
export const WindowAnchor = z.enum(['entry', 'previous-step']);
/** The local period that instants are cut to before a window compares them. @public */
export const WindowGrain = z.enum(['instant', 'day', 'week', 'month']);
export type WindowGrain = z.infer<typeof WindowGrain>;

const EventName = z.string().check(z.minLength(1), z.maxLength(200));
const matching = {
  /** One of these names. Default: any event. */
  event: z.optional(z.union([EventName, z.array(EventName).check(z.minLength(1), z.maxLength(100))])),
  /** Criteria on the event itself: `attributes.NAME`, `amount`, `owner` … Default: none. */
  where: z.optional(Criteria),
};

/** One step: the events that fill it. An event fills one step of a try only. @public */
export const EventStep = z.strictObject({
  id: Key,
  label: z.optional(z.string()),
  owner: z.optional(Owner),
  ...matching,
  /** May be left out on the way to later steps; neither the first nor the last. Default: false. */
  optional: z.optional(z.boolean()),
  /**
   * Only the actor's first event ever: `match` = the first that fits the step; `event` = the first of
   * its name, which must also fit `where`. Default: every event that fits.
   */
  firstTime: z.optional(z.enum(['match', 'event'])),
  /** The longest time from the nearest earlier step that is not optional. Default: only the window. */
  within: z.optional(Duration),
});
export type EventStep = z.infer<typeof EventStep>;

/**
 * An event that must not occur after step `from` and before step `to`; the instants of the steps are allowed.
 * @public
 */
export const EventExclusion = z.strictObject({ ...matching, from: Key, to: Key });
export type EventExclusion = z.infer<typeof EventExclusion>;

/** How long a try may take, in elapsed time: a day is 24 hours, whatever the clocks do. @public */
export const EventWindow = z.strictObject({
  within: Duration,
  /** Whether the last moment belongs to it. Default: `inclusive`. */
  end: z.optional(WindowEnd),
  /** From the first step to every later one (`entry`), or from each step to the next. Default: `entry`. */
  anchor: z.optional(WindowAnchor),
  /** Instants are cut to the beginning of this local period before they are compared. Default: `instant`. */
  grain: z.optional(WindowGrain),
});
export type EventWindow = z.infer<typeof EventWindow>;

/** Which value of the broken-down field an actor counts under, when its events have several. @public */
export const BreakdownAttribution = z.union([z.enum(['first', 'last', 'all']), z.strictObject({ step: Key })]);
export type BreakdownAttribution = z.infer<typeof BreakdownAttribution>;

/**
 * Whose events are followed: a person's, an account's, an opportunity's, or those with one value of a property.
 * @public
 */
export const FunnelActor = z.union([EntityType, z.strictObject({ property: EventField })]);
export type FunnelActor = z.infer<typeof FunnelActor>;

/**
 * The fields of an event-mode funnel, one by one; `EventFunnelDefinition` also checks them against each other.
 * @public
 */
export const EventFunnelFields = z.strictObject({
  kind: z.literal('funnel'),
  mode: z.literal('event'),
  ...definitionHead,
  /** With `stages` and `both`, entering a stage is an event of the name `stage:KEY`. Default: `activities`. */
  source: z.optional(EventSource),
  /** Whom a try belongs to. Events without one are left out and counted. Default: `person`. */
  actor: z.optional(FunnelActor),
  steps: z.array(EventStep).check(z.minLength(2), z.maxLength(24)),
  /** `ordered`: other events may lie between; `strict`: none may; `any`: any order. Default: `ordered`. */
  order: z.optional(EventOrder),
  /** Default: without end. */
  window: z.optional(EventWindow),
  exclusions: z.optional(z.array(EventExclusion).check(z.maxLength(24))),
  /**
   * What is counted: each `actor` by its deepest try, each `entry` (event of the first step) by its own,
   * or each `conversion`: every event of the second of two steps, for the nearest entry before it.
   * Default: `actor`.
   */
  unit: z.optional(EventUnit),
  /** Of equally deep tries: the one done first, from the latest start; or the one that starts first. Default: `nearest`. */
  pick: z.optional(TryPick),
  /** Every event of the first step begins a try, or only the first run through the history is one. Default: `all`. */
  tries: z.optional(TryChoice),
  /** Another event of the step reached last. Default: it may `end` a try in strict order, else is passed over. */
  repeats: z.optional(Tolerance),
  /** An event of an earlier step. Default: as for `repeats`. */
  returns: z.optional(Tolerance),
  /** Whether events of one instant may follow each other, in whichever order helps. Default: `any-order`. */
  sameInstant: z.optional(SameInstant),
  /** Default for breakdowns that name none: `first`. */
  attribution: z.optional(BreakdownAttribution),
  /** Only events that fit exist for this funnel. Default: all. */
  eventFilter: z.optional(Criteria),
  /** Which actors the funnel is about, by their record. Default: all. */
  where: z.optional(Criteria),
  segments: z.optional(z.array(Segment)),
});
export type EventFunnelFields = z.infer<typeof EventFunnelFields>;
