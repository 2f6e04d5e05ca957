import type { Envelope, Glossary } from '../contracts/index.ts';
import { plainGlossary } from '../glossary/plain.ts';
import { problem } from '../problem.ts';
import { readHead } from './read-head.ts';
import { isObject, mismatch, type Shape, wordsOf } from './shape.ts';

const optional = { 'description?': 'a string', 'abbreviation?': 'a string', 'rule?': 'a string', 'stage?': 'a string' };
const vote = { by: { name: 'a string' }, at: 'a string' };
const votes = { 'marketing?': vote, 'sales?': vote };
/** What is looked at more than once: a term, a line of a list. */
const refs: readonly Shape[] = [
  {
    ...optional,
    id: 'a string',
    version: 'a string',
    term: 'a string',
    definition: 'a string',
    owners: ['a string'],
    'synonyms?': ['a string'],
    'metrics?': ['a string'],
    'ties?': ['a string'],
    'avoid?': [{ word: 'a string', 'say?': 'a string', 'note?': 'a string', 'forms?': ['a string'] }],
    'agreedBy?': [{ team: 'a string', by: 'a string', at: 'a string' }],
  },
  { key: 'a string', ledgerVersion: 'a whole number', status: 'a string', term: 0, waitsFor: ['a string'] },
];
const open: Shape = {
  term: 0,
  stage: 'a string',
  approvals: votes,
  diff: [{ field: 'a string' }],
  criteria: [{ text: 'a string', mark: 'a string' }],
};
/** The answers by what they show. */
const shapes: Readonly<Record<string, readonly Shape[]>> = {
  terms: [
    {
      counts: { terms: 'a whole number', agreed: 'a whole number' },
      'stages?': [{ key: 'a string', label: 'a string' }],
      terms: [1],
    },
  ],
  term: [
    1,
    {
      approvals: votes,
      criteria: [{ text: 'a string' }],
      open: { '|': ['null', open] },
      versions: [{ version: 'a string', from: 'a string', term: 0 }],
      history: [{ type: 'a string', at: 'a string', by: { name: 'a string', team: 'a string' } }],
      usedBy: [{ kind: 'a string', label: 'a string' }],
      can: ['a string'],
    },
  ],
  impact: [{ after: 'a string', impact: 'anything' }],
};

const isGlossary = (value: unknown): value is Glossary => mismatch({ terms: [0] }, value, refs) === null;

/**
 * Reads what a glossary is shown from: an answer, with the fields a page shows, or the file of a glossary, which gets
 * the flag `as-supplied`. Never throws; a wrong field gives `invalid-answer` and is named.
 * @public
 */
export function readGlossary(value: unknown): Envelope {
  if (isObject(value) && value['kind'] === 'glossary')
    return isGlossary(value) ? plainGlossary(value) : wrong({ terms: [0] }, value, '');
  const envelope = readHead(value);
  const { data } = envelope;
  if (data === undefined) return envelope;
  const wanted = data.kind === 'glossary' ? shapes[data.show] : undefined;
  if (wanted === undefined) return problem('invalid-answer', `data.kind: expected a glossary`);
  const bad = wanted.find((shape) => mismatch(shape, data, refs) !== null);
  return bad === undefined ? envelope : wrong(bad, data, 'data.');
}

const wrong = (shape: Shape, value: unknown, within: string): Envelope =>
  problem('invalid-answer', within + wordsOf(mismatch(shape, value, refs)));
