import type { Criteria, FieldTest, Scalar } from '../contracts/index.ts';
import { fillMessage, type Message } from './fill.ts';

/** English words for each test of the criteria language; `{field}` and `{value}` are filled in. @public */
export const testMessages = {
  eq: '{field} is {value}',
  in: '{field} is one of {value}',
  gt: '{field} is more than {value}',
  gte: '{field} is at least {value}',
  lt: '{field} is less than {value}',
  lte: '{field} is at most {value}',
  present: '{field} is present',
  absent: '{field} is missing',
  within: '{field} lies in the last {days|# day|# days}',
  matches: '{field} looks like {value}',
} satisfies Readonly<Record<string, Message>>;

/** English words for how criteria are joined. @public */
export const joinMessages = {
  all: 'All of:',
  any: 'Any of:',
  not: 'Not:',
  /** An `all` and an `any` without parts. */
  always: 'Always',
  never: 'Never',
} satisfies Readonly<Record<string, Message>>;

/** One line of criteria in words, `depth` steps in. @public */
export interface CriteriaLine {
  depth: number;
  text: string;
}

/** The name of a field as a reader knows it: `attributes.openOpportunity` is `open opportunity`. @public */
export function fieldLabel(field: string): string {
  if (field.startsWith('reached.')) return `date of ${field.slice('reached.'.length)}`;
  const name = field.startsWith('attributes.') ? field.slice('attributes.'.length) : field;
  return name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

/** One test as an English sentence: `Rating is one of A1, A2, B1`. @public */
export function testText(test: FieldTest, label: (field: string) => string = fieldLabel): string {
  const field = label(test.field);
  if ('present' in test) return fillMessage(testMessages[test.present ? 'present' : 'absent'], { field });
  if ('within' in test) return fillMessage(testMessages.within, { field, days: test.within.days });
  if ('in' in test) return fillMessage(testMessages.in, { field, value: test.in.map(valueText).join(', ') });
  if ('eq' in test) return fillMessage(testMessages.eq, { field, value: valueText(test.eq) });
  if ('gt' in test) return fillMessage(testMessages.gt, { field, value: valueText(test.gt) });
  if ('gte' in test) return fillMessage(testMessages.gte, { field, value: valueText(test.gte) });
  if ('lt' in test) return fillMessage(testMessages.lt, { field, value: valueText(test.lt) });
  if ('lte' in test) return fillMessage(testMessages.lte, { field, value: valueText(test.lte) });
  return fillMessage(testMessages.matches, { field, value: test.matches });
}

function valueText(value: Scalar): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return typeof value === 'number' ? new Intl.NumberFormat('en').format(value) : String(value);
}

/**
 * Criteria as lines of English, one for each test; a nested `all`, `any` or `not` opens with a line of
 * its own. The outermost `all` needs none.
 * @public
 */
export function criteriaLines(criteria: Criteria, label: (field: string) => string = fieldLabel): CriteriaLine[] {
  if ('all' in criteria && criteria.all.length > 0) return criteria.all.flatMap((c) => lines(c, 0, label));
  return lines(criteria, 0, label);
}

function lines(criteria: Criteria, depth: number, label: (field: string) => string): CriteriaLine[] {
  const nested = (head: Message, parts: readonly Criteria[]): CriteriaLine[] => [
    { depth, text: fillMessage(head) },
    ...parts.flatMap((c) => lines(c, depth + 1, label)),
  ];
  if ('all' in criteria)
    return nested(criteria.all.length === 0 ? joinMessages.always : joinMessages.all, criteria.all);
  if ('any' in criteria) return nested(criteria.any.length === 0 ? joinMessages.never : joinMessages.any, criteria.any);
  if ('not' in criteria) return nested(joinMessages.not, [criteria.not]);
  return [{ depth, text: testText(criteria, label) }];
}
