import { expect, test } from 'vitest';
import { STARTING_LEXICON } from '../lexicon/index.ts';
import { GlossaryError, glossaryJson, joinGlossaries, loadGlossary, type Known } from './index.ts';

const lead = { kind: 'term', id: 'lead', version: '1.0.0', term: 'Lead', owners: ['marketing'], definition: 'x' };
const sal = { ...lead, id: 'sal', term: 'Sales accepted lead', abbreviation: 'SAL' };
const file = (terms: unknown[], more = {}) => ({ v: 1, kind: 'glossary', terms, ...more });

function messageOf(source: unknown, known?: Known): string {
  try {
    loadGlossary(source, 'words.json', known);
    return 'read';
  } catch (error) {
    if (error instanceof GlossaryError) return error.message;
    throw error;
  }
}

test.for<[string, unknown, RegExp]>([
  ['a file that is no JSON', '{', /^words\.json: not JSON .*mend the file/],
  ['another kind of file', { v: 1, kind: 'funnel', terms: [] }, /^words\.json: kind: .*"glossary"/],
  ['a newer file', { ...file([]), v: 2 }, /^words\.json: v: /],
  [
    'an unknown field',
    file([{ ...lead, ownr: 'x' }]),
    /^words\.json: terms\.0\.ownr: is not a known field; use .*owners/,
  ],
  ['an unknown field of the file', file([], { trems: [] }), /^words\.json: trems: is not a known field; use .*terms/],
  ['no owner', file([{ ...lead, owners: [] }]), /terms\.0\.owners: a term has at least one owner.*give "owners"/],
  ['owners left out', file([{ ...lead, owners: undefined }]), /terms\.0\.owners: .*give "owners"/],
  ['an unknown owner', file([{ ...lead, owners: ['mkt'] }]), /terms\.0\.owners\.0: .*"marketing".*give "owners"/],
  [
    'an unknown field of the criteria',
    file([{ ...lead, of: 'person', criteria: { field: 'ratng', eq: 1 } }]),
    /terms\.0\.criteria\.field: a field is id, /,
  ],
  ['criteria about nothing', file([{ ...lead, criteria: { field: 'id', eq: 'x' } }]), /terms\.0\.of: .*set "of"/],
  ['a version of two numbers', file([{ ...lead, version: '1.0' }]), /terms\.0\.version: .*1\.2\.0/],
  ['a key that is none', file([{ ...lead, id: 'The lead' }]), /terms\.0\.id: a term key/],
  ['a term twice', file([lead, { ...lead }]), /terms\.1: term lead@1\.0\.0 stands here and at terms\.0; /],
  ['a name twice', file([lead, { ...sal, term: 'LEAD' }]), /terms\.1: "LEAD" is already a name of lead \(terms\.0\)/],
  [
    'a synonym that is another name',
    file([sal, { ...lead, synonyms: ['sal'] }]),
    /terms\.1: "sal" is already a name of sal/,
  ],
  [
    'a synonym twice',
    file([{ ...lead, synonyms: ['raw lead', 'raw-lead'] }]),
    /"raw-lead" is already a name of this term/,
  ],
  [
    'its own name to avoid',
    file([{ ...lead, avoid: [{ word: 'lead' }] }]),
    /terms\.0\.avoid\.0\.word: "lead" is a name of lead itself/,
  ],
  [
    'an unknown reference',
    file([{ ...lead, uses: ['mql'] }]),
    /terms\.0\.uses\.0: term "mql" is not known; write one of lead/,
  ],
  [
    'a circle',
    file([
      { ...lead, uses: ['sal'] },
      { ...sal, uses: ['lead'] },
    ]),
    /terms\.1\.uses: .*circle: lead → sal → lead; take "lead" out/,
  ],
  [
    'a circle that a third leads to',
    file([
      { ...lead, id: 'a', term: 'A', uses: ['lead'] },
      { ...lead, uses: ['sal'] },
      { ...sal, uses: ['lead'] },
    ]),
    /circle: lead → sal → lead/,
  ],
  ['a term that uses itself', file([{ ...lead, uses: ['lead'] }]), /circle: lead → lead/],
  [
    'a version that says too little',
    file([lead, { ...lead, version: '1.0.1', owners: ['both'] }]),
    /terms\.1\.version: owners changed.*1\.1\.0/,
  ],
  ['a retired term that is none', file([lead], { retired: [{ term: 'mql' }] }), /retired\.0\.term/],
  [
    'a successor that is none',
    file([lead], { retired: [{ term: 'lead', replacedBy: 'lead' }] }),
    /retired\.0\.replacedBy/,
  ],
])('%s is refused by file, path and remedy', ([, source, message]) => {
  expect(messageOf(source)).toMatch(message);
});

test('stages and metrics are checked where they are known', () => {
  const source = file([{ ...lead, stage: 'leed', metrics: ['leadVolume', 'leads'] }]);
  expect(messageOf(source)).toBe('read');
  expect(messageOf(source, { stages: ['lead'], metrics: ['leadVolume'] }).split('\n')).toEqual([
    'words.json: terms.0.stage: stage "leed" is not known; write one of lead, or take it out',
    'words.json: terms.0.metrics.1: metric "leads" is not known; write one of leadVolume, or take it out',
  ]);
});

test('what two teams may well write is read', () => {
  const newer = { ...lead, version: '1.0.1', definition: 'y' };
  const german = { ...sal, id: 'kontakt', term: 'Lead', abbreviation: undefined, lang: 'de' };
  const chain = Array.from({ length: 3000 }, (_, i) => ({
    ...lead,
    id: `t${i}`,
    term: `Term ${i}`,
    ...(i === 0 ? {} : { uses: [`t${i - 1}`] }),
  }));
  expect(messageOf(file([newer, lead, { ...sal, avoid: [{ word: 'lead' }] }, german, ...chain]))).toBe('read');
});

test('what is written is read back', () => {
  expect(loadGlossary(glossaryJson(STARTING_LEXICON), 'export.json')).toEqual(STARTING_LEXICON);
});

test('places are joined, the first one first; one version with two texts names both', () => {
  const own = loadGlossary(
    file([
      { ...lead, agreedBy: [], description: 'ours' },
      { ...lead, version: '1.0.1', definition: 'y' },
    ]),
    'own',
  );
  const given = loadGlossary(file([lead, sal], { retired: [{ term: 'sal' }] }), 'package');
  const joined = joinGlossaries([
    { name: 'own', glossary: own },
    { name: 'package', glossary: given },
  ]);
  expect(joined.terms.map((t) => [t.id, t.version, t.description])).toEqual([
    ['lead', '1.0.0', 'ours'],
    ['lead', '1.0.1', undefined],
    ['sal', '1.0.0', undefined],
  ]);
  expect(joined.retired).toEqual([{ term: 'sal' }]);
  const join = (terms: unknown[]) => () =>
    joinGlossaries([
      { name: 'own', glossary: own },
      { name: 'package', glossary: loadGlossary(file(terms), 'package') },
    ]);
  expect(join([{ ...lead, definition: 'z' }])).toThrow(
    'term lead@1.0.0 is defined differently in own and in package: give one of them another version',
  );
  expect(join([{ ...sal, synonyms: ['Lead'] }])).toThrow(/^own \+ package: .*already a name/);
});
