import type { WarningCode } from '../contracts/index.ts';
import type { Message } from './fill.ts';

/** English words for the warnings that whatever is shown may come with, figures or not. @public */
export const readerWarningMessages = {
  'row-filter': 'Limited to the records you may see.',
} satisfies Partial<Record<WarningCode, Message>>;

/**
 * English words for the warnings that nothing but a sentence can say, with the parameters of `Warning.params`.
 * @public
 */
export const noteMessages = {
  ...readerWarningMessages,
  'future-events': '{count|# event lies|# events lie} after the date of these numbers and {count|is|are} left out.',
  'unknown-stage-events': '{count|# event is|# events are} of a stage this funnel does not have and left out.',
  'undated-records':
    '{count|# record has|# records have} a stage but no date and {count|counts|count} in the snapshot only.',
  'unlinked-opportunities':
    '{count|# opportunity is|# opportunities are} not linked to a record this funnel follows and left out.',
  overdue: '{count|# of the open ones is past its promise|# of the open ones are past their promise}.',
  'flow-ratio': 'Flows of one period, not of one cohort: their ratio is no conversion rate and may exceed 100%.',
  'mixed-currency': 'Amounts without an exchange rate are not added up.',
  'no-amount': '{count|# record has|# records have} no amount and {count|adds|add} nothing to the value.',
  'definition-break': 'The definition changed within this period. Numbers before and after do not compare.',
  'rising-counts': '{stage} has more than the stage before it, so rates are left out.',
} satisfies Partial<Record<WarningCode, Message>>;

/** English words for each warning, with the parameters of `Warning.params`. @public */
export const warningMessages: Readonly<Record<WarningCode, Message>> = {
  ...noteMessages,
  // A picture of the numbers says these by itself.
  'imputed-entries': '{count|# entry is|# entries are} inferred from a later stage.',
  'immature-cohort': 'Not everybody in this cohort has had the full time. Later stages will grow.',
  'small-n': 'Some groups are too small for a rate and shown as counts.',
  'missing-stage': 'The source does not record {stage}. No rate runs across the gap.',
  'demo-data': 'Demonstration data, not your own.',
};
