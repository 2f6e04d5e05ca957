import type { Own } from '../own.ts';

/** German words of a term within a text. */
export const term: Own['term'] = {
  askingTerm: 'Wird nachgeschlagen…',
  proposed: (version) => `${version} vorgeschlagen`,
  openInGlossary: 'Im Glossar öffnen',
  unknownTerm: (key) => `Es gibt keinen Begriff „${key}“.`,
  sayHere: (say) => `besser ${say}`,
};
