import type { Own } from '../own.ts';

/** German words of the filter. */
export const filter: Own['filter'] = {
  filter: 'Filter',
  showing: 'Zeigt {period}',
  inSegment: ' in {segment}',
  against: ' im Vergleich mit {compare}',
};
