import { choices } from './choices.ts';
import { times } from './times.ts';

/** English words of the filter; `{slots}` of its parts become pickers. */
export const filter = {
  ...times,
  ...choices,
  filter: 'Filter',
  showing: 'Showing {period}',
  inSegment: ' in {segment}',
  against: ' against {compare}',
  /** As all widgets say it. */
  notLoaded: 'This cannot be loaded.',
  tryAgain: 'Try again',
};

export type FilterWords = typeof filter;
