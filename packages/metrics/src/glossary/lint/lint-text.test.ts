import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Glossary, TermDefinition } from '../../contracts/index.ts';
import { STARTING_LEXICON } from '../lexicon/index.ts';
import { compileLexicon, findingText, lintText, type LintOptions } from './index.ts';

const term = (id: string, name: string, more: Partial<TermDefinition> = {}): TermDefinition => ({
  kind: 'term',
  id,
  version: '1.0.0',
  term: name,
  owners: ['both'],
  definition: 'x',
  ...more,
});
const glossary: Glossary = {
  v: 1,
  kind: 'glossary',
  terms: [
    term('visitor', 'Visitor', { avoid: [{ word: 'traffic' }, { word: 'query' }, { word: 'hit', severity: 'info' }] }),
    term('lead', 'Lead', { avoid: [{ word: 'MQL' }, { word: 'ROI' }] }),
    term('mql', 'Marketing qualified lead', {
      abbreviation: 'MQL',
      avoid: [
        { word: 'hot lead', say: 'MQL rated A1' },
        { word: 'qualified lead', note: 'unspecified' },
      ],
    }),
    term('inquiry', 'Inquiry', { avoid: [{ word: 'lead' }, { word: 'hand-raise', severity: 'error' }] }),
    term('handoff', 'Hand-off', { avoid: [{ word: 'pass', forms: ['passed'] }, { word: 'traffic' }] }),
    term('quelle', 'Herkunft', { lang: 'de', avoid: [{ word: 'Traffic' }] }),
    term('old', 'Suspect', {}),
    term('old', 'Suspect', { version: '1.0.1', definition: 'y' }),
  ],
  retired: [{ term: 'old', replacedBy: 'lead' }],
};
const lexicon = compileLexicon(glossary);
const found = (text: string, options?: LintOptions): string[] => lintText(text, lexicon, options).map((f) => f.found);

test.for<[string, string, string[]]>([
  ['characters nobody sees between words', 'hot \u200Clead hot\u200B lead', ['hot \u200Clead', 'hot\u200B lead']],
  ['whole words in any case', 'Traffic trafficked TRAFFIC intraffic', ['Traffic', 'TRAFFIC']],
  [
    'regular plurals and possessives',
    "queries query's passes hits' hot leads",
    ['queries', "query's", 'passes', 'hits', 'hot leads'],
  ],
  ['listed forms, and no others', 'passed passing', ['passed']],
  [
    'a phrase over a blank, a hyphen, a line end',
    'hot lead hot-lead hot\n  lead',
    ['hot lead', 'hot-lead', 'hot\n  lead'],
  ],
  ['no phrase over a comma, a full stop or a paragraph', 'hot, lead. hot. lead hot\n\nlead', []],
  ['a hyphenated word written as one', 'handraise hand raises Hand-Raise', ['handraise', 'hand raises', 'Hand-Raise']],
  ['the longest phrase', 'a qualified lead', ['qualified lead']],
  ['not a part of an agreed name', 'marketing qualified leads and a Hand-off', []],
  ['not the name of a term that another avoids', 'leads and MQLs', []],
  ['capitals only as capitals', 'ROI roi ROIs Roi', ['ROI', 'ROIs']],
  [
    'through characters nobody sees',
    'traf\u00ADfic tra\u200Bffic ｔｒａｆｆｉｃ',
    ['traf\u00ADfic', 'tra\u200Bffic', 'ｔｒａｆｆｉｃ'],
  ],
  ['the typographic apostrophe', 'query\u2019s', ['query\u2019s']],
  [
    'through the emphasis of Markdown',
    '_traffic_ **hot** lead *hot lead* hot*ter* lead hot*lead*',
    ['traffic', 'hot** lead', 'hot lead'],
  ],
  ['not in addresses and names of code', 'https://x.com/traffic traffic@x.com www.traffic.com traffic_source', []],
  ['not in template fields', '{{traffic}} {% traffic %} traffic', ['traffic']],
  ['not in code', 'a `traffic` ``b ` traffic`` \n```\ntraffic\n```\ntraffic', ['traffic']],
  ['a code fence that is never closed', 'traffic\n~~~\ntraffic\n```\n', ['traffic']],
  ['a lone backtick is no code', 'a ` traffic', ['traffic']],
  ['not in quotations', '"traffic" \u201Ctraffic\u201D \u201Etraffic\u201C \u00ABtraffic\u00BB\n> traffic\n', []],
  ['a quotation ends with its paragraph', '"traffic\n\ntraffic"', ['traffic', 'traffic']],
  ['an inch is no quotation mark', 'a 5" screen for traffic, 7" too', ['traffic']],
  ['the name of a retired term', 'suspects', ['suspects']],
])('%s', ([, text, expected]) => {
  expect(found(text)).toEqual(expected);
});

