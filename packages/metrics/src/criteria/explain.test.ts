import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Criteria, Scalar } from '../contracts/index.ts';
import { criteriaLines, testText } from '../messages/index.ts';
import { compileCriteria, decisiveTests, explainCriteria, normalCriteria, recordReader } from './index.ts';

const context = { asOf: Date.parse('2026-03-01T12:00:00Z'), timeZone: 'Europe/Berlin' };
const field = (name: string): string => `attributes.${name}`;
const FIELDS = ['a', 'b', 'c'].map(field);

const arbitraryScalar = fc.constantFrom<Scalar>(null, true, false, 0, 1, 2, 'A', 'B', '2026-02-28');
const arbitraryTest = fc
  .tuple(fc.constantFrom(...FIELDS), arbitraryScalar)
  .chain(([field, value]) =>
    fc.constantFrom<Criteria>(
      { field, eq: value },
      { field, in: [value, 'A', value] },
      { field, gte: typeof value === 'string' ? value : 1 },
      { field, present: value === true },
      { field, within: { days: 2 } },
      { field, matches: 'a*' },
    ),
  );
const { criteria: arbitraryCriteria } = fc.letrec<{ criteria: Criteria }>((tie) => ({
  criteria: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    arbitraryTest,
    fc.record({ all: fc.array(tie('criteria'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('criteria'), { maxLength: 3 }) }),
    fc.record({ not: tie('criteria') }),
  ),
}));
const arbitraryRow = fc.dictionary(fc.constantFrom(...FIELDS), arbitraryScalar);

test('an explanation holds where the criteria do, and so does the normal form', () => {
  fc.assert(
    fc.property(arbitraryCriteria, arbitraryRow, (criteria, row) => {
      const holds = compileCriteria(criteria, (f) => () => row[f], context)(0);
      expect(explainCriteria(criteria, (f) => row[f], context).holds).toBe(holds);
      expect(compileCriteria(normalCriteria(criteria), (f) => () => row[f], context)(0)).toBe(holds);
    }),
    { numRuns: 1000 },
  );
});

test('with the fields of the decisive tests as they are, no other field changes the result', () => {
  fc.assert(
    fc.property(arbitraryCriteria, arbitraryRow, arbitraryRow, (criteria, row, other) => {
      const explained = explainCriteria(criteria, (f) => row[f], context);
      const decisive = new Set(decisiveTests(explained).map((t) => t.test.field));
      const mixed = (f: string): Scalar | undefined => (decisive.has(f) ? row[f] : other[f]);
      expect(explainCriteria(criteria, mixed, context).holds).toBe(explained.holds);
    }),
    { numRuns: 1000 },
  );
});

const MQL: Criteria = {
  all: [
    { field: field('rating'), in: ['A1', 'A2'] },
    {
      any: [
        { field: field('emailValid'), eq: true },
        { field: field('phone'), present: true },
      ],
    },
    { not: { field: field('consent'), eq: 'denied' } },
    { field: 'reached.lead', within: { days: 30 } },
  ],
};

test('it says which test decides and why it fails', () => {
  const row: Record<string, Scalar> = {
    [field('rating')]: 3,
    [field('emailValid')]: true,
    [field('consent')]: 'denied',
  };
  const tests = decisiveTests(explainCriteria(MQL, (f) => row[f], context));
  expect(tests.map(({ test, holds, failure }) => [testText(test), holds, failure])).toEqual([
    ['Rating is one of A1, A2', false, 'other-type'],
    ['Consent is denied', true, undefined],
    ['Date of lead lies in the last 30 days', false, 'missing'],
  ]);
});

test('criteria read as lines', () => {
  expect(criteriaLines(MQL).map(({ depth, text }) => `${'  '.repeat(depth)}${text}`)).toEqual([
    'Rating is one of A1, A2',
    'Any of:',
    '  Email valid is yes',
    '  Phone is present',
    'Not:',
    '  Consent is denied',
    'Date of lead lies in the last 30 days',
  ]);
});

test('records give links, own attributes and derived fields, and nothing they inherit', () => {
  const read = recordReader(
    [{ entityType: 'person', id: 'p1', owner: 'Ada', amount: 5, attributes: { x: 1 }, batch: 'b' }],
    [{ stage: 'mql', reached: { lead: '2026-01-01' } }],
  );
  const names = ['id', 'owner', 'amount', 'currency', 'stage', 'reached.lead', 'reached.won', 'attributes.x'];
  expect(names.map((name) => read(name)(0))).toEqual(['p1', 'Ada', 5, undefined, 'mql', '2026-01-01', undefined, 1]);
  expect(read('attributes.toString')(0)).toBeUndefined();
  expect(read('id')(1)).toBeUndefined();
});
