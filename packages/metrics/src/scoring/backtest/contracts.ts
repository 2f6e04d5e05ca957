import * as z from 'zod/mini';
import { Id, When } from '../../contracts/primitives.ts';
import { Lead, Rating } from '../contracts.ts';

/** A lead of the past: what it was scored, and whether it was won within the horizon. @beta */
export const PastLead = z.object({
  id: z.optional(Id),
  score: z.number(),
  won: z.boolean(),
  rating: z.optional(Rating),
  /** When it was scored. */
  at: z.optional(When),
  /** The part of the market to compare it within, such as a region. */
  segment: z.optional(z.string()),
});
export type PastLead = z.infer<typeof PastLead>;

/** A lead as it was scored at its hand-off, with what became of it by now. @beta */
export const ScoredLead = z.object({
  id: Id,
  score: z.number(),
  rating: z.optional(Rating),
  /** When it was handed off and scored. */
  at: When,
  /** When it was won; absent while it was not. */
  wonAt: z.optional(When),
  segment: z.optional(z.string()),
});
export type ScoredLead = z.infer<typeof ScoredLead>;

/** Everything known of a lead, to be scored as of its hand-off. @beta */
export const LeadHistory = z.object({
  lead: Lead,
  /** When it was handed off: only what happened up to then counts. */
  at: When,
  wonAt: z.optional(When),
  segment: z.optional(z.string()),
});
export type LeadHistory = z.infer<typeof LeadHistory>;
