import type { Flag } from '../contracts/index.ts';

/** English words for each flag, short enough for a badge. @public */
export const flagMessages: Readonly<Record<Flag, string>> = {
  stale: 'Out of date',
  partial: 'Incomplete',
  immature: 'Still maturing',
  'small-n': 'Few records',
  suppressed: 'Small groups hidden',
  'definition-break': 'Definition changed',
  'mixed-currency': 'Several currencies',
  imputed: 'Partly inferred',
  undated: 'Partly undated',
  demo: 'Demonstration data',
  offline: 'Offline',
  'as-supplied': 'As supplied by this page',
};
