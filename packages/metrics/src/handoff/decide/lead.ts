import { decisiveTests, explainCriteria } from '../../criteria/explain.ts';
import type { HandoffContext, LeadFacts } from './context.ts';

const NO_FACTS = 'lead: what records say of it is not known; give it with the command';

/** Fields of a list that a lead lacks. An empty text is missing too. */
function missingFields(fields: readonly string[], read: LeadFacts['read']): string[] {
  return fields.filter((field) => {
    const value = read(field);
    return value === undefined || value === null || value === '';
  });
}

const REMEDY = {
  customer: 'route it to customer success',
  competitor: 'leave it out',
  'opt-out': 'leave the person alone',
} as const;

/** Why a lead may not be offered; null when it may. */
export function leadFault({ lead, policy }: HandoffContext): string | null {
  if (lead === undefined) return NO_FACTS;
  if (lead.suppressedBy !== undefined)
    return `lead.suppressedBy: ${lead.suppressedBy} is not offered; ${REMEDY[lead.suppressedBy]}`;
  const missing = missingFields(policy.required, lead.read);
  return missing.length === 0 ? null : `lead.${missing.join(', ')}: is missing; complete it before the offer`;
}

/** Why a lead is not qualified by what was agreed; null when it is. */
export function qualificationFault({ lead, policy, at, zone = 'UTC' }: HandoffContext): string | null {
  const { fields = [], criteria } = policy.qualified;
  if (fields.length === 0 && criteria === undefined) return null;
  if (lead === undefined) return NO_FACTS;
  const missing = missingFields(fields, lead.read);
  if (missing.length > 0) return `lead.${missing.join(', ')}: is missing; complete it before qualifying`;
  if (criteria === undefined) return null;
  const explained = explainCriteria(criteria, lead.read, { asOf: Date.parse(at), timeZone: zone });
  if (explained.holds) return null;
  const why = [...new Set(decisiveTests(explained).map(({ test }) => test.field))];
  return `lead.${why.join(', ')}: the agreed criteria do not hold; complete it, or return or recycle the lead`;
}
