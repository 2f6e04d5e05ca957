import type { Glossary, TermDefinition } from '../contracts/index.ts';
import { currentTerms, namesOf } from './current.ts';
import { plainWord, tokensOf } from './words/index.ts';

/** What of a term a search met, the strongest first. */
export type MetBy = 'name' | 'synonym' | 'avoided' | 'definition';

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
  redirect?: SearchResult['redirect'];
}

/** A glossary made ready for search. */
export interface SearchIndex {
  lines: readonly Line[];
}

const wordsOf = (text: string): string[] => tokensOf(text).map((t) => plainWord(t.text));

/** Makes a glossary ready for `searchGlossary`. Of each term the version in force is found, else the newest. */
export function compileSearch(glossary: Glossary): SearchIndex {
  return {
    lines: currentTerms(glossary).flatMap((term): Line[] => {
      const [name, ...others] = namesOf(term);
      const abbreviation = term.abbreviation === undefined ? 0 : 1;
      return [
        { term, met: 'name', words: wordsOf(name ?? '') },
        { term, met: 'name', words: wordsOf(term.id) },
        ...others.map((other, i): Line => ({
          term,
          met: i < abbreviation ? 'name' : 'synonym',
          words: wordsOf(other),
        })),
        ...(term.avoid ?? []).flatMap(({ word, forms, say, note }) =>
          [word, ...(forms ?? [])].map((form): Line => {
            const redirect = { word, say: say ?? term.term, ...(note === undefined ? {} : { note }) };
            return { term, met: 'avoided', words: wordsOf(form), redirect };
          }),
        ),
        { term, met: 'definition', words: wordsOf([term.definition, ...(term.ties ?? [])].join(' ')) },
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
 * words of the definition. Every word of the query has to be met, the last one by its beginning; case
 * and accents do not matter. A line met as a whole comes before one met in part, then by what was met,
 * then by name. Each term comes once, by its best line. An empty query gives every term by name.
 */
export function searchGlossary(index: SearchIndex, query: string, limit = 20): SearchResult[] {
  const words = wordsOf(query);
  const best = new Map<string, { line: Line; rank: number }>();
  for (const line of index.lines) {
    const how = words.length === 0 ? WHOLE : fit(words, line.words);
    const rank =
      how === null ? Infinity : (line.met === 'definition' ? WITHIN : how) * MET.length + MET.indexOf(line.met);
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
