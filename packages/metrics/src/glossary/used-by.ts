import type { Glossary } from '../contracts/index.ts';
import { currentTerms } from './current.ts';

/** A place that rests on a term. @public */
export type TermUse =
  | { kind: 'stage'; funnel: string; stage: string }
  | { kind: 'term'; key: string }
  | { kind: 'metric'; id: string };

/** A funnel as far as its stages name terms. @public */
export interface NamesTerms {
  id: string;
  stages: readonly { key: string; term?: string | undefined }[];
}

/**
 * What rests on a term: stages of funnels, terms that are stated in it, and the metrics it names. In this order.
 * @public
 */
export function usedBy(key: string, glossary: Glossary, funnels: readonly NamesTerms[] = []): TermUse[] {
  const terms = currentTerms(glossary);
  return [
    ...funnels.flatMap(({ id, stages }) =>
      stages.flatMap((s): TermUse[] => (s.term === key ? [{ kind: 'stage', funnel: id, stage: s.key }] : [])),
    ),
    ...terms.flatMap((t): TermUse[] => (t.uses?.includes(key) === true ? [{ kind: 'term', key: t.id }] : [])),
    ...terms.flatMap((t): TermUse[] => (t.id === key ? (t.metrics ?? []).map((id) => ({ kind: 'metric', id })) : [])),
  ];
}
