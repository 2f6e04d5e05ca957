import type { Severity } from '../../contracts/index.ts';
import { tokensOf, type Token } from '../words/index.ts';
import type { Advice, Entry, Lexicon } from './lexicon.ts';

/** What the linters have in common. @public */
export interface LintOptions {
  /** The language of the text, where it does not say so itself. Default: the glossary's. */
  lang?: string;
  /** The least severity reported. Default `info`: everything. */
  severity?: Severity;
  /** Whether code is read: backticks and fences, or the elements for it. Default `skip`. */
  code?: 'skip' | 'check';
  /** Whether quotations are read: in quotation marks, `>` lines, or the elements for it. Default `skip`. */
  quotes?: 'skip' | 'check';
}

/** A word found in a text, with offsets of that text. */
export interface Found {
  start: number;
  end: number;
  word: string;
  severity: Severity;
  say: Advice[];
}

const WEIGHT: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/**
 * The words of a text that the lexicon avoids, leftmost and longest first, none overlapping: `lead
 * score` is one finding, and `MQL` within the name of a term is none.
 */
export function findWords(text: string, lexicon: Lexicon, lang: string, least: Severity = 'info'): Found[] {
  const tree = lexicon.trees.get(lang);
  if (tree === undefined) return [];
  const tokens = tokensOf(text);
  const found: Found[] = [];
  for (let i = 0; i < tokens.length;) {
    const match = tree.longest(text, tokens, i, written);
    const [first, last] = [tokens[i], tokens[(match?.to ?? i + 1) - 1]];
    if (match !== null && first !== undefined && last !== undefined) {
      const verdict = verdictOf(match.values);
      if (verdict !== null && WEIGHT[verdict.severity] >= WEIGHT[least])
        found.push({ start: first.start, end: last.end, ...verdict });
    }
    i = match?.to ?? i + 1;
  }
  return found;
}

/** Of the entries under a phrase those that the spelling in the text fits. */
function written(entries: readonly Entry[], token: Token, single: boolean): readonly Entry[] {
  return single ? entries.filter((e) => e.exact === undefined || token.text.startsWith(e.exact)) : entries;
}

/** Null for a name; it may be said. */
function verdictOf(entries: readonly Entry[]): Pick<Found, 'word' | 'severity' | 'say'> | null {
  const avoided = entries.flatMap((e) => (e.avoid === undefined ? [] : [e.avoid]));
  const [entry] = entries;
  if (entry === undefined || avoided.length < entries.length) return null;
  const severity = avoided.map((a) => a.severity).reduce((a, b) => (WEIGHT[b] > WEIGHT[a] ? b : a));
  const say = avoided.flatMap((a) => (a.advice === undefined ? [] : [a.advice]));
  return { word: entry.word, severity, say };
}
