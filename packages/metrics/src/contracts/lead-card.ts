import * as z from 'zod/mini';
import { Id, Scalar, TimeZone, When } from './primitives.ts';

const Text = z.string().check(z.minLength(1), z.maxLength(500));
const Whole = z.int().check(z.nonnegative());

/** Something a lead or a team did, as a reader is told of it. @beta */
export const Touch = z.strictObject({
  what: Text,
  at: When,
  team: z.optional(z.enum(['marketing', 'sales'])),
});
export type Touch = z.infer<typeof Touch>;

/** The company of a lead and what else is going on there. @beta */
export const LeadCompany = z.strictObject({
  id: z.optional(Id),
  name: Text,
  industry: z.optional(Text),
  /** People who work there. */
  size: z.optional(Whole),
  country: z.optional(Text),
  /** Whose account it is, by name. */
  owner: z.optional(Text),
  openOpportunities: z.optional(Whole),
  /** Other people of the account that are known. */
  otherPeople: z.optional(Whole),
});
export type LeadCompany = z.infer<typeof LeadCompany>;

/**
 * What a seller has to know of a lead. It is personal data: it stands beside the ledger, keyed by the person, so that
 * it can be forgotten while the log stays whole.
 * @beta
 */
export const LeadCard = z.strictObject({
  /** The id of the person. */
  id: Id,
  name: z.optional(Text),
  role: z.optional(Text),
  email: z.optional(Text),
  phone: z.optional(Text),
  /** How the person wants to be reached. */
  channel: z.optional(Text),
  consent: z.optional(z.enum(['given', 'denied', 'unknown'])),
  /** Where the person is. */
  timeZone: z.optional(TimeZone),
  company: z.optional(LeadCompany),
  /** What the person asked for, in their words. */
  quote: z.optional(z.string().check(z.minLength(1), z.maxLength(4000))),
  /** A question to begin with. */
  opening: z.optional(Text),
  /** What to show or send. */
  asset: z.optional(Text),
  source: z.optional(Text),
  campaign: z.optional(Text),
  /** Why the rating is what it is, most points first. */
  reasons: z.optional(z.array(z.strictObject({ text: Text, points: z.number() })).check(z.maxLength(20))),
  /** Newest first. */
  touches: z.optional(z.array(Touch).check(z.maxLength(50))),
  /** Why the person is not to be offered. */
  suppressedBy: z.optional(z.enum(['customer', 'competitor', 'opt-out'])),
  /** Outbound human activities logged so far. */
  attempts: z.optional(Whole),
  /** What criteria read, as `attributes.NAME`. */
  attributes: z.record(z.string(), Scalar),
});
export type LeadCard = z.infer<typeof LeadCard>;
