import { baseForms } from './inflect.ts';
import { joins, type Token } from './tokens.ts';

interface Node<T> {
  next: Map<string, Node<T>>;
  values: T[];
}

/** A phrase found in a text: its words `from` to `to` (excluded) and what was filed under it. */
export interface PhraseMatch<T> {
  from: number;
  to: number;
  values: readonly T[];
}

/** Phrases by their words, so that a text is read once however many there are. */
export class PhraseTree<T> {
  readonly #root: Node<T> = { next: new Map(), values: [] };
  readonly #lang: string;

  /** @param lang primary language subtag; it decides how the last word of a phrase may be inflected. */
  constructor(lang: string) {
    this.#lang = lang;
  }

  /** Files a value under folded words. */
  add(words: readonly string[], value: T): void {
    let node = this.#root;
    for (const word of words) {
      let next = node.next.get(word);
      if (next === undefined) node.next.set(word, (next = { next: new Map(), values: [] }));
      node = next;
    }
    if (!node.values.includes(value)) node.values.push(value);
  }

  /**
   * The longest phrase that begins at a word and that `accept` takes, or null.
   *
   * @param accept what of the values counts for these words of the text; none passes the phrase over.
   */
  longest(
    text: string,
    tokens: readonly Token[],
    from: number,
    accept: (values: readonly T[], last: Token, single: boolean) => readonly T[],
  ): PhraseMatch<T> | null {
    let found: PhraseMatch<T> | null = null;
    let node: Node<T> | undefined = this.#root;
    for (let i = from; node !== undefined; i++) {
      const token = tokens[i];
      const before = tokens[i - 1];
      if (token === undefined) break;
      if (i > from && before !== undefined && !joins(text, before, token)) break;
      for (const form of baseForms(token.folded, this.#lang)) {
        const values = accept(node.next.get(form)?.values ?? [], token, i === from);
        if (values.length > 0) {
          found = { from, to: i + 1, values };
          break;
        }
      }
      node = node.next.get(token.folded);
    }
    return found;
  }
}
