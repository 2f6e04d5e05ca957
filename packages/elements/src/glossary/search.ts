import type { GlossaryList, TermLine } from '@sama/metrics/contracts';
import { compileSearch, type SearchIndex, type SearchResult, searchGlossary } from '@sama/metrics/glossary';

/** What a search found: the lines, the best first, and what to say where a word is not to be said. */
export interface Found {
  lines: readonly TermLine[];
  redirect: SearchResult['redirect'];
}

/** Searches the terms at hand, so that each key is answered at once. */
export class TermSearch {
  #of: GlossaryList | undefined;
  #index: SearchIndex | undefined;

  find(list: GlossaryList, query: string): Found {
    if (query.trim() === '') return { lines: list.terms, redirect: undefined };
    if (this.#of !== list) {
      this.#of = list;
      this.#index = compileSearch({
        v: 1,
        kind: 'glossary',
        lang: list.lang,
        terms: list.terms.map(({ term }) => term),
      });
    }
    const found = this.#index === undefined ? [] : searchGlossary(this.#index, query, list.terms.length);
    const byKey = new Map(list.terms.map((line) => [line.key, line]));
    return { lines: found.flatMap(({ term }) => byKey.get(term.id) ?? []), redirect: found[0]?.redirect };
  }
}
