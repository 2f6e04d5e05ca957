import type { Own } from '../own.ts';

/** Spanish words of a term within a text. */
export const term: Own['term'] = {
  askingTerm: 'Buscando…',
  proposed: (version) => `${version} propuesta`,
  openInGlossary: 'Abrir en el glosario',
  unknownTerm: (key) => `No hay ningún término «${key}».`,
  sayHere: (say) => `diga ${say}`,
};
