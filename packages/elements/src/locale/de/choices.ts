import type { Own } from '../own.ts';

/** German words for what readers choose. */
export const choices: Own['choices'] = {
  compareLabel: 'Vergleich',
  segmentLabel: 'Segment',
  noComparison: 'nichts',
  previous: 'dem Zeitraum davor',
  previousYear: 'dem Vorjahr',
  allSegments: 'allen Segmenten',
};
