import { expect, test } from 'vitest';
import { STARTING_LEXICON } from './lexicon/index.ts';
import { compileSearch, glossaryMarkdown, searchGlossary, termFragment } from './index.ts';

const [first] = STARTING_LEXICON.terms;
if (first === undefined) throw new Error('the lexicon is empty');
const cafe = { ...first, id: 'cafe', term: 'Café visit', synonyms: ['Coffee date'], avoid: [], uses: [] };
const index = compileSearch({ ...STARTING_LEXICON, terms: [...STARTING_LEXICON.terms, cafe] });
const keys = (query: string): string[] => searchGlossary(index, query).map((r) => r.term.id);

test.for<[string, string, string[]]>([
  ['an abbreviation', 'mql', ['mql']],
  ['a name before what it is part of', 'lead', ['lead', 'leadSource']],
  ['the beginning of a word', 'Marketing qualified l', ['mql']],
  ['a word within a name', 'accepted', ['sal']],
  ['a key', 'buyingGroup', ['buyingGroup']],
  ['without accents', 'cafe', ['cafe']],
  ['a synonym', 'coffee', ['cafe']],
  ['words of the definition', 'grade joined', ['rating']],
])('finds by %s', ([, query, expected]) => {
  expect(keys(query).slice(0, expected.length)).toEqual(expected);
});

test('a word not to be said leads to the agreed one', () => {
  expect(searchGlossary(index, 'hot lead')[0]).toMatchObject({
    term: { id: 'mql' },
    met: 'avoided',
    redirect: { word: 'hot lead', say: 'Marketing qualified lead' },
  });
  expect(searchGlossary(index, 'close rate').map((r) => [r.term.id, r.redirect?.word])).toEqual([
    ['conversion', 'close rate'],
    ['winRate', 'close rate'],
  ]);
});

test('a plural finds what the singular does', () => {
  const found = (query: string) => searchGlossary(index, query)[0];
  expect(found('MQLs')?.term.id).toBe('mql');
  expect(found('opportunities')?.term.id).toBe('opportunity');
  expect(found('hot leads')?.redirect).toEqual({ word: 'hot lead', say: 'Marketing qualified lead' });
});

test('an agreed name comes before the terms that avoid it', () => {
  const [name, ...others] = searchGlossary(index, 'opportunity');
  expect([name?.term.id, name?.redirect]).toEqual(['opportunity', undefined]);
  expect(others.find((r) => r.term.id === 'sql')?.redirect?.say).toBe('Sales qualified lead');
});

test('nothing asked gives every term by name, nothing met gives none', () => {
  expect(searchGlossary(index, ' ', 100)).toHaveLength(55);
  expect(searchGlossary(index, '', 2).map((r) => r.term.term)).toEqual(['Account', 'Attribution model']);
  expect(keys('zebra lead')).toEqual([]);
});

test('the Markdown has every term with its stable address', () => {
  const text = glossaryMarkdown(STARTING_LEXICON);
  expect(text.match(/^## /gm)).toHaveLength(54);
  for (const { id } of STARTING_LEXICON.terms) expect(text).toContain(`<a id="${termFragment(id).slice(1)}"></a>`);
  expect(text).toContain('## Marketing qualified lead (MQL)\n\nVersion 1.0.0, not agreed. Owner: both.');
  expect(text).toContain('- Rating is one of A1, A2, B1, B2');
  expect(text).toContain('[Lead](#term-lead)');
});

test('text stays text in Markdown', () => {
  const hostile = {
    ...cafe,
    term: '# a | <img src=x>',
    definition: '- [x](javascript:1) `b` &lt; https://x.com\n\n# y www.x.com',
  };
  const text = glossaryMarkdown({ v: 1, kind: 'glossary', terms: [hostile] }, 'T');
  expect(text).toContain(String.raw`## \# a \| \<img src=x\>`);
  expect(text).toContain(String.raw`\- \[x\](javascript:1) \`b\` \&lt; https\://x.com \# y www\.x.com`);
});
