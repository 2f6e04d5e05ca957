import type { Criteria, Envelope, Glossary, GlossaryList, GlossaryTerm, TermLine } from '../contracts/index.ts';
import { type CriteriaLine, criteriaLines } from '../messages/criteria.ts';
import { APPROVERS, currentTerms, isAgreed } from './current.ts';

/**
 * A glossary that a page supplies as an answer with the flag `as-supplied`: of each term the version agreed last,
 * else the newest, by name. Nobody can be asked about it, so no word is due.
 */
export function plainGlossary(glossary: Glossary): Envelope {
  const { lang = 'en' } = glossary;
  const terms = currentTerms(glossary)
    .map((term): TermLine => {
      const by = APPROVERS.find((team) => term.agreedBy?.some((a) => a.team === team));
      const status = isAgreed(term) ? 'agreed' : by === undefined ? 'proposed' : (`agreed-by-${by}` as const);
      return { key: term.id, ledgerVersion: 0, status, term, inForce: status === 'agreed', waitsFor: [] };
    })
    .toSorted((a, b) => a.term.term.localeCompare(b.term.term, lang));
  const stages = new Map(glossary.terms.flatMap(({ stage, term }) => (stage === undefined ? [] : [[stage, term]])));
  const agreed = terms.filter(({ inForce }) => inForce).length;
  const data: GlossaryList = {
    kind: 'glossary',
    show: 'terms',
    ledger: 0,
    lang,
    counts: { terms: terms.length, agreed, open: terms.length - agreed },
    stages: [...stages].map(([key, label]) => ({ key, label })),
    terms,
  };
  const empty = terms.length === 0;
  return {
    v: 1,
    status: empty ? 'empty' : 'ok',
    ...(empty ? { code: 'no-data-yet' as const } : {}),
    flags: ['as-supplied'],
    warnings: [],
    data,
  };
}

/**
 * All that a line says of its term, in the form of the full answer: what to show while that is awaited, or where
 * nobody can be asked. Criteria that are none are left out.
 * @beta
 */
export function plainTerm(line: TermLine): GlossaryTerm {
  const { term } = line;
  const vote = (team: (typeof APPROVERS)[number]): GlossaryTerm['approvals'] => {
    const signed = term.agreedBy?.find((a) => a.team === team);
    return signed === undefined ? {} : { [team]: { by: { id: signed.by, name: signed.by, team }, at: signed.at } };
  };
  return {
    kind: 'glossary',
    show: 'term',
    ledger: 0,
    ...line,
    approvals: { ...vote('marketing'), ...vote('sales') },
    criteria: criteriaWords(term.criteria),
    open: null,
    coming: null,
    retirement: null,
    deprecated: null,
    versions: [],
    history: [],
    usedBy: [
      ...(term.stage === undefined ? [] : [{ kind: 'stage' as const, id: term.stage, label: term.stage }]),
      ...(term.metrics ?? []).map((id) => ({ kind: 'metric' as const, id, label: id })),
    ],
    can: [],
  };
}

const isCriteria = (value: unknown): value is Criteria => typeof value === 'object' && value !== null;

/**
 * Criteria in words, whoever wrote them; what cannot be read as criteria has none.
 * @beta
 */
export function criteriaWords(value: unknown): CriteriaLine[] {
  try {
    return isCriteria(value) ? criteriaLines(value) : [];
  } catch {
    return [];
  }
}
