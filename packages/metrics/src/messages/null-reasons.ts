import type { NullReason } from '../contracts/index.ts';

/** English words for each reason a value cannot be computed, to stand where the value would. @public */
export const nullReasonMessages: Readonly<Record<NullReason, string>> = {
  'zero-denominator': 'Nobody to divide by',
  'insufficient-data': 'Not enough data',
  'not-a-subset': 'Not a part of the stage before',
  'not-a-cohort': 'Not a cohort',
  'missing-stage': 'Stage not in the source',
  'mixed-currency': 'No exchange rate',
  'no-value': 'No amount',
  suppressed: 'Group too small to show',
  'non-positive-margin': 'Margin is not positive',
  'zero-churn': 'No churn',
  'target-met': 'Target met',
  'not-reached': 'Not reached',
  'missing-input': 'An input is not known',
  'whole-only': 'Known for the whole only',
};
