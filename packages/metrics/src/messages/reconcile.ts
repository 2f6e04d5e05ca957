import type { RecordCause, RefusalCode } from '../reconcile/contracts.ts';
import type { Message } from './fill.ts';

/** English names for what two numbers differ by, short enough for a table. @public */
export const causeMessages: Readonly<Record<RecordCause, Message>> = {
  'late-data': 'Late data',
  'identity-merge': 'Merged records',
  definition: 'Definition',
  stages: 'Stages of the definition',
  members: 'Whom the definition is about',
  're-entry': 'Re-entry',
  'source-priority': 'Order of sources',
  'as-of': 'Date of the numbers',
  'time-zone': 'Time zone',
  period: 'Period',
  filter: 'Filter',
  anchor: 'Stage of entry',
  'entry-policy': 'Entries that count',
  'skip-policy': 'Skipped stages',
  window: 'Time followed',
  stage: 'Stage',
  view: 'View',
  currency: 'Exchange rates',
  'not-in-data': 'Not in the data',
  unexplained: 'Unexplained',
};

/** English sentences for a reconciliation; amounts come formatted. @public */
export const reconcileMessages = {
  sides: '{a}: {valueA}, {b}: {valueB}, difference {difference}.',
  item: '{cause} ({from} → {to}): {amount}',
  unexplained: 'Unexplained: {amount}',
  nothing: 'none',
} satisfies Readonly<Record<string, Message>>;

/** English words for each reason two numbers cannot be reconciled. @public */
export const refusalMessages: Readonly<Record<RefusalCode, Message>> = {
  'different-kind': 'The two numbers answer different kinds of question.',
  'different-unit': 'The two numbers are of different units.',
  'different-grain': 'The two numbers count different things, such as people and opportunities.',
  'different-currency': 'The two amounts are in different currencies. Give exchange rates.',
  'as-supplied': 'The number was supplied by this page, so it cannot be asked in another way.',
  'no-answer': 'One of the questions has no answer now.',
  'no-data': 'There is no data to count yet.',
  'no-value': 'One of the numbers cannot be computed.',
  'unknown-figure': 'The answer has no such number.',
  'too-many-settings': 'Too many settings differ for a mean over all orders.',
};
