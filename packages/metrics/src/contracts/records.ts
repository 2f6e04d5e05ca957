import * as z from 'zod/mini';
import { Currency, Id, Instant, Key, Scalar, When } from './primitives.ts';

/** What a record is about. @public */
export const EntityType = z.enum(['person', 'account', 'opportunity']);
export type EntityType = z.infer<typeof EntityType>;

/** Where a fact was read: enough to find it again. @public */
export const SourceRef = z.object({
  system: Id,
  recordId: Id,
  field: z.optional(z.string()),
  fetchedAt: z.optional(Instant),
});
export type SourceRef = z.infer<typeof SourceRef>;

/** One entry of one entity into one stage. Append-only; a correction names what it `supersedes`. @public */
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
/** A person's record. @public */
export const Person = z.object({ entityType: z.literal('person'), ...common });
/** A company's record. @public */
export const Account = z.object({ entityType: z.literal('account'), ...common });
/** The record of a possible sale. @public */
export const Opportunity = z.object({ entityType: z.literal('opportunity'), ...common });
/** A record of a person, an account or an opportunity, as the source has it. @public */
export const EntityRecord = z.discriminatedUnion('entityType', [Person, Account, Opportunity]);
export type EntityRecord = z.infer<typeof EntityRecord>;
