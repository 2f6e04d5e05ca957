import * as z from 'zod/mini';

/** Where a hand-off stands. @beta */
export const HandoffStatus = z.enum([
  'draft',
  'offered',
  'accepted',
  'working',
  'returned',
  'expired',
  'qualified',
  'recycled',
  'disqualified',
  'withdrawn',
  'merged',
]);
export type HandoffStatus = z.infer<typeof HandoffStatus>;

/** Who acts: a person of a team, its manager, revenue operations, or a rule. @beta */
export const Role = z.enum(['marketing', 'seller', 'manager', 'ops', 'system']);
export type Role = z.infer<typeof Role>;

/** The promises that are timed. @beta */
export const ClockKey = z.enum([
  'systemLatency',
  'acceptance',
  'firstResponse',
  'disposition',
  'marketingFix',
  'recycleReview',
]);
export type ClockKey = z.infer<typeof ClockKey>;

/** Words of a person: a reason, an answer, evidence. Name no contact data here; the log cannot forget. @beta */
export const Words = z.string().check(z.minLength(1), z.maxLength(2000));
