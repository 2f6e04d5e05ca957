import type { Criteria } from '../contracts/criteria.ts';

/**
 * Criteria that are true only where the facts decide the given ones: with `holds`, where they are true
 * whatever the missing fields are; without, where they are false whatever these are (Kleene's
 * three-valued logic, written in the two-valued language). `present` is always decided.
 */
export function decidedly(criteria: Criteria, holds: boolean): Criteria {
  if ('not' in criteria) return decidedly(criteria.not, !holds);
  if ('all' in criteria || 'any' in criteria) {
    const parts = ('all' in criteria ? criteria.all : criteria.any).map((part) => decidedly(part, holds));
    return 'all' in criteria === holds ? { all: parts } : { any: parts };
  }
  if (holds) return criteria;
  if ('present' in criteria) return { field: criteria.field, present: !criteria.present };
  return { all: [{ field: criteria.field, present: true }, { not: criteria }] };
}
