import type { Glossary, Severity, TermDefinition } from '../../contracts/index.ts';
import { currentTerms, isAgreed, namesOf } from '../current.ts';
import { PhraseTree, tokensOf, visible } from '../words/index.ts';

/** Where to go in place of a word. @public */
export interface Advice {
  /** The key of the term. */
  key: string;
  /** What to say: a phrase of its own or the name of the term. */
  say: string;
  /** When the word is wrong, where a reader has to judge it. */
  note?: string;
}

/** What is filed under a phrase: a name that may be said, or a word with advice. */
export interface Entry {
  /** As the glossary writes it. */
  word: string;
  /** Set for a word in capitals alone: only that spelling counts, so that `sal` and `roi` stay words of their own. */
  exact?: string;
  /** Left out for a name. */
  avoid?: { severity: Severity; advice?: Advice };
}

/** The words of a glossary, made ready to read texts by. @public */
export interface Lexicon {
  /** The language of a text that names none. */
  lang: string;
  /** By primary language subtag. */
  trees: ReadonlyMap<string, PhraseTree<Entry>>;
}

/** Which terms a linter looks at. @public */
export interface LexiconOptions {
  /** Leaves out terms that only one team or none has approved. Default false. */
  agreedOnly?: boolean;
}

/** The primary subtag of a language: `en` of `en-GB`. */
export function primaryLanguage(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

/**
 * Makes a glossary ready for `lintText` and `lintHtml`. Of each term the version in force speaks, or the
 * newest where none is agreed. The name of a term may always be said, though another term avoids it;
 * the names of a retired term are avoided in favour of the one that replaced it.
 * @public
 */
export function compileLexicon(glossary: Glossary, options: LexiconOptions = {}): Lexicon {
  const lang = primaryLanguage(glossary.lang ?? 'en');
  const trees = new Map<string, PhraseTree<Entry>>();
  const file = (term: TermDefinition, phrase: string, entry: Omit<Entry, 'word'>): void => {
    const language = primaryLanguage(term.lang ?? lang);
    const tree = trees.get(language) ?? new PhraseTree(language);
    trees.set(language, tree);
    const exact = isAcronym(phrase) ? { exact: visible(phrase) } : {};
    const filed = { word: phrase, ...exact, ...entry };
    for (const words of spellings(phrase)) tree.add(words, filed);
  };
  const terms = currentTerms(glossary).filter((t) => options.agreedOnly !== true || isAgreed(t));
  for (const term of terms) {
    for (const name of namesOf(term)) file(term, name, {});
    for (const { word, say, note, severity, forms } of term.avoid ?? []) {
      const advice: Advice = { key: term.id, say: say ?? term.term, ...(note === undefined ? {} : { note }) };
      const avoid = { severity: severity ?? (note === undefined ? 'warning' : 'info'), advice };
      for (const form of [word, ...(forms ?? [])]) file(term, form, { avoid });
    }
  }
  for (const { term: key, replacedBy } of glossary.retired ?? []) {
    const next = terms.find((t) => t.id === replacedBy);
    const advice = next === undefined ? {} : { advice: { key: next.id, say: next.term } };
    const names = new Map(glossary.terms.filter((t) => t.id === key).flatMap((t) => namesOf(t).map((n) => [n, t])));
    for (const [name, old] of names) file(old, name, { avoid: { severity: 'warning', ...advice } });
  }
  return { lang, trees };
}

/** One word without a small letter and with at least two capitals. */
function isAcronym(phrase: string): boolean {
  return /^[\p{Lu}\p{N}]*\p{Lu}[\p{Lu}\p{N}]*\p{Lu}[\p{Lu}\p{N}]*$/u.test(phrase);
}

/** A phrase as folded words; where it has a hyphen also written as one word. */
export function spellings(phrase: string): string[][] {
  const joined = phrase.replace(/(?<=\p{L})[-\u2010\u2011](?=\p{L})/gu, '');
  return (joined === phrase ? [phrase] : [phrase, joined]).map((text) => tokensOf(text).map((t) => t.folded));
}
