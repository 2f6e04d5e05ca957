import * as z from 'zod/mini';
import { DefinitionRef } from '../contracts/definition.ts';
import { Currency, Id, Key, Scalar, When } from '../contracts/primitives.ts';
import { Grade, Level, Rating } from '../contracts/score-fields.ts';

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

/** One line of an explanation. The points of all lines of an axis add up to its score, exactly. @beta */
export const Contribution = z.object({
  kind: z.enum(['criterion', 'signal', 'person', 'group-limit', 'range-limit']),
  /** Of the criterion, signal, person or group; `range` for the limits 0 and 100. */
  key: z.string(),
  label: z.string(),
  points: z.number(),
  /** What it could give at most (criterion), would be worth without decay (signal) or without others (person). */
  of: z.optional(z.number()),
  /** The fact behind a criterion. */
  value: z.optional(Scalar),
  /** Activities counted, and milliseconds since the newest of them. */
  count: z.optional(z.int()),
  ageMs: z.optional(z.number()),
});
export type Contribution = z.infer<typeof Contribution>;

/** How well a lead fits, and by how much of what could be known. @beta */
export const FitScore = z.object({
  /** 0 to 100. */
  score: z.number(),
  /** The share of attainable points whose criteria the facts decide, 0 to 1. */
  coverage: z.number(),
  /** Keys of the criteria that the facts do not decide. */
  unknown: z.array(z.string()),
  /** Largest first, without those that give nothing. */
  contributions: z.array(Contribution),
});
export type FitScore = z.infer<typeof FitScore>;

/** How engaged a lead is, and what makes it so. @beta */
export const EngagementScore = z.object({
  /** 0 to 100. */
  score: z.number(),
  /** Largest first, without those that give nothing. */
  contributions: z.array(Contribution),
});
export type EngagementScore = z.infer<typeof EngagementScore>;

/** Whether enough of an account's people take part. @beta */
export const Breadth = z.object({
  engaged: z.int(),
  required: z.int(),
  /** Whether a senior person is engaged; absent where the model asks for none. */
  senior: z.optional(z.boolean()),
  met: z.boolean(),
});
export type Breadth = z.infer<typeof Breadth>;

/** A lead's fit and engagement, each with its lines, and the rating of both. @beta */
export const Score = z.object({
  id: Id,
  model: DefinitionRef,
  /** The instant the score is true for. */
  asOf: z.string(),
  fit: FitScore,
  engagement: EngagementScore,
  grade: Grade,
  level: Level,
  rating: Rating,
  action: Key,
  /** Accounts only. */
  breadth: z.optional(Breadth),
});
export type Score = z.infer<typeof Score>;
