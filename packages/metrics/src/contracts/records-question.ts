import * as z from 'zod/mini';
import { Field } from './criteria.ts';
import { whoIsCounted } from './funnel-question.ts';
import { Key } from './primitives.ts';
import { questionFrame } from './question-frame.ts';

/** What became of somebody at a stage; `overdue` are some of the `open`. @public */
export const Outcome = z.enum(['advanced', 'open', 'overdue', 'recycled', 'lost', 'disqualified']);
export type Outcome = z.infer<typeof Outcome>;

/** By when they entered, by id, or by a field that is read; what has no value comes last either way. @beta */
export const RecordSort = z.strictObject({
  by: z.union([z.enum(['entered', 'id']), Field]),
  /** Default: ascending. */
  descending: z.optional(z.boolean()),
});
export type RecordSort = z.infer<typeof RecordSort>;

/** What is read of records where a question names nothing. @beta */
export const RECORD_FIELDS: readonly string[] = ['amount', 'currency', 'owner'];

/** The most records one answer holds. @beta */
export const MOST_RECORDS = 500;

/**
 * The records behind a number of a funnel of stages: those who reached a stage, were there or are there, as the same
 * question to the funnel counts them.
 * @beta
 */
export const RecordsQuestion = z.strictObject({
  kind: z.literal('records'),
  ...questionFrame,
  ...whoIsCounted,
  /** Of the main line; in the views `activity` and `snapshot` also a side stage. */
  stage: Key,
  /** Of a cohort: only those of whom this became at the stage. Default: all who reached it. */
  outcome: z.optional(Outcome),
  /**
   * Of those whose outcome is a loss (`recycled`, `lost`, `disqualified`): only those for whom this reason was given, or
   * none (`null`). Default: whatever the reason.
   */
  reason: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(2000)))),
  /** What is read of each record. Default: `amount`, `currency` and `owner`. */
  fields: z.optional(z.array(Field).check(z.maxLength(24))),
  /** Default: by when they entered, latest first. */
  sort: z.optional(RecordSort),
  /** The most records to give. Default: 50. */
  limit: z.optional(z.int().check(z.gte(1), z.lte(MOST_RECORDS))),
  /** How many to pass over. Default: 0. */
  offset: z.optional(z.int().check(z.gte(0), z.lte(10_000_000))),
});
export type RecordsQuestion = z.infer<typeof RecordsQuestion>;
