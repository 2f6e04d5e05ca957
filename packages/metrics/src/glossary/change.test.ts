import { expect, test } from 'vitest';
import type { TermDefinition } from '../contracts/index.ts';
import { requiredChange, versionFault } from './change.ts';

const rating = { field: 'attributes.rating', in: ['A1', 'A2'] };
const consent = { field: 'attributes.consent', eq: 'yes' };
const base: TermDefinition = {
  kind: 'term',
  id: 'mql',
  version: '1.2.3',
  term: 'MQL',
  owners: ['both'],
  definition: 'A lead worth a call.',
  of: 'person',
  criteria: { all: [rating, consent] },
};
const { criteria: _, of: __, ...bare } = base;

test.for<[string, TermDefinition, TermDefinition, string | null]>([
  ['nothing', base, { ...base }, null],
  ['only who agreed', base, { ...base, agreedBy: [] }, null],
  ['the sentence', base, { ...base, definition: 'A lead worth calling.' }, 'patch'],
  ['a word not to say', base, { ...base, avoid: [{ word: 'hot lead' }] }, 'patch'],
  ['a synonym', base, { ...base, synonyms: ['qualified'] }, 'minor'],
  ['an owner', base, { ...base, owners: ['sales'] }, 'minor'],
  ['criteria in another order and form', base, { ...base, criteria: { all: [consent, { all: [rating] }] } }, 'minor'],
  ['criteria where there were none', bare, base, 'minor'],
  ['one rating fewer', base, { ...base, criteria: { all: [{ ...rating, in: ['A1'] }, consent] } }, 'major'],
  ['criteria taken away', base, bare, 'major'],
  ['another rule in words', { ...base, rule: 'a' }, { ...base, rule: 'b' }, 'major'],
  ['the sentence and the criteria', base, { ...base, definition: 'x', criteria: rating }, 'major'],
])('%s', ([, before, after, change]) => {
  expect(requiredChange(before, after)).toBe(change);
});

test.for<[string, Partial<TermDefinition>, RegExp | null]>([
  ['1.2.4', { definition: 'x' }, null],
  // The writer knows that the words mean something else.
  ['2.0.0', { definition: 'x' }, null],
  ['1.2.5', { definition: 'x' }, /does not follow 1\.2\.3; write 1\.2\.4 \(patch\) or 1\.3\.0 \(minor\) or 2\.0\.0/],
  ['1.3.1', { definition: 'x' }, /does not follow/],
  ['1.2.2', { definition: 'x' }, /does not follow/],
  ['1.2.4', { synonyms: ['x'] }, /synonyms changed, which is minor and not patch; write version 1\.3\.0/],
  ['1.2.4', {}, /nothing differs/],
])('version %s after 1.2.3', ([version, changes, wrong]) => {
  const fault = versionFault(base, { ...base, ...changes, version });
  expect(fault === null ? 'right' : `${fault.reason}; ${fault.remedy}`).toMatch(wrong ?? /^right$/);
});
