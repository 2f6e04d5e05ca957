import * as z from 'zod/mini';

/** Whether data is shown. @public */
export const Status = z.enum(['ok', 'empty', 'pending', 'denied', 'error']);
export type Status = z.infer<typeof Status>;

/** What else must be known about an answer; several may hold at once. @public */
export const Flag = z.enum([
  'stale',
  'partial',
  'immature',
  'small-n',
  'suppressed',
  'definition-break',
  'mixed-currency',
  'imputed',
  'undated',
  'demo',
  'offline',
  'as-supplied',
]);
export type Flag = z.infer<typeof Flag>;

/** Why an answer is empty, denied or an error. @public */
export const ErrorCode = z.enum([
  'no-data-yet',
  'nothing-matches',
  'invalid-question',
  'unknown-definition',
  'definition-conflict',
  'unknown-stage',
  'unknown-segment',
  'invalid-period',
  'invalid-time-zone',
  'unsupported',
  'unauthenticated',
  'forbidden',
  'not-found',
  'too-large',
  'rate-limited',
  'cancelled',
  'timeout',
  'unreachable',
  'invalid-answer',
  'newer-version',
  'unavailable',
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Why a value cannot be computed. @public */
export const NullReason = z.enum([
  'zero-denominator',
  'insufficient-data',
  'not-a-subset',
  'not-a-cohort',
  'missing-stage',
  'mixed-currency',
  'no-value',
  'suppressed',
  'non-positive-margin',
  'zero-churn',
  'target-met',
  'not-reached',
  'missing-input',
  'whole-only',
]);
export type NullReason = z.infer<typeof NullReason>;

/** What a reader of an answer is warned of. @public */
export const WarningCode = z.enum([
  'future-events',
  'unknown-stage-events',
  'undated-records',
  'unlinked-opportunities',
  'imputed-entries',
  'overdue',
  'immature-cohort',
  'small-n',
  'flow-ratio',
  'missing-stage',
  'mixed-currency',
  'no-amount',
  'definition-break',
  'row-filter',
  'rising-counts',
  'demo-data',
]);
export type WarningCode = z.infer<typeof WarningCode>;

/** A warning is a code and its numbers; the reader's language gives it words. @public */
export const Warning = z.object({
  code: WarningCode,
  params: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
});
export type Warning = z.infer<typeof Warning>;
