import * as z from 'zod/mini';
import { Criteria } from '../../contracts/criteria.ts';
import { Id, Key, Scalar } from '../../contracts/primitives.ts';
import { Rating } from '../../contracts/score-fields.ts';
import { KnownPerson } from './identity.ts';
import { Target } from './policy.ts';

const Domains = z.array(z.string()).check(z.maxLength(5000));

/** Which leads go where. The order of the rules is fixed; within a list the first that matches counts. @beta */
export const RoutingRules = z.strictObject({
  /** Breaks ties between sellers whose turn is equal; another seed is another order. Default: 0. */
  seed: z.optional(z.int()),
  /** Domains of competitors. */
  competitors: z.optional(Domains),
  /** Domains that say nothing of a company, beside the common mail providers. */
  freeDomains: z.optional(Domains),
  /** To one seller, or to a pool. */
  territories: z.optional(
    z
      .array(
        z.strictObject({ id: Key, when: Criteria, seller: z.optional(Id), pool: z.optional(Id) }).check(
          z.refine(({ seller, pool }) => (seller === undefined) !== (pool === undefined), {
            error: 'name a seller or a pool',
          }),
        ),
      )
      .check(z.maxLength(1000)),
  ),
  /** To a pool, where no territory matched. */
  segments: z.optional(z.array(z.strictObject({ id: Key, when: Criteria, pool: Id })).check(z.maxLength(1000))),
  /** From the pool found so far (default: any or none) to that of a rating. */
  lanes: z.optional(
    z
      .array(
        z.strictObject({
          id: Key,
          ratings: z.array(Rating).check(z.minLength(1)),
          of: z.optional(z.array(Id)),
          pool: Id,
        }),
      )
      .check(z.maxLength(100)),
  ),
  /** Where what found nobody waits, who answers for it there, and how long it may. */
  fallback: z.strictObject({ pool: Id, owner: Id, target: Target }),
});
export type RoutingRules = z.infer<typeof RoutingRules>;

/** A company as far as routing needs it. @beta */
export const RoutedAccount = z.strictObject({
  id: Id,
  domains: z.optional(Domains),
  name: z.optional(z.string()),
  country: z.optional(z.string()),
  owner: z.optional(Id),
  /** Its people go to customer success. Default: false. */
  customer: z.optional(z.boolean()),
  openOpportunity: z.optional(z.strictObject({ id: Id, owner: z.optional(Id) })),
});
export type RoutedAccount = z.infer<typeof RoutedAccount>;

/** A lead to be routed. @beta */
export const RoutedLead = z.strictObject({
  ...KnownPerson.shape,
  rating: z.optional(Rating),
  company: z.optional(z.strictObject({ name: z.string(), country: z.string() })),
  optedOut: z.optional(z.boolean()),
  /** What territories and segments ask for, as `attributes.NAME`. */
  attributes: z.record(z.string(), Scalar),
});
export type RoutedLead = z.infer<typeof RoutedLead>;

/** Whose turn it is and how much everybody has. Moves only by offers that were made. @beta */
export const RoutingState = z.strictObject({
  /** By pool and seller: turns owed. */
  turns: z.record(Id, z.record(Id, z.number())),
  /** By seller: open hand-offs. */
  load: z.record(Id, z.int()),
});
export type RoutingState = z.infer<typeof RoutingState>;
