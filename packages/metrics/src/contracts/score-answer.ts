import * as z from 'zod/mini';
import { DefinitionRef } from './definition-head.ts';
import { Id, Key, Scalar } from './primitives.ts';
import { Bands, Grade, Level, Rating } from './score-fields.ts';

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

/** One thing that alone would change the rating. @beta */
export const RatingChange = z.discriminatedUnion('kind', [
  /** So many more activities of a signal, now. */
  z.object({ kind: z.literal('signal'), key: z.string(), label: z.string(), times: z.int(), rating: Rating }),
  /** One more rule of a criterion that holds; `unknown` where the facts do not decide it yet. */
  z.object({
    kind: z.literal('criterion'),
    key: z.string(),
    label: z.string(),
    rule: z.int(),
    unknown: z.boolean(),
    rating: Rating,
  }),
  /** So many days without a new activity. */
  z.object({ kind: z.literal('time'), days: z.int(), rating: Rating }),
]);
export type RatingChange = z.infer<typeof RatingChange>;

/** A rated person or account, and what alone would change its rating. @beta */
export const RatedLead = z.object({ ...Score.shape, changes: z.optional(z.array(RatingChange)) });
export type RatedLead = z.infer<typeof RatedLead>;

const Labelled = z.object({ id: z.string(), label: z.string() });

/** The answer to a score question. @beta */
export const ScoreAnswer = z.object({
  kind: z.literal('score'),
  label: z.string(),
  grain: z.enum(['person', 'account']),
  /** From which score each band begins. */
  bands: Bands,
  segment: z.optional(Labelled),
  segments: z.optional(z.array(Labelled)),
  timeZone: z.string(),
  /** Everybody in scope; the cells add up to it. */
  rated: z.int(),
  /** A1 to D4 with what is done and how many there are. */
  cells: z.array(z.object({ rating: Rating, grade: Grade, level: Level, action: Key, count: z.int() })),
  /** The mean share of fit that the facts decide; null for nobody. */
  coverage: z.nullable(z.number()),
  /** How many have one of the ratings asked for. */
  matching: z.int(),
  /** The first of those, best rating first, then by engagement, fit and id; only for readers who may see single records. */
  leads: z.optional(z.array(RatedLead)),
});
export type ScoreAnswer = z.infer<typeof ScoreAnswer>;
