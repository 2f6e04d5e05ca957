import type { Glossary, TermDefinition } from '../../contracts/index.ts';
import type { TermState } from './state.ts';
import { termStanding } from './status.ts';

/**
 * The terms of a ledger as a glossary, for the linter, search and export: of each the version in force
 * with its agreement, else the one to come, else the open text. A deprecated term is listed as retired;
 * a term nothing is known of is left out.
 *
 * @param asOf milliseconds.
 * @public
 */
export function glossaryOf(states: readonly TermState[], asOf: number, lang = 'en'): Glossary {
  const retired = states.flatMap(({ key, deprecated }) => {
    if (deprecated === null) return [];
    const { reason, replacedBy } = deprecated;
    return [{ term: key, reason, ...(replacedBy === undefined ? {} : { replacedBy }) }];
  });
  const terms = states.flatMap((state): TermDefinition[] => {
    const { inForce, coming } = termStanding(state, asOf);
    const term = inForce ?? coming?.term ?? state.open?.term;
    return term === undefined ? [] : [term];
  });
  const known = new Set(terms.map((t) => t.id));
  return { v: 1, kind: 'glossary', lang, terms, retired: retired.filter((r) => known.has(r.term)) };
}
