import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { EntityType } from './records.ts';

/** How values become one. A quantile is a share from 0 to 1. @public */
export const Aggregate = z.union([
  z.enum(['count', 'sum', 'mean', 'median', 'min', 'max']),
  z.strictObject({ quantile: z.number().check(z.gte(0), z.lte(1)) }),
]);
export type Aggregate = z.infer<typeof Aggregate>;

const FieldName = z.string().check(z.regex(/^(amount|attributes\..{1,120})$/u));
/** A field that holds a day or an instant. @public */
export const DayField = z.string().check(z.regex(/^(reached|attributes)\..{1,120}$/u));

/** What is measured on each record: a numeric field, or the calendar days between two dates. @public */
export const Expression = z.union([
  z.strictObject({ field: FieldName }),
  z.strictObject({ days: z.strictObject({ from: DayField, to: DayField }) }),
]);
export type Expression = z.infer<typeof Expression>;

/**
 * One expression over filtered records. `amount` is in minor units of its currency; days are
 * calendar days in the reporting time zone. Records without a value count in no aggregate but
 * `count` without an expression. Quantiles are type 7 (Hyndman & Fan 1996).
 * @public
 */
export const Measure = z.strictObject({
  of: EntityType,
  /** The funnel that gives `stage` and `reached.STAGE` their meaning; needed only when they are used. */
  funnel: z.optional(z.string()),
  where: z.optional(Criteria),
  value: z.optional(Expression),
  aggregates: z.array(Aggregate).check(z.minLength(1), z.maxLength(20)),
  /** Counts for each value of this field. */
  by: z.optional(z.union([z.literal('stage'), z.string().check(z.regex(/^(owner|currency|attributes\..{1,120})$/u))])),
});
export type Measure = z.infer<typeof Measure>;
