import type { Glossary, TermDefinition } from '../../contracts/index.ts';
import { joinDefinitions } from '../../definitions/registry.ts';
import { checkGlossary, type Known } from './check.ts';
import { GlossaryError } from './faults.ts';

/** A glossary and where it was read. @public */
export interface GlossaryPlace {
  name: string;
  glossary: Glossary;
}

/**
 * Joins glossaries, the most authoritative first: the ledger's, the configuration's, the package's. A version that
 * stands in several places is taken from the first; the language is that of the first, and terms of
 * another keep theirs.
 *
 * @throws QuestionError `definition-conflict` when one version of a term is two texts, naming both places.
 * @throws GlossaryError for faults of the whole.
 * @public
 */
export function joinGlossaries(places: readonly GlossaryPlace[], known: Known = {}): Glossary {
  const lang = places[0]?.glossary.lang ?? 'en';
  const terms = joinDefinitions<TermDefinition>(
    places.map(({ name, glossary }) => {
      const own = glossary.lang ?? 'en';
      return { name, definitions: own === lang ? glossary.terms : glossary.terms.map((t) => ({ lang: own, ...t })) };
    }),
  );
  const retired = new Map(places.toReversed().flatMap((p) => (p.glossary.retired ?? []).map((r) => [r.term, r])));
  const joined: Glossary = { v: 1, kind: 'glossary', lang, terms, retired: [...retired.values()] };
  const file = places.map(({ name }) => name).join(' + ');
  const faults = checkGlossary(joined, known);
  if (faults.length > 0) throw new GlossaryError(faults.map((fault) => ({ file, ...fault })));
  return joined;
}
