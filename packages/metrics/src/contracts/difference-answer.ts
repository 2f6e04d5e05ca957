import * as z from 'zod/mini';
import { ErrorCode, Flag, NullReason } from './codes.ts';
import { DefinitionRef } from './definition-head.ts';
import { EntityType } from './records.ts';

/**
 * What two numbers may differ by, in the order in which the settings of one side are exchanged for
 * those of the other: first which facts there are, then what they mean, then who is selected, then
 * how each is followed, at last how it is shown.
 * @beta
 */
export const Cause = z.enum([
  /** Facts that one side had not yet got (`reading.knownAt`). */
  'late-data',
  /** Records that are one in one side and several in the other (`reading.merges`). */
  'identity-merge',
  /** The definition or its version as a whole; the keys of stage, anchor and segment go with it. */
  'definition',
  /** In place of `definition` where both texts are known: the stages it has; stage and anchor go with them. */
  'stages',
  /** Likewise, whom it is about (`where`). */
  'members',
  /** Likewise, when a return begins a new cycle. */
  're-entry',
  /** Likewise, the source that wins a tie. */
  'source-priority',
  /** The moment the number is true for. */
  'as-of',
  'time-zone',
  'period',
  /** Segment and filter. */
  'filter',
  /** The stage by which a cohort enters. */
  'anchor',
  /** First, every or last entry, and whether entities, cycles or visits are counted. */
  'entry-policy',
  /** What becomes of one who skipped a stage. */
  'skip-policy',
  'window',
  /** Another stage or another aggregate of the same definition. */
  'stage',
  /** Cohort, activity or snapshot. */
  'view',
  /** The rates that amounts are converted by (`reading.rates`). */
  'currency',
]);
export type Cause = z.infer<typeof Cause>;

/** `minor` = minor units of the currency; `share` from 0 to 1. @beta */
export const FigureUnit = z.enum(['count', 'minor', 'share', 'number', 'days']);
export type FigureUnit = z.infer<typeof FigureUnit>;

/** One part of the difference. @beta */
export const Item = z.object({
  /** Usually one. Several where no question lies between them, so that they cannot be told apart. */
  causes: z.array(Cause).check(z.minLength(1)),
  /** The settings of both sides as the questions write them, one for each cause; null = none. */
  from: z.array(z.nullable(z.string())),
  to: z.array(z.nullable(z.string())),
  /** What they add on the way from a to b. */
  amount: z.number(),
  /** `ordered` only: the number once they have changed. */
  after: z.optional(z.number()),
  /** Why several stand together: what the question between them was answered. */
  joined: z.optional(z.union([ErrorCode, NullReason])),
});
export type Item = z.infer<typeof Item>;

/** Some of the records that a setting adds or takes away, by id, and how many there are in all. */
const Named = z.object({ total: z.int(), ids: z.array(z.string()) });

/** What one setting adds, with the records behind it where they were asked for and are few enough to be compared. @beta */
export const DifferenceItem = z.object({
  ...Item.shape,
  /** Who counts once it has changed and did not before; one who counts more often stands there as often. */
  added: z.optional(Named),
  /** Who counted before and no longer does. */
  removed: z.optional(Named),
});
export type DifferenceItem = z.infer<typeof DifferenceItem>;

/** One of the two figures, as shown and as answered. @beta */
export const ReconciledSide = z.object({
  /** As the side is called; in an answer the label of its stage. */
  label: z.string(),
  /** What the side shows: reported where it was, else answered. */
  value: z.number(),
  /** What its question answers. */
  answered: z.number(),
  flags: z.array(Flag),
  definition: z.optional(DefinitionRef),
  asOf: z.optional(z.string()),
});
export type ReconciledSide = z.infer<typeof ReconciledSide>;

/** Why two numbers differ: parts that add up, the unexplained rest included. @beta */
export const DifferenceAnswer = z.object({
  kind: z.literal('difference'),
  /** Of the definition of `a`. */
  label: z.string(),
  /** What is counted. */
  grain: z.optional(EntityType),
  timeZone: z.string(),
  unit: FigureUnit,
  currency: z.optional(z.string()),
  a: ReconciledSide,
  b: ReconciledSide,
  /** b − a, as shown. The items and the unexplained rest add up to it. */
  difference: z.number(),
  /** One for each setting that differs, also where it changes nothing. */
  items: z.array(DifferenceItem),
  /** What is reported and no setting explains; 0 when both numbers are answers. */
  unexplained: z.number(),
  /** Questions that were counted for it. */
  asked: z.int(),
});
export type DifferenceAnswer = z.infer<typeof DifferenceAnswer>;
