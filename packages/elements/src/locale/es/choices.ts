import type { Own } from '../own.ts';

/** Spanish words for what readers choose. */
export const choices: Own['choices'] = {
  compareLabel: 'Comparación',
  segmentLabel: 'Segmento',
  noComparison: 'nada',
  previous: 'el periodo anterior',
  previousYear: 'el año anterior',
  allSegments: 'todos los segmentos',
};
