import { common } from './common.ts';
import { choices } from './choices.ts';

/** English words of the filter; `{slots}` of its parts become pickers. */
export const filter = {
  ...common,
  ...choices,
  filter: 'Filter',
  showing: 'Showing {period}',
  inSegment: ' in {segment}',
  against: ' against {compare}',
};

export type FilterWords = typeof filter;
