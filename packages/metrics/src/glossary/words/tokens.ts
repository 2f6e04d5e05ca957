import { foldWord, visible } from './fold.ts';

/** A word of a text. Offsets are UTF-16 units, `end` excluded. */
export interface Token {
  start: number;
  end: number;
  /** As it stands, without characters that are not seen. */
  text: string;
  folded: string;
}

// An underscore joins: `lead_source` is a name of code, not two words.
const WORD =
  /[\p{L}\p{N}_][\p{L}\p{M}\p{N}_\u00AD\u200B-\u200D\u2060\uFEFF]*(?:['\u2019](?=\p{L})[\p{L}\p{M}\p{N}_\u00AD\u200B-\u200D\u2060\uFEFF]+)*/gu;

/** The words of a text, in order. Time grows with the length of the text. */
export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: visible(match[0]),
    folded: foldWord(match[0]),
  }));
}

const JOIN = /^(?:[^\S\r\n]*(?:\r?\n[^\S\r\n]*)?|[\u00AD]*[-\u2010-\u2013][\u00AD]*)$/u;

/** Whether two neighbouring words may belong to one phrase: blanks, one line end or a hyphen stand between. */
export function joins(text: string, before: Token, after: Token): boolean {
  return JOIN.test(text.slice(before.end, after.start));
}
