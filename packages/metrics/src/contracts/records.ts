import * as z from 'zod/mini';
import { Currency, Id, Instant, Key, Scalar, When } from './primitives.ts';

export const EntityType = z.enum(['person', 'account', 'opportunity']);
export type EntityType = z.infer<typeof EntityType>;

/** Where a fact was read: enough to find it again. */
export const SourceRef = z.object({
  system: Id,
  recordId: Id,
  field: z.optional(z.string()),
  fetchedAt: z.optional(Instant),
});
export type SourceRef = z.infer<typeof SourceRef>;

/** One entry of one entity into one stage. Append-only; a correction names what it `supersedes`. */
export const StageEvent = z.object({
  entityId: Id,
  entityType: EntityType,
  stage: Key,
  at: When,
  source: SourceRef,
  cause: z.optional(z.enum(['auto', 'human', 'import', 'inferred'])),
  reason: z.optional(z.string()),
  actorTeam: z.optional(z.string()),
  /** The `source.recordId` of the event this one replaces, in the same system. */
  supersedes: z.optional(Id),
  batch: Id,
});
export type StageEvent = z.infer<typeof StageEvent>;

const common = {
  id: Id,
  accountId: z.optional(Id),
  personId: z.optional(Id),
  campaignId: z.optional(Id),
  /** Integer minor units (cents) of `currency`. */
  amount: z.optional(z.int()),
  currency: z.optional(Currency),
  owner: z.optional(z.string()),
  /** The stage of a record whose source has a state but no date: snapshot only, never in a rate. */
  currentStage: z.optional(Key),
  attributes: z.record(z.string(), Scalar),
  batch: Id,
};
export const Person = z.object({ entityType: z.literal('person'), ...common });
export const Account = z.object({ entityType: z.literal('account'), ...common });
export const Opportunity = z.object({ entityType: z.literal('opportunity'), ...common });
export const EntityRecord = z.discriminatedUnion('entityType', [Person, Account, Opportunity]);
export type EntityRecord = z.infer<typeof EntityRecord>;
