import type { Glossary, TermDefinition } from '../contracts/index.ts';
import { compareVersions } from '../definitions/version.ts';

/** The teams that both have to approve a term. */
export const APPROVERS = ['marketing', 'sales'] as const;
export type Approver = (typeof APPROVERS)[number];

/** Whether both teams have agreed to this version. @public */
export function isAgreed(term: TermDefinition): boolean {
  return APPROVERS.every((team) => (term.agreedBy ?? []).some((a) => a.team === team));
}

/**
 * Of each term that is not retired the newest version both teams agreed to, else the newest; in the order of the file.
 * @public
 */
export function currentTerms(glossary: Glossary): TermDefinition[] {
  const retired = new Set((glossary.retired ?? []).map((r) => r.term));
  const byKey = new Map<string, TermDefinition>();
  for (const term of glossary.terms) {
    const other = byKey.get(term.id);
    if (!retired.has(term.id) && (other === undefined || stronger(term, other))) byKey.set(term.id, term);
  }
  return [...byKey.values()];
}

function stronger(a: TermDefinition, b: TermDefinition): boolean {
  return isAgreed(a) === isAgreed(b) ? compareVersions(a.version, b.version) > 0 : isAgreed(a);
}

/** The names a term may be called by. */
export function namesOf(term: TermDefinition): string[] {
  return [term.term, ...(term.abbreviation === undefined ? [] : [term.abbreviation]), ...(term.synonyms ?? [])];
}

/** The address of a term within a page of the glossary. It does not change with its name or version. @public */
export function termFragment(key: string): string {
  return `#term-${key}`;
}
