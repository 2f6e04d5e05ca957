import type { Severity } from '../../contracts/index.ts';
import { fillMessage } from '../../messages/fill.ts';
import { lintMessages } from '../../messages/glossary.ts';
import type { Advice } from './lexicon.ts';

/** A word of a text that is not to be said. @public */
export interface Finding {
  /** UTF-16 offsets in the text or the HTML source as given, `end` excluded. */
  start: number;
  end: number;
  /** From 1; columns in UTF-16 units. */
  line: number;
  column: number;
  /** As it is read: entities decoded, tags left out. Plain text, never HTML. */
  found: string;
  /** The word of the glossary it is a form of. */
  word: string;
  /** Of several pieces of advice the highest. */
  severity: Severity;
  /** What to say, one for each term that avoids the word; empty for a retired term without successor. */
  say: Advice[];
  /** Primary language subtag of the text around it. */
  lang: string;
}

/** A finding as an English sentence. @public */
export function findingText({ found, say }: Finding): string {
  if (say.length === 0) return fillMessage(lintMessages.retired, { found });
  const choices = say.map(({ say, note }) => (note === undefined ? `"${say}"` : `"${say}" (${note})`));
  return fillMessage(lintMessages.avoided, { found, say: choices.join(' or ') });
}

/** Gives offsets of a source their line and column, both from 1. A line ends with LF, CR LF or CR. */
export function lineFinder(source: string): (offset: number) => { line: number; column: number } {
  const starts = [0, ...Array.from(source.matchAll(/\r\n|\n|\r/g), (m) => m.index + m[0].length)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
