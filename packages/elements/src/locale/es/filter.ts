import type { Own } from '../own.ts';

/** Spanish words of the filter. */
export const filter: Own['filter'] = {
  filter: 'Filtro',
  showing: 'Se muestra {period}',
  inSegment: ' en {segment}',
  against: ' frente a {compare}',
};
