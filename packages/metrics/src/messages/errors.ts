import type { ErrorCode } from '../contracts/index.ts';
import type { Message } from './fill.ts';

/** English words for the errors that a reader of numbers can meet and mend: what happened and what helps. @public */
export const readerErrorMessages = {
  'no-data-yet': 'There is no data yet. The numbers appear with the first import.',
  'nothing-matches': 'Nothing matches this choice.',
  'invalid-question': 'The question is not understood. Check the attributes.',
  unauthenticated: 'Sign in to see these numbers.',
  forbidden: 'You may not see these numbers.',
  'not-found': 'There is nothing at this address.',
  'too-large': 'The question is too large. Choose a shorter period.',
  'rate-limited': 'Too many questions. Try again later.',
  timeout: 'The source did not answer in time.',
  unreachable: 'The source cannot be reached.',
  'invalid-answer': 'The answer is not readable. The source and this page may differ in version.',
  'newer-version': 'The source is newer than this page. Update the widget.',
  unavailable: 'The source is not available.',
  internal: 'The source failed to answer.',
} satisfies Partial<Record<ErrorCode, Message>>;

/** English words for each reason an answer is empty, denied or an error: what happened and what helps. @public */
export const errorMessages: Readonly<Record<ErrorCode, Message>> = {
  ...readerErrorMessages,
  'unknown-definition': 'There is no definition of this name.',
  'definition-conflict': 'Two different definitions share one name and version. Give one of them a new version.',
  'unknown-stage': 'The funnel has no stage of this name.',
  'unknown-segment': 'The funnel has no segment of this name.',
  'invalid-period':
    'The period is not understood. Write 2026, 2026-Q3, 2026-07, last-90-days or 2026-07-01/2026-10-01.',
  'invalid-time-zone': 'The time zone is not known. Write a name such as Europe/Berlin or UTC.',
  unsupported: 'The source cannot answer this question exactly, so it does not answer it.',
  cancelled: 'The question was cancelled.',
};
