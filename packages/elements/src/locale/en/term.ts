import { core } from './core.ts';

/** English words of a term within a text. */
export const term = {
  ...core,
  askingTerm: 'Looking it up…',
  proposed: (version: string) => `${version} proposed`,
  openInGlossary: 'Open in the glossary',
  unknownTerm: (key: string) => `There is no term “${key}”.`,
  sayHere: (say: string) => `say ${say}`,
};

export type TermWords = typeof term;
