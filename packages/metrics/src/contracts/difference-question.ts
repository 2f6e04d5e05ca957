import * as z from 'zod/mini';
import { Counted, whoIsCounted } from './funnel-question.ts';
import { Key, TimeZone, When } from './primitives.ts';
import { moneyFrame, questionFrame } from './question-frame.ts';

/** One of two numbers: a stage of a funnel, and how it is counted. @beta */
export const DifferenceSide = z.strictObject({
  ...whoIsCounted,
  /** Of the main line; in the views `activity` and `snapshot` also a side stage. */
  stage: Key,
  /** Default: that of the question. */
  asOf: z.optional(When),
  /** Default: that of the question. */
  timeZone: z.optional(TimeZone),
  /** What a report says in place of the count, which is then what its settings explain: people, or minor units of money. */
  reported: z.optional(z.number()),
});
export type DifferenceSide = z.infer<typeof DifferenceSide>;

/** The most records that are named at each step of a difference, on its way in and on its way out. @beta */
export const MOST_NAMED = 100;

/**
 * Why two numbers of funnels differ: what each setting in which they are counted otherwise adds on the way from `a` to
 * `b`, one after the other. Asked by the rights to funnels, and with `records` by those to records.
 * @beta
 */
export const DifferenceQuestion = z.strictObject({
  kind: z.literal('difference'),
  ...questionFrame,
  ...moneyFrame,
  a: DifferenceSide,
  b: DifferenceSide,
  /** Default: `count`. */
  of: z.optional(Counted),
  /** How many of the records to name that each setting adds or takes away. Default: none. */
  records: z.optional(z.int().check(z.gte(1), z.lte(MOST_NAMED))),
});
export type DifferenceQuestion = z.infer<typeof DifferenceQuestion>;
