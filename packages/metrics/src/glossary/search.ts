import type { Glossary, TermDefinition } from '../contracts/index.ts';
import { currentTerms, namesOf } from './current.ts';
import { plainWord, tokensOf } from './words/index.ts';

/** What of a term a search met, the strongest first. @public */
export type MetBy = 'name' | 'synonym' | 'avoided' | 'definition';

/** A term that a search found, and by which of its words. @public */
export interface SearchResult {
  term: TermDefinition;
  met: MetBy;
  /** Set where a word not to be said was met: the word, what to say, and when it is wrong. */
  redirect?: { word: string; say: string; note?: string };
}

interface Line {
  term: TermDefinition;
  met: MetBy;
  words: string[];
  /** Ranks behind every name: the words of a definition, and a word to avoid that is another term's name. */
  behind: boolean;
  redirect?: SearchResult['redirect'];
}

/** A glossary made ready for search. @public */
export interface SearchIndex {
  lines: readonly Line[];
}

const wordsOf = (text: string): string[] => tokensOf(text).map((t) => plainWord(t.text));

/** Makes a glossary ready for `searchGlossary`. Of each term the version in force is found, else the newest. @public */
export function compileSearch(glossary: Glossary): SearchIndex {
  const terms = currentTerms(glossary);
  const names = new Set(terms.flatMap(namesOf).map((name) => wordsOf(name).join(' ')));
  return {
    lines: terms.flatMap((term): Line[] => {
      const [name = '', ...others] = namesOf(term);
      const abbreviation = term.abbreviation === undefined ? 0 : 1;
      return [
        { term, met: 'name', words: wordsOf(name), behind: false },
        { term, met: 'name', words: wordsOf(term.id), behind: false },
        ...others.map((other, i): Line => {
          return { term, met: i < abbreviation ? 'name' : 'synonym', words: wordsOf(other), behind: false };
        }),
        ...(term.avoid ?? []).flatMap(({ word, forms, say, note }) =>
          [word, ...(forms ?? [])].map((form): Line => {
            const redirect = { word, say: say ?? term.term, ...(note === undefined ? {} : { note }) };
            const words = wordsOf(form);
            return { term, met: 'avoided', words, behind: names.has(words.join(' ')), redirect };
          }),
        ),
        { term, met: 'definition', words: wordsOf([term.definition, ...(term.ties ?? [])].join(' ')), behind: true },
      ];
    }),
  };
}

/** How well words meet a query; the smaller the better. */
const WHOLE = 0;
const BEGINNING = 1;
const WITHIN = 2;

const MET: readonly MetBy[] = ['name', 'synonym', 'avoided', 'definition'];

/**
 * Finds terms by name, key, abbreviation, synonym, by words not to be said (with a redirect) and by the
 * words of the definition. Every word of the query has to be met, the last one by its beginning; case,
 * accents and a regular plural do not matter. What is met as a whole comes before what is met in part, then by what was
 * met, then by name; definitions, and a word to avoid that is another term's name, come last. Each term comes once, by its best line. An empty query gives every term by name.
 * @public
 */
export function searchGlossary(index: SearchIndex, query: string, limit = 20): SearchResult[] {
  const words = wordsOf(query);
  // Begins the singular, if it is a plural.
  const stems = words.map((word) => word.replace(/(ie)?s$/, ''));
  const best = new Map<string, { line: Line; rank: number }>();
  for (const line of index.lines) {
    const how = words.length === 0 ? WHOLE : (fit(words, line.words) ?? fit(stems, line.words));
    const rank = how === null ? Infinity : (line.behind ? WITHIN : how) * MET.length + MET.indexOf(line.met);
    if (rank < (best.get(line.term.id)?.rank ?? Infinity)) best.set(line.term.id, { line, rank });
  }
  return [...best.values()]
    .toSorted((a, b) => a.rank - b.rank || a.line.term.term.localeCompare(b.line.term.term, 'en'))
    .slice(0, limit)
    .map(({ line: { term, met, redirect } }) => ({ term, met, ...(redirect === undefined ? {} : { redirect }) }));
}

function fit(query: readonly string[], words: readonly string[]): number | null {
  const begins = query.every((word, i) =>
    i === query.length - 1 ? words[i]?.startsWith(word) === true : words[i] === word,
  );
  if (begins) return words.length === query.length && words.at(-1) === query.at(-1) ? WHOLE : BEGINNING;
  const last = query.at(-1) ?? '';
  const within = query.slice(0, -1).every((w) => words.includes(w)) && words.some((w) => w.startsWith(last));
  return within ? WITHIN : null;
}
