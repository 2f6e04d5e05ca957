import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { definitionHead } from './definition-head.ts';
import { Duration, Key, Owner, TermKey } from './primitives.ts';
import { EntityType } from './records.ts';
import { Segment } from './segment.ts';

/**
 * A stage that was passed over: taken as reached (`impute`), the end of the chain (`strict`), or each stage by itself
 * (`open`).
 * @public
 */
export const SkipPolicy = z.enum(['impute', 'strict', 'open']);
export type SkipPolicy = z.infer<typeof SkipPolicy>;
/**
 * Which entry of somebody who came more than once counts: the `first`, the `last`, or `every` one, by cycle.
 * @public
 */
export const EntryPolicy = z.enum(['first', 'every', 'last']);
export type EntryPolicy = z.infer<typeof EntryPolicy>;
/** What is counted once: the `entity`, each `cycle` of it, or each `visit` to the anchor. @public */
export const Unit = z.enum(['entity', 'cycle', 'visit']);
export type Unit = z.infer<typeof Unit>;

/** A stage of the main line. @public */
export const MainStage = z.strictObject({
  key: Key,
  label: z.optional(z.string()),
  description: z.optional(z.string()),
  owner: Owner,
  /** The glossary term this stage is defined by. */
  term: z.optional(TermKey),
});
export type MainStage = z.infer<typeof MainStage>;

/** What an entity resting in a side stage counts as. @public */
export const SideOutcome = z.enum(['lost', 'disqualified', 'recycled', 'open']);
export type SideOutcome = z.infer<typeof SideOutcome>;

/** A state off the main line. @public */
export const SideStage = z.strictObject({
  key: Key,
  label: z.optional(z.string()),
  description: z.optional(z.string()),
  /** What an entity resting here counts as. */
  outcome: SideOutcome,
  /** Whether a later return to the main line may open a new cycle. */
  terminal: z.boolean(),
  /** Adds the overdue flag to an open outcome. */
  overdue: z.optional(z.boolean()),
});
export type SideStage = z.infer<typeof SideStage>;

/** The fields of a stage funnel, one by one; `FunnelDefinition` also checks them against each other. @public */
export const FunnelFields = z.strictObject({
  kind: z.literal('funnel'),
  /** Of stages that records stand in; `event` is another kind of funnel, see `EventFunnelDefinition`. */
  mode: z.optional(z.literal('stage')),
  ...definitionHead,
  /** Whose journey is counted. */
  grain: EntityType,
  /** The main line, first stage first. */
  stages: z.array(MainStage).check(z.minLength(2), z.maxLength(24)),
  /** States off the main line. Default: the seven of `DEFAULT_SIDE_STAGES`. */
  side: z.optional(z.array(SideStage).check(z.maxLength(24))),
  /** The stage a cohort enters by. Default: the first. */
  anchor: z.optional(Key),
  /** How long an entrant is followed, elapsed, end included. Default: without end. */
  window: z.optional(Duration),
  /** Default: `impute` in a cohort, `open` in the activity view. */
  skipPolicy: z.optional(SkipPolicy),
  /** Default: `first`. */
  entryPolicy: z.optional(EntryPolicy),
  /** Default: `cycle` with entry policy `every`, else `entity`. */
  unit: z.optional(Unit),
  /** A return to this stage or a later one may open a cycle. Default: `mql`, else the second stage. */
  reentryStage: z.optional(Key),
  /** Time in a terminal state before a return is a new cycle. Default: 30 days. */
  coolingOff: z.optional(Duration),
  /** The step where one team hands to the other, and how long a decision may take. */
  handoff: z.optional(z.strictObject({ from: Key, to: Key, within: Duration })),
  /** Source systems from most to least trusted; breaks ties of the same instant and stage. */
  sourcePriority: z.optional(z.array(z.string())),
  /** Which entities the funnel is about. Default: all. */
  where: z.optional(Criteria),
  segments: z.optional(z.array(Segment)),
});
export type FunnelFields = z.infer<typeof FunnelFields>;
