import type {
  BreakdownAttribution,
  Criteria,
  EventFunnelDefinition,
  EventSource,
  FunnelActor,
  TrendInterval,
  WindowGrain,
} from '../../contracts/index.ts';

/** Which events fit: one of these names (absent = any) that passes these criteria. @beta */
export interface PlanMatch {
  names?: readonly string[];
  where?: Criteria;
}

/** A step of a planned event funnel. @beta */
export interface PlanStep extends PlanMatch {
  id: string;
  optional: boolean;
  firstTime?: 'match' | 'event';
  /** The longest time from the nearest earlier step that is not optional. */
  withinMs?: number;
}

/**
 * An event strictly after the instant of step `from` and strictly before that of step `to`; steps by their place.
 * @beta
 */
export interface PlanExclusion extends PlanMatch {
  from: number;
  to: number;
}

/** The rows of a trend. @beta */
export interface PlanTrend {
  interval: TrendInterval;
  /** Where each row begins, milliseconds, and where the last one ends. */
  bounds: readonly number[];
}

/** Which step's event gives an entry its group, as a plan says it. @beta */
export type PlanAttribution = Exclude<BreakdownAttribution, object> | { step: number };

/** What the entries of a plan are grouped by. @beta */
export type PlanBreakdown =
  | { of: 'event'; field: string; attribution: PlanAttribution; limit: number }
  | { of: 'actor'; field: string; limit: number };

/**
 * An event-mode question with every default filled and every date resolved. `docs/event-funnel.md` gives its meaning.
 * @beta
 */
export interface EventFunnelPlan {
  definition: EventFunnelDefinition;
  source: EventSource;
  actor: FunnelActor;
  steps: readonly PlanStep[];
  exclusions: readonly PlanExclusion[];
  order: 'ordered' | 'strict' | 'any';
  unit: 'actor' | 'entry' | 'conversion';
  pick: 'nearest' | 'earliest';
  tries: 'all' | 'first';
  repeats: 'pass' | 'end';
  returns: 'pass' | 'end';
  sameInstant: 'any-order' | 'never';
  /** From the first step to every later one; absent = without end. */
  windowMs?: number;
  /** Whether the last moment of `windowMs` and of each `withinMs` belongs to it. */
  windowEnd: 'inclusive' | 'exclusive';
  grain: WindowGrain;
  /** Entries, milliseconds since the epoch, `[from, to)`; absent = unbounded. */
  from?: number;
  to?: number;
  asOf: number;
  timeZone: string;
  /** Only events that pass exist. */
  eventFilter?: Criteria;
  /** Row filter, definition, segment and question, joined, on the actor's record (for actors by a property: the person's). */
  where?: Criteria;
  /** The steps that trend and time to convert look at, by their place. */
  between: { from: number; to: number };
  /** Collect durations. */
  time: boolean;
  trend?: PlanTrend;
  breakdown?: PlanBreakdown;
  correlate?: { of: 'events' } | { of: 'actor'; field: string };
}
