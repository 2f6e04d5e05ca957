import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Glossary } from '../../contracts/index.ts';
import { compileLexicon, lintHtml, lintText, type LintOptions } from './index.ts';

const glossary: Glossary = {
  v: 1,
  kind: 'glossary',
  terms: [
    {
      kind: 'term',
      id: 'mql',
      version: '1.0.0',
      term: 'Marketing qualified lead',
      owners: ['both'],
      definition: 'x',
      avoid: [{ word: 'hot lead' }, { word: 'traffic' }],
    },
  ],
};
const lexicon = compileLexicon(glossary);
/** The stretches of the source that are found. */
const sources = (html: string, options?: LintOptions): string[] =>
  lintHtml(html, lexicon, options).map((f) => html.slice(f.start, f.end));

test.for<[string, string, string[]]>([
  ['text, with the offsets of the source', '<p>Our traffic</p>', ['traffic']],
  ['a phrase across inline elements', '<b>hot</b> <i>lead</i>', ['hot</b> <i>lead']],
  ['a word across inline elements', 'tra<b>ff</b>ic', ['tra<b>ff</b>ic']],
  ['a word with a place to break', 'traf<wbr>fic traf&shy;fic', ['traf<wbr>fic', 'traf&shy;fic']],
  ['no phrase across blocks or line breaks', '<p>hot</p><p>lead</p><td>hot<td>lead hot<br>lead', []],
  ['a phrase over a line end of the source', '<p>hot\n\n   lead</p>', ['hot\n\n   lead']],
  [
    'entities',
    '&#116;raffic traffi&#x63;. hot&nbsp;lead hot&#x20;lead &amp;traffic;',
    ['&#116;raffic', 'traffi&#x63;', 'hot&nbsp;lead', 'hot&#x20;lead', 'traffic'],
  ],
  ['an entity that decodes to two characters', '&NotEqualTilde;traffic', ['traffic']],
  [
    'no scripts, styles, templates, frames or comments',
    '<script>traffic</script><style>traffic</style><template>traffic</template><iframe>traffic</iframe><!-- traffic --><!traffic><?traffic?>',
    [],
  ],
  ['no script in any disguise', '<SCRIPT/x>"</p>traffic</ScRiPt ><script>//<!--<script>traffic</script>', []],
  ['no attributes, quoted or not', '<p title="traffic" alt=traffic data-x=\'traffic > "traffic\'>x</p><traffic>', []],
  ['an attribute that never ends hides the rest, as in a browser', 'traffic<a href="traffic>traffic', ['traffic']],
  [
    'titles, text areas and buttons',
    '<title>traffic</title><textarea>traffic</textarea><button>traffic</button>',
    ['traffic', 'traffic', 'traffic'],
  ],
  [
    'no code',
    '<code>traffic</code> <pre><b>traffic</b></pre> <kbd>traffic</kbd> <span translate="no">traffic</span>',
    [],
  ],
  ['no phrase over what is left out', 'hot <code>x</code> lead', []],
  ['no quotations', '<blockquote><p>traffic</p></blockquote><q>traffic</q>"traffic" &ldquo;traffic&rdquo;', []],
  ['a quotation mark does not reach beyond its block', '<p>"traffic</p><p>traffic"</p>', ['traffic', 'traffic']],
  [
    'no other language',
    '<p lang="de">traffic <b lang="EN-gb">traffic</b> traffic</p> <i lang=fr>traffic</i>',
    ['traffic'],
  ],
  ['an empty language is that of the text', '<div lang=de><p lang="">traffic</p></div>', ['traffic']],
  [
    'an element that ends without its tag',
    '<p lang=de>traffic<p>traffic<ul><li lang=de>traffic<li>traffic</ul>',
    ['traffic', 'traffic'],
  ],
  ['an end tag that closes what is open within', '<div><code>traffic</div>traffic', ['traffic']],
  ['end tags without beginning', '</code></div>traffic</p>', ['traffic']],
  ['what looks like a tag and is none', 'a < traffic > 1 <3 traffic', ['traffic', 'traffic']],
  ['text in pictures', '<svg><title>x</title><text>traffic</text><script/>traffic</svg>', ['traffic', 'traffic']],
  ['a picture that ends at once', '<svg/><textarea><!-- traffic', ['traffic']],
  ['a comment in a picture, where no text area is', '<svg><textarea><!-- traffic', []],
  ['a source that ends in a tag', 'traffic <p', ['traffic']],
])('reads %s', ([, html, expected]) => {
  expect(sources(html)).toEqual(expected);
});

test('code and quotations are read when asked for', () => {
  const html = '<code>traffic</code><q>traffic</q>';
  expect(sources(html, { code: 'check' })).toHaveLength(1);
  expect(sources(html, { quotes: 'check' })).toHaveLength(1);
  expect(sources('<script>traffic</script>', { code: 'check', quotes: 'check' })).toEqual([]);
});

test('what is found is plain text with its place in the source', () => {
  expect(lintHtml('<p>\n  a &lt;b&gt; hot&nbsp;<b>lead</b></p>', lexicon)).toMatchObject([
    { line: 2, column: 15, found: 'hot\u00A0lead', word: 'hot lead', lang: 'en' },
  ]);
});

test('without markup it finds what the text linter finds', () => {
  const piece = fc.constantFrom('traffic', 'hot', 'lead', ' ', ', ', '"', 'x', '5', '\u00AB', '\u00BB');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      expect(lintHtml(text, lexicon)).toEqual(lintText(text, lexicon));
    }),
  );
});

test('any source is read, and every finding lies in it, in order', () => {
  const markup =
    '< > </ /> " \' = & &#116; &#x110000; &#0; ; <!-- --> <![CDATA[ ]]> <p> </p> <b> </b> <script </script> <svg> </svg> ' +
    '<code> </code> <title> </title> <plaintext> <li> <td> \u0000 \uE000 \uD83D &NotEqualTilde;';
  const piece = fc.constantFrom('traffic', 'raffic', 'hot lead', ' ', '<p lang=de', ...markup.split(' '));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
      const html = pieces.join('');
      let end = 0;
      for (const f of lintHtml(html, lexicon)) {
        expect(f.start).toBeGreaterThanOrEqual(end);
        expect(f.end).toBeGreaterThan(f.start);
        expect(html.slice(f.start, f.end)).toMatch(/^(t.*c|&#116;.*c|h.*d)$/s);
        expect(f.found.replace(' ', '')).toBe(f.word.replace(' ', ''));
        end = f.end;
      }
    }),
    { numRuns: 2000 },
  );
});

test.for<[string, string]>([
  ['elements that never end', '<b>'],
  ['end tags without beginning', '</b>'],
  ['beginnings and foreign ends', '<b></i>'],
  ['tags that never end', '<b '],
  ['changes of language', '<i lang=de>x'],
  ['entities', '&amp'],
  ['comments that never end', '<!--'],
  ['a number that never ends', '&#0'],
])('half a megabyte of %s is read in a moment', ([, unit]) => {
  const begin = performance.now();
  lintHtml(`${unit.repeat(500_000 / unit.length)} traffic`, lexicon);
  // A quadratic reading takes minutes.
  expect(performance.now() - begin).toBeLessThan(5000);
});
