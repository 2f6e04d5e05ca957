import * as z from 'zod/mini';
import { Currency, Id, When } from '../contracts/primitives.ts';

export * from '../contracts/attribution-definition.ts';
export * from '../contracts/attribution-fields.ts';

/** One dated interaction with a person of the buying group, by either team. @beta */
export const Touch = z.strictObject({
  id: Id,
  /** An instant, or a day: a day counts as its last millisecond in the reporting time zone. */
  at: When,
  channel: Id,
  campaign: z.optional(Id),
  asset: z.optional(Id),
  team: z.optional(z.enum(['marketing', 'sales'])),
  /** Whom it reached. Touches without a person count as those of one person. */
  personId: z.optional(Id),
  /** The system it was read from; orders touches of one instant by `sourcePriority`. */
  source: z.optional(Id),
});
export type Touch = z.infer<typeof Touch>;

/** When the three inner anchors were reached. One that is left out, or null, was not. @beta */
export const Milestones = z.strictObject({
  /** Became a contact. */
  leadCreation: z.optional(z.nullable(When)),
  /** The deal was created. */
  opportunityCreation: z.optional(z.nullable(When)),
  /** Default: `at` of the journey. */
  closedWon: z.optional(z.nullable(When)),
});
export type Milestones = z.infer<typeof Milestones>;

/** The touches of one buying group (or person) and what came of them. @beta */
export const Journey = z.strictObject({
  id: Id,
  /** The moment of the conversion; without one, when the journey was lost or last looked at. */
  at: When,
  /** Default: true. The data-driven models learn from journeys without a conversion, too. */
  converted: z.optional(z.boolean()),
  /** What the conversion is worth, in integer minor units of `currency`. */
  amount: z.optional(z.int().check(z.nonnegative())),
  /** Required beside an amount. */
  currency: z.optional(Currency),
  milestones: z.optional(Milestones),
  touches: z.array(Touch),
});
export type Journey = z.infer<typeof Journey>;

/** Equal journeys, counted. @beta */
export const PathCount = z.strictObject({
  /** Channels, the first touched first. */
  path: z.array(Id).check(z.minLength(1)),
  conversions: z.int().check(z.nonnegative()),
  /** Journeys along this path without a conversion. */
  nulls: z.int().check(z.nonnegative()),
});
export type PathCount = z.infer<typeof PathCount>;
