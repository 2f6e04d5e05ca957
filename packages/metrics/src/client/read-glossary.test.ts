import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Glossary } from '../contracts/index.ts';
import { STARTING_LEXICON } from '../glossary/lexicon/index.ts';
import { readGlossary } from './read-glossary.ts';

describe('answers', () => {
  test.each([
    [{ kind: 'glossary', show: 'terms', counts: {}, terms: 4 }, 'data.terms: expected a list'],
    [{ kind: 'glossary', show: 'terms', counts: {}, terms: [{ key: 'a' }] }, 'data.terms[0].status: expected a string'],
    [{ kind: 'glossary', show: 'other' }, 'data.kind: expected a glossary'],
    [{ kind: 'funnel', stages: [] }, 'data.kind: expected a glossary'],
  ])('with a wrong field name it: %j', (data, message) => {
    expect(readGlossary({ v: 1, status: 'ok', flags: [], warnings: [], data })).toMatchObject({
      status: 'error',
      code: 'invalid-answer',
      message,
    });
  });

  test('of a newer version, and what is none', () => {
    expect(readGlossary({ v: 2 }).code).toBe('newer-version');
    expect(readGlossary([]).code).toBe('invalid-answer');
  });
});

describe('the file of a glossary', () => {
  test('is an answer as supplied, by name, with what is agreed', () => {
    const signed = ['marketing', 'sales'].map((team) => ({ team, by: 'x', at: '2026-01-01T00:00:00Z' }));
    const terms = STARTING_LEXICON.terms.map((term) => (term.id === 'mql' ? { ...term, agreedBy: signed } : term));
    const { data, flags } = readGlossary({ ...STARTING_LEXICON, terms });
    expect(flags).toEqual(['as-supplied']);
    expect(data).toMatchObject({ show: 'terms', counts: { terms: 54, agreed: 1, open: 53 } });
    const lines = data?.kind === 'glossary' && data.show === 'terms' ? data.terms : [];
    expect(lines.find(({ key }) => key === 'mql')).toMatchObject({ status: 'agreed', inForce: true });
    expect(lines.map(({ term }) => term.term)).toEqual(lines.map(({ term }) => term.term).toSorted());
  });

  test('every glossary is read, and no value throws', () => {
    fc.assert(
      fc.property(fc.subarray([...STARTING_LEXICON.terms], { minLength: 1 }), (terms) => {
        const file = Glossary.parse({ v: 1, kind: 'glossary', terms });
        expect(readGlossary(file).status).toBe('ok');
      }),
    );
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ kind: fc.constant('glossary'), terms: fc.array(fc.anything()) }),
      fc.record({
        v: fc.constant(1),
        status: fc.constant('ok'),
        flags: fc.constant([]),
        warnings: fc.constant([]),
        data: fc.record({
          kind: fc.constant('glossary'),
          show: fc.constantFrom('terms', 'term', 'impact'),
          terms: fc.anything(),
        }),
      }),
    );
    fc.assert(
      fc.property(anything, (value) => {
        const { status, code, data } = readGlossary(value);
        expect(status === 'ok' || code !== undefined || data === undefined).toBe(true);
      }),
    );
  });
});
