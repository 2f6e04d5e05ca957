import { findWords, type LintOptions } from './find.ts';
import { lineFinder, type Finding } from './finding.ts';
import { htmlRuns, sourceSpan } from './html-runs.ts';
import { primaryLanguage, type Lexicon } from './lexicon.ts';
import { BLOCK_END, machineSpans, mask, MASKED, quoteSpans } from './mask.ts';

/**
 * The words of an HTML source that are not to be said, with offsets of the source, in its order.
 *
 * Read as `lintText` does, but only what a reader of the page sees as text: not tags, attributes,
 * comments, scripts, styles and templates. A phrase may run across inline elements, never across blocks.
 * `lang` attributes are followed: words count only in text of their language. `code`, `pre`, `kbd`,
 * `samp` and what says `translate="no"` are code; `blockquote`, `q` and `cite` are quotations. Any input is read,
 * however broken; nothing of it is built, run or fetched.
 * @public
 */
export function lintHtml(html: string, lexicon: Lexicon, options: LintOptions = {}): Finding[] {
  const lang = primaryLanguage(options.lang ?? lexicon.lang);
  const quotes = options.quotes === 'check';
  const place = lineFinder(html);
  return htmlRuns(html, { lang, code: options.code === 'check', quotes }).flatMap((run) => {
    const aside = mask(run.text, machineSpans(run.text));
    const read = quotes ? aside : mask(aside, quoteSpans(aside));
    return findWords(read, lexicon, run.lang, options.severity).map((f) => {
      const span = sourceSpan(run, f.start, f.end);
      const found = run.text.slice(f.start, f.end).replaceAll(BLOCK_END, '').replaceAll(MASKED, '');
      return { ...f, ...span, ...place(span.start), found, lang: run.lang };
    });
  });
}
