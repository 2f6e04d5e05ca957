import * as z from 'zod/mini';
import { Currency, Key, TimeZone, Version, When } from './primitives.ts';

/** `id` for the newest agreed version, `id@version` for a pinned one. @public */
export const DefinitionName = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9_-]{0,63}(@\d+\.\d+\.\d+)?$/, { error: 'a definition is named id or id@1.2.0' }));

/** `2026`, `2026-Q3`, `2026-07`, `2026-W30`, `last-90-days`, `2026-07-01/2026-10-01`, `FY26-Q3`. @public */
export const PeriodText = z.string().check(z.minLength(1), z.maxLength(40));

/** What every question may say. */
export const questionFrame = {
  v: z.optional(Version),
  /** The moment the answer is true for. Default: the engine's. A day means its end. */
  asOf: z.optional(When),
  /** Default: the engine's. */
  timeZone: z.optional(TimeZone),
};

/** What a question about money may say beside. */
export const moneyFrame = {
  /**
   * The currency amounts are told in. What is of another one is converted where a rate is known, and has no value
   * (`mixed-currency`) where none is. Default: that of the exchange rates, else that of the amounts.
   */
  currency: z.optional(Currency),
};

/** What a funnel is shown beside: an earlier period, another one, or another segment. @public */
export const Compare = z.union([
  z.enum(['previous', 'previous-year']),
  z.strictObject({ period: PeriodText }),
  z.strictObject({ segment: Key }),
]);
export type Compare = z.infer<typeof Compare>;
