import type { Criteria, EntityRecord, Scalar } from '../contracts/index.ts';
import { DAY, daysBetween, instantOf, isDay, localDay } from './oracle-days.ts';
import { byCodePoint } from './oracle-order.ts';

/** What a criteria is evaluated against: the moment and zone that `within` speaks of. */
export interface CriteriaContext {
  asOf: number;
  timeZone: string;
}

/** A record, or the bare id of an entity that has events but no record. */
export type Subject = EntityRecord | { id: string };

/** Whether a subject fulfils a criteria, by the doc comment of `Criteria` read sentence by sentence. */
export function oracleFulfils(subject: Subject, criteria: Criteria, context: CriteriaContext): boolean {
  if ('all' in criteria) return criteria.all.every((part) => oracleFulfils(subject, part, context));
  if ('any' in criteria) return criteria.any.some((part) => oracleFulfils(subject, part, context));
  if ('not' in criteria) return !oracleFulfils(subject, criteria.not, context);
  const value = fieldOf(subject, criteria.field);
  if ('present' in criteria) return (value !== null) === criteria.present;
  if (value === null) return false;
  if ('eq' in criteria) return same(value, criteria.eq);
  if ('in' in criteria) return criteria.in.some((wanted) => same(value, wanted));
  if ('gt' in criteria) return ordered(value, criteria.gt, (difference) => difference > 0);
  if ('gte' in criteria) return ordered(value, criteria.gte, (difference) => difference >= 0);
  if ('lt' in criteria) return ordered(value, criteria.lt, (difference) => difference < 0);
  if ('lte' in criteria) return ordered(value, criteria.lte, (difference) => difference <= 0);
  if ('within' in criteria) return within(value, criteria.within.days, context);
  return typeof value === 'string' && wildcard([...value.toLowerCase()], [...criteria.matches.toLowerCase()]);
}

/** The value of a field; null when it is missing. */
function fieldOf(subject: Subject, field: string): Scalar {
  if (field === 'id') return subject.id;
  if (field === 'stage' || field.startsWith('reached.')) {
    throw new Error(`${field} is no field of a record`);
  }
  if (!('entityType' in subject)) return null;
  if (field.startsWith('attributes.')) {
    const name = field.slice('attributes.'.length);
    return Object.entries(subject.attributes).find(([key]) => key === name)?.[1] ?? null;
  }
  const links: Record<string, Scalar | undefined> = {
    owner: subject.owner,
    amount: subject.amount,
    currency: subject.currency,
    accountId: subject.accountId,
    personId: subject.personId,
    campaignId: subject.campaignId,
    currentStage: subject.currentStage,
  };
  return links[field] ?? null;
}

function same(value: Scalar, wanted: Scalar): boolean {
  return typeof value === typeof wanted && value === wanted;
}

function ordered(value: Scalar, limit: string | number, holds: (difference: number) => boolean): boolean {
  if (typeof value === 'number' && typeof limit === 'number') return holds(value - limit);
  if (typeof value === 'string' && typeof limit === 'string') return holds(byCodePoint(value, limit));
  return false;
}

/** An instant: at most so many times 24 hours old. A day: at most so many calendar days before the day of `asOf`. */
function within(value: Scalar, days: number, context: CriteriaContext): boolean {
  if (typeof value !== 'string') return false;
  if (isDay(value)) {
    const age = daysBetween(value, localDay(context.asOf, context.timeZone));
    return age >= 0 && age <= days;
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return false;
  const age = context.asOf - instantOf(value);
  return age >= 0 && age <= days * DAY;
}

/** `*` is any run, `?` one character, by trying every possibility. */
function wildcard(text: readonly string[], pattern: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return text.length === 0;
  if (head === '*') return wildcard(text, rest) || (text.length > 0 && wildcard(text.slice(1), pattern));
  return text.length > 0 && (head === '?' || head === text[0]) && wildcard(text.slice(1), rest);
}
