import * as z from 'zod/mini';
import { Currency, Id, Scalar, When } from './primitives.ts';
import { SourceRef } from './records.ts';

/**
 * Something somebody did or that was done to them: a page view, a form, a call, a meeting. What
 * event-mode funnels read. Append-only; events equal in name, `at`, links and source are one event.
 * @public
 */
export const ActivityEvent = z.object({
  /** What happened, as the source names it. */
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** An instant, or a day when the source has no time. */
  at: When,
  personId: z.optional(Id),
  /** Default: the account of the person's record. */
  accountId: z.optional(Id),
  opportunityId: z.optional(Id),
  campaignId: z.optional(Id),
  owner: z.optional(z.string()),
  /** Integer minor units (cents) of `currency`. */
  amount: z.optional(z.int()),
  currency: z.optional(Currency),
  attributes: z.record(z.string(), Scalar),
  source: SourceRef,
  batch: Id,
});
export type ActivityEvent = z.infer<typeof ActivityEvent>;
