import * as z from 'zod/mini';
import { Scalar } from './primitives.ts';

/**
 * The one criteria language: `all | any | not` over tests of one field. It filters records, marks
 * segments and states glossary criteria; it is evaluated in memory and compiled to SQL with the
 * same answers.
 *
 * A test is two-valued: a missing or null field, or a field of another type than the value it is
 * compared with, makes every test false except `present: false`; `not` of false is true. Strings compare exactly, by code point. `matches` is a
 * case-insensitive wildcard (`*` any run, `?` one character), never a regular expression.
 * `within` tests that a day or instant lies in the last so many days of `asOf`, both ends included.
 */
/** A field of a record: stored, or derived from a funnel (`stage`, `reached.STAGE`). @public */
export const Field = z.string().check(
  z.regex(
    /^(id|owner|amount|currency|accountId|personId|campaignId|currentStage|stage|(attributes|reached)\..{1,120})$/u,
    {
      error:
        'a field is id, owner, amount, currency, accountId, personId, campaignId, currentStage, stage, attributes.NAME or reached.STAGE',
    },
  ),
);
const Ordered = z.union([z.number(), z.string()]);

/** A test of one field. @public */
export const FieldTest = z.union([
  z.strictObject({ field: Field, eq: Scalar }),
  z.strictObject({ field: Field, in: z.array(Scalar).check(z.minLength(1), z.maxLength(1000)) }),
  z.strictObject({ field: Field, gt: Ordered }),
  z.strictObject({ field: Field, gte: Ordered }),
  z.strictObject({ field: Field, lt: Ordered }),
  z.strictObject({ field: Field, lte: Ordered }),
  z.strictObject({ field: Field, present: z.boolean() }),
  z.strictObject({ field: Field, within: z.strictObject({ days: z.number().check(z.nonnegative()) }) }),
  z.strictObject({ field: Field, matches: z.string().check(z.maxLength(200)) }),
]);
export type FieldTest = z.infer<typeof FieldTest>;

/** Criteria of records: tests of fields, joined by `all`, `any` and `not`. No side effects, no code. @public */
export type Criteria = FieldTest | { all: Criteria[] } | { any: Criteria[] } | { not: Criteria };

export const Criteria: z.ZodMiniType<Criteria> = z.lazy(() =>
  z.union([
    FieldTest,
    z.strictObject({ all: z.array(Criteria).check(z.maxLength(100)) }),
    z.strictObject({ any: z.array(Criteria).check(z.maxLength(100)) }),
    z.strictObject({ not: Criteria }),
  ]),
);
