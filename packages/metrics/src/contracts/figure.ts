import * as z from 'zod/mini';
import { Currency, Id, Key, LocalDate } from './primitives.ts';

/**
 * A number that no record holds: what finance, a survey or a forecast says of some days. The figures of one name must
 * not overlap; a later one with the same days and segment takes the place of the earlier.
 * @public
 */
export const Figure = z
  .strictObject({
    /** What it is, `marketing-cost`. */
    name: Key,
    /** First day. */
    from: LocalDate,
    /** The day after the last. */
    to: LocalDate,
    /** Integer minor units of `currency`, where it has one. */
    value: z.number(),
    currency: z.optional(Currency),
    /** The part of the whole it is about: a team, a region. */
    segment: z.optional(Id),
    batch: Id,
  })
  .check(
    z.refine(({ from, to }) => from < to, {
      path: ['to'],
      error: 'a figure ends after its first day: `to` is the day after the last',
    }),
    z.refine(({ value, currency }) => currency === undefined || Number.isSafeInteger(value), {
      path: ['value'],
      error: 'money is a whole number of minor units',
    }),
  );
export type Figure = z.infer<typeof Figure>;
