import type { Criteria } from '../contracts/index.ts';
import { canonicalJson } from '../definitions/hash.ts';

/**
 * Criteria in one form for each meaning it can tell: nested `all` and `any` are flat, their parts
 * sorted and single, `not` of `not` is gone, `in` is sorted and one value of it is `eq`. Criteria
 * of equal normal form hold for the same records; the reverse is not promised.
 * @public
 */
export function normalCriteria(criteria: Criteria): Criteria {
  if ('not' in criteria) {
    const inner = normalCriteria(criteria.not);
    return 'not' in inner ? inner.not : { not: inner };
  }
  if ('all' in criteria) {
    const parts = single(criteria.all.map(normalCriteria).flatMap((c) => ('all' in c ? c.all : [c])));
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { all: parts };
  }
  if ('any' in criteria) {
    const parts = single(criteria.any.map(normalCriteria).flatMap((c) => ('any' in c ? c.any : [c])));
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { any: parts };
  }
  if ('in' in criteria) {
    const values = single(criteria.in);
    const [only] = values;
    return values.length === 1 && only !== undefined
      ? { field: criteria.field, eq: only }
      : { field: criteria.field, in: values };
  }
  return criteria;
}

/** Whether two criteria have one normal form. @public */
export function sameCriteria(a: Criteria, b: Criteria): boolean {
  return canonicalJson(normalCriteria(a)) === canonicalJson(normalCriteria(b));
}

/** Each value once, in the order of its canonical JSON. */
function single<T>(values: readonly T[]): T[] {
  const byText = new Map(values.map((v) => [canonicalJson(v), v]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, v]) => v);
}
