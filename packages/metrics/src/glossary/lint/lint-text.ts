import { findWords, type LintOptions } from './find.ts';
import { lineFinder, type Finding } from './finding.ts';
import { primaryLanguage, type Lexicon } from './lexicon.ts';
import { codeSpans, quotedLines } from './markdown-spans.ts';
import { machineSpans, mask, quoteSpans } from './mask.ts';

/**
 * The words of a plain or Markdown text that are not to be said, in the order of the text.
 *
 * A word is found whole, in any case, with a regular English plural or possessive; the words of a phrase
 * may be joined by blanks, one line end or a hyphen. Code, quotations, web and mail addresses and
 * template fields are not read (`options`). Time grows with the length of the text.
 * @public
 */
export function lintText(text: string, lexicon: Lexicon, options: LintOptions = {}): Finding[] {
  const lang = primaryLanguage(options.lang ?? lexicon.lang);
  const code = options.code === 'check' ? [] : codeSpans(text);
  const aside = mask(text, [...code, ...machineSpans(text)]);
  const read = options.quotes === 'check' ? aside : mask(aside, [...quoteSpans(aside), ...quotedLines(text)]);
  const place = lineFinder(text);
  return findWords(read, lexicon, lang, options.severity).map((f) => ({
    ...f,
    ...place(f.start),
    found: text.slice(f.start, f.end),
    lang,
  }));
}