test('a retired term gives way to the one that replaced it, or to none', () => {
  expect(lintText('Suspect', lexicon)).toMatchObject([{ word: 'Suspect', say: [{ key: 'lead', say: 'Lead' }] }]);
  const [gone] = lintText('Suspect', compileLexicon({ ...glossary, retired: [{ term: 'old' }] }));
  expect(gone === undefined ? '' : findingText(gone)).toBe('“Suspect” is no longer used.');
});

test('what is left out can be read', () => {
  expect(found('`traffic` "traffic"', { code: 'check' })).toEqual(['traffic']);
  expect(found('`traffic` "traffic"', { quotes: 'check' })).toEqual(['traffic']);
});

test('a word counts in its own language', () => {
  expect(lintText('Traffic', lexicon, { lang: 'de-AT' })).toMatchObject([{ lang: 'de', say: [{ key: 'quelle' }] }]);
  expect(found('traffic', { lang: 'fr' })).toEqual([]);
});

test('findings say where, how bad and what to say', () => {
  const text = 'Our\r\nhits and 😀 hot leads.';
  expect(lintText(text, lexicon)).toEqual([
    {
      start: 5,
      end: 9,
      line: 2,
      column: 1,
      found: 'hits',
      word: 'hit',
      severity: 'info',
      say: [{ key: 'visitor', say: 'Visitor' }],
      lang: 'en',
    },
    {
      start: 17,
      end: 26,
      line: 2,
      column: 13,
      found: 'hot leads',
      word: 'hot lead',
      severity: 'warning',
      say: [{ key: 'mql', say: 'MQL rated A1' }],
      lang: 'en',
    },
  ]);
  expect(found(text, { severity: 'warning' })).toEqual(['hot leads']);
  const [traffic, note] = lintText('traffic qualified lead', lexicon);
  expect([traffic, note].map((f) => (f === undefined ? '' : findingText(f)))).toEqual([
    '“traffic” is not an agreed word. Say "Visitor" or "Hand-off".',
    '“qualified lead” is not an agreed word. Say "Marketing qualified lead" (unspecified).',
  ]);
});

test('terms that are not agreed can be left out', () => {
  expect(lintText('traffic', compileLexicon(STARTING_LEXICON))).toHaveLength(1);
  expect(lintText('traffic', compileLexicon(STARTING_LEXICON, { agreedOnly: true }))).toEqual([]);
});

test('every finding is where it says, in any text', () => {
  const piece = fc.constantFrom(
    'traffic',
    'hot',
    'lead',
    ' ',
    '-',
    '\n',
    '\n\n',
    '"',
    '`',
    '```',
    '>',
    '😀',
    "'s",
    '.',
    '\u00AD',
    '\u201E',
    '{{',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('');
      let end = 0;
      for (const f of lintText(text, lexicon)) {
        expect(text.slice(f.start, f.end)).toBe(f.found);
        expect(f.start).toBeGreaterThanOrEqual(end);
        const lines = text.slice(0, f.start).split('\n');
        expect([f.line, f.column]).toEqual([lines.length, (lines.at(-1) ?? '').length + 1]);
        end = f.end;
      }
    }),
    { numRuns: 500 },
  );
});

test.for<[string, string]>([
  ['opening marks that never close', '\u201E\u00AB"'],
  ['backticks of growing length', '` `` ``` '],
  ['the beginnings of addresses', 'a.a.a+a'],
  ['the beginning of a phrase', 'hot '],
  ['blanks', ' \u00A0'],
  ['line ends', '\n'],
  ['template fields that never close', '{{ {% '],
])('half a megabyte of %s is read in a moment', ([, unit]) => {
  const text = unit.repeat(500_000 / unit.length);
  const begin = performance.now();
  lintText(`${text} traffic`, lexicon);
  // A quadratic reading takes minutes.
  expect(performance.now() - begin).toBeLessThan(5000);
});
