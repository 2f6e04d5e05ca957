import type { WarningCode } from '../contracts/index.ts';
import type { Message } from './fill.ts';

/** English words for each warning. `{count}` and the other parameters are those of `Warning.params`. */
export const warningMessages: Readonly<Record<WarningCode, Message>> = {
  'future-events': {
    one: '{count} event lies after the date of these numbers and is left out.',
    other: '{count} events lie after the date of these numbers and are left out.',
    plain: 'Events after the date of these numbers are left out.',
  },
  'unknown-stage-events': {
    one: '{count} event names a stage this funnel does not have and is left out.',
    other: '{count} events name stages this funnel does not have and are left out.',
    plain: 'Events of stages this funnel does not have are left out.',
  },
  'undated-records': {
    one: '{count} record has a stage but no date. It counts in the snapshot only.',
    other: '{count} records have a stage but no date. They count in the snapshot only.',
    plain: 'Records with a stage but no date count in the snapshot only.',
  },
  'unlinked-opportunities': {
    one: '{count} opportunity is not linked to a record this funnel follows and is left out.',
    other: '{count} opportunities are not linked to a record this funnel follows and are left out.',
    plain: 'Opportunities that are not linked to a record this funnel follows are left out.',
  },
  'imputed-entries': {
    one: '{count} entry is inferred from a later stage.',
    other: '{count} entries are inferred from a later stage.',
    plain: 'Some entries are inferred from a later stage.',
  },
  overdue: {
    one: '{count} of the open ones is past its promise.',
    other: '{count} of the open ones are past their promise.',
    plain: 'Some of the open ones are past their promise.',
  },
  'immature-cohort': {
    other: '{followed} of {members} in this cohort have had their full {days} days. Later stages will grow.',
    plain: 'This cohort has not had its full time. Later stages will grow.',
  },
  'small-n': 'Some groups are too small for a rate; they are shown as counts.',
  'flow-ratio':
    'These are flows of one period, not of one cohort. Their ratio is no conversion rate and may exceed 100%.',
  'missing-stage': {
    other: 'The source does not record {stage}. No rate runs across the gap.',
    plain: 'The source does not record every stage. No rate runs across the gap.',
  },
  'mixed-currency': 'The amounts are in more than one currency and are not added up.',
  'no-amount': {
    one: '{count} record has no amount and adds nothing to the value.',
    other: '{count} records have no amount and add nothing to the value.',
    plain: 'Records without an amount add nothing to the value.',
  },
  'definition-break': 'The definition changed within this period. Numbers before and after do not compare.',
  'row-filter': 'Limited to the records you may see.',
  'demo-data': 'Demonstration data, not your own.',
};
