import * as z from 'zod/mini';
import { Id, Instant } from '../../contracts/primitives.ts';

/** A person of sales who takes hand-offs. @beta */
export const Seller = z.strictObject({
  id: Id,
  name: z.optional(z.string()),
  /** Whether the account is in use. Default: true. */
  active: z.optional(z.boolean()),
  /** Hand-offs this seller may have open at a time. Default: without limit. */
  cap: z.optional(z.int().check(z.nonnegative())),
  /** Absences, half open. Default: none. */
  out: z.optional(z.array(z.strictObject({ from: Instant, to: Instant })).check(z.maxLength(1000))),
});
export type Seller = z.infer<typeof Seller>;

/** Sellers who share what is offered to them. @beta */
export const Pool = z.strictObject({
  id: Id,
  /** What readers see. Default: the id. */
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  sellers: z
    .array(
      z.strictObject({
        id: Id,
        /** Offers for each one of a seller of weight 1. Default: 1. */
        weight: z.optional(z.number().check(z.positive())),
      }),
    )
    .check(z.maxLength(5000)),
});
export type Pool = z.infer<typeof Pool>;

/** Who there is to take hand-offs. @beta */
export const Staff = z.strictObject({ sellers: z.array(Seller), pools: z.array(Pool) });
export type Staff = z.infer<typeof Staff>;
