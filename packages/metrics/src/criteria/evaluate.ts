import type { Criteria, FieldTest, Scalar } from '../contracts/index.ts';
import { DAY_MS } from '../time/duration.ts';
import { INSTANT_TEXT, isDay, zone } from '../time/zone.ts';

/** Reads a field of row `i`; `undefined` and `null` both mean missing. @public */
export type FieldReader = (field: string) => (i: number) => Scalar | undefined;

/** When and where criteria are true: `asOf` in milliseconds, days by `timeZone`. @public */
export interface CriteriaContext {
  asOf: number;
  timeZone: string;
}

/**
 * Compiles criteria to a predicate over row numbers. Two-valued: a missing field, or one of another
 * type than the value, makes a test false; only `present: false` holds for it.
 * @public
 */
export function compileCriteria(
  criteria: Criteria,
  read: FieldReader,
  context: CriteriaContext,
): (i: number) => boolean {
  if ('all' in criteria) {
    const parts = criteria.all.map((c) => compileCriteria(c, read, context));
    return (i) => parts.every((part) => part(i));
  }
  if ('any' in criteria) {
    const parts = criteria.any.map((c) => compileCriteria(c, read, context));
    return (i) => parts.some((part) => part(i));
  }
  if ('not' in criteria) {
    const part = compileCriteria(criteria.not, read, context);
    return (i) => !part(i);
  }
  const value = read(criteria.field);
  const test = compileTest(criteria, context);
  return (i) => {
    const v = value(i);
    return test(v === undefined ? null : v);
  };
}

function compileTest(test: FieldTest, context: CriteriaContext): (value: Scalar) => boolean {
  if ('present' in test) return (v) => (v !== null) === test.present;
  if ('eq' in test) return (v) => v !== null && v === test.eq;
  if ('in' in test) {
    const set = new Set(test.in);
    return (v) => v !== null && set.has(v);
  }
  if ('gt' in test) return ordered(test.gt, (c) => c > 0);
  if ('gte' in test) return ordered(test.gte, (c) => c >= 0);
  if ('lt' in test) return ordered(test.lt, (c) => c < 0);
  if ('lte' in test) return ordered(test.lte, (c) => c <= 0);
  if ('matches' in test) {
    const pattern = wildcard(test.matches);
    return (v) => typeof v === 'string' && pattern(v);
  }
  return within(test.within.days, context);
}

function ordered(bound: number | string, holds: (comparison: number) => boolean): (value: Scalar) => boolean {
  if (typeof bound === 'number') return (v) => typeof v === 'number' && holds(v - bound);
  return (v) => typeof v === 'string' && holds(compareText(v, bound));
}

/** Text by code point, as databases with a binary collation order it. @public */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    // Surrogates stand for code points above every other unit.
    if (x !== y) return (isSurrogate(x) ? x + 0x10000 : x) - (isSurrogate(y) ? y + 0x10000 : y);
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

const folded = (text: string): string[] => Array.from(text, (c) => c.toLowerCase());

/** Matches a wildcard in time proportional to text × pattern, whatever the pattern. Case folds by code point. */
function wildcard(source: string): (text: string) => boolean {
  const pattern = folded(source);
  return (input) => {
    const text = folded(input);
    let [t, p, star, resume] = [0, 0, -1, 0];
    while (t < text.length) {
      if (pattern[p] === '*') {
        [star, resume] = [p++, t];
      } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
        t++;
        p++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else return false;
    }
    while (pattern[p] === '*') p++;
    return p === pattern.length;
  };
}

function within(days: number, { asOf, timeZone }: CriteriaContext): (value: Scalar) => boolean {
  const earliest = asOf - days * DAY_MS;
  return (v) => {
    if (typeof v !== 'string') return false;
    if (isDay(v)) {
      const z = zone(timeZone);
      return v >= z.dayOf(earliest) && v <= z.dayOf(asOf);
    }
    if (!INSTANT_TEXT.test(v)) return false;
    const ms = Date.parse(v);
    return ms >= earliest && ms <= asOf;
  };
}
