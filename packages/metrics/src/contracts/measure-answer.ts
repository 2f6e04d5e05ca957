import * as z from 'zod/mini';
import { NullReason } from './codes.ts';
import { Rate } from './values.ts';

const Nothing = z.object({ value: z.null(), reason: NullReason });

/** One aggregate by the name it was asked by: `count`, `median`, `p90` … @public */
export const MeasureValue = z.object({
  name: z.string(),
  result: z.union([z.object({ value: z.number() }), Nothing]),
});
export type MeasureValue = z.infer<typeof MeasureValue>;

/** The answer to a question of kind `measure`: one value, or why there is none, and its groups. @public */
export const MeasureAnswer = z.object({
  kind: z.literal('measure'),
  label: z.string(),
  /** `minor` = minor units of `currency`. */
  unit: z.enum(['count', 'number', 'minor', 'days', 'ratio']),
  currency: z.optional(z.string()),
  values: z.array(MeasureValue),
  /** For a ratio of counts. */
  rate: z.optional(Rate),
  /** Counts for each value of `by`, largest first; null = no value. */
  groups: z.optional(
    z.array(z.object({ key: z.union([z.string(), z.number(), z.boolean(), z.null()]), count: z.number() })),
  ),
});
export type MeasureAnswer = z.infer<typeof MeasureAnswer>;
