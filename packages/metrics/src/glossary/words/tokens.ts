import { foldWord, visible } from './fold.ts';

/** A word of a text. Offsets are UTF-16 units, `end` excluded. */
export interface Token {
  start: number;
  end: number;
  /** As it stands, without characters that are not seen. */
  text: string;
  folded: string;
}

// An underscore within joins: `lead_source` is a name of code, not two words.
const WORD =
  /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}\u00AD\u200B-\u200D\u2060\uFEFF]|_+(?=[\p{L}\p{N}])|['\u2019](?=\p{L}))*/gu;

/** The words of a text, in order. Time grows with the length of the text. */
export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: visible(match[0]),
    folded: foldWord(match[0]),
  }));
}

// The stars and underscores are those of Markdown's emphasis.
const JOIN = /^[*_]{0,3}(?:[^\S\r\n]+(?:\r?\n[^\S\r\n]*)?|\r?\n[^\S\r\n]*|[-\u2010-\u2013])[*_]{0,3}$/u;

/** Whether two neighbouring words may belong to one phrase: blanks, one line end or a hyphen stand between. */
export function joins(text: string, before: Token, after: Token): boolean {
  return JOIN.test(visible(text.slice(before.end, after.start)));
}
