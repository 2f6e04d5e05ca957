import type { TermDefinition } from '../contracts/index.ts';
import { explainCriteria, type CriteriaContext, type Explanation, type FieldReader } from '../criteria/index.ts';

/** What a record's fields say of a label it carries. @public */
export type LabelVerdict = 'supported' | 'stale' | 'unsupported' | 'contradictory';

/** The nearer to support the earlier. */
const ORDER: readonly LabelVerdict[] = ['supported', 'stale', 'unsupported', 'contradictory'];

/**
 * What a record's fields say of a term it is labelled with.
 *
 * `supported`: the criteria hold. Otherwise by the tests that fail: `contradictory` when a field says otherwise,
 * `unsupported` when it is missing or unusable, `stale` when only a `within` has run out. Of several parts an
 * `all` is as bad as its worst, an `any` as good as its best.
 *
 * @throws TypeError when the term has no criteria.
 * @public
 */
export function labelVerdict(
  term: TermDefinition,
  read: (field: string) => ReturnType<ReturnType<FieldReader>>,
  context: CriteriaContext,
): LabelVerdict {
  if (term.criteria === undefined) throw new TypeError(`term ${term.id} has no criteria to hold a label against`);
  return verdict(explainCriteria(term.criteria, read, context), true);
}

function verdict(e: Explanation, wanted: boolean): LabelVerdict {
  if (e.holds === wanted) return 'supported';
  if (e.kind === 'not') return verdict(e.part, !wanted);
  if (e.kind === 'test') {
    if (!wanted) return 'present' in e.test && !e.test.present ? 'unsupported' : 'contradictory';
    if (e.failure !== 'not-met') return 'unsupported';
    return 'within' in e.test ? 'stale' : 'contradictory';
  }
  const ranks = e.parts.map((p) => ORDER.indexOf(verdict(p, wanted)));
  // To hold, `all` needs every part and `any` one; not to hold, it is the other way round.
  const rank = (e.kind === 'all') === wanted ? Math.max(...ranks) : Math.min(...ranks);
  return ORDER[rank] ?? 'contradictory';
}

/** How many of the records that carry a label show what it stands for. @public */
export interface LabelIntegrity {
  labelled: number;
  counts: Record<LabelVerdict, number>;
  /** Record numbers that are not supported, each with its verdict, ascending. */
  doubtful: { record: number; verdict: LabelVerdict }[];
}

/**
 * Holds records against the term they are labelled with.
 *
 * @param labelled whether a record carries the label, by its number.
 * @public
 */
export function labelIntegrity(
  term: TermDefinition,
  records: { size: number; read: FieldReader; labelled: (i: number) => boolean },
  context: CriteriaContext,
): LabelIntegrity {
  const result: LabelIntegrity = {
    labelled: 0,
    counts: { supported: 0, stale: 0, unsupported: 0, contradictory: 0 },
    doubtful: [],
  };
  for (let i = 0; i < records.size; i++) {
    if (!records.labelled(i)) continue;
    const found = labelVerdict(term, (field) => records.read(field)(i), context);
    result.labelled++;
    result.counts[found]++;
    if (found !== 'supported') result.doubtful.push({ record: i, verdict: found });
  }
  return result;
}
