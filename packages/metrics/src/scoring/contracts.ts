import * as z from 'zod/mini';
import { Currency, Id, Key, Scalar, When } from '../contracts/primitives.ts';

export { Breadth, Contribution, EngagementScore, FitScore, Score } from '../contracts/score-answer.ts';
export { DEFAULT_BANDS } from '../contracts/score-bands.ts';
export { ScoringModel } from '../contracts/score-definition.ts';
export {
  ActionMatrix,
  AccountRule,
  Bands,
  FitCriterion,
  FitRule,
  Grade,
  HalfLife,
  Level,
  Rating,
  Signal,
  SignalGroup,
} from '../contracts/score-fields.ts';

/** What is known about a person or an account; a canonical record fits. @beta */
export const Facts = z.object({
  id: z.optional(Id),
  accountId: z.optional(Id),
  personId: z.optional(Id),
  campaignId: z.optional(Id),
  amount: z.optional(z.int()),
  currency: z.optional(Currency),
  owner: z.optional(z.string()),
  currentStage: z.optional(Key),
  attributes: z.record(z.string(), Scalar),
  /** When the facts were read. A score of an earlier moment must not see them. */
  knownAt: z.optional(When),
});
export type Facts = z.infer<typeof Facts>;

/** Something a person did; a canonical `ActivityEvent` fits. A day without a time counts as its end. @beta */
export const Activity = z.object({
  name: Id,
  at: When,
  attributes: z.optional(z.record(z.string(), Scalar)),
});
export type Activity = z.infer<typeof Activity>;

/** A person to be rated. @beta */
export const Lead = z.object({
  id: Id,
  person: z.optional(Facts),
  account: z.optional(Facts),
  activities: z.array(Activity),
});
export type Lead = z.infer<typeof Lead>;

/** An account to be rated, with its people. @beta */
export const AccountLead = z.object({ id: Id, account: z.optional(Facts), people: z.array(Lead) });
export type AccountLead = z.infer<typeof AccountLead>;
