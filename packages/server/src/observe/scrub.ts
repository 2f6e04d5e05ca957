import { plain } from '../cli/text/table.ts';

const LONGEST = 500;

/** What names a person or lets somebody in, and what stands in its place. In this order. */
const HIDDEN: readonly (readonly [RegExp, string])[] = [
  [/(\w+:\/\/)[^\s/@]*@/gu, '$1***@'],
  [/[^\s@<>"'(),;:=]+@[^\s@<>"'(),;:]+\.[^\s@<>"'(),;:.]{2,}/gu, '[address]'],
  [/\beyJ[\w-]*\.[\w-]+(\.[\w-]*)?/gu, '[token]'],
  [/\bsama_[\w-]{20,}/gu, '[key]'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/giu, '$1 [token]'],
];

/** What the engines say of values: `Conversion Error: Could not convert string 'Jo Doe'`. */
const OF_AN_ENGINE = /^(\w+ )+Error: |^invalid input |^duplicate key |^value too long /u;
const QUOTED = /'[^']*'|"[^"]*"/gu;

/**
 * A text for a log: its first line, without mail addresses, tokens, keys and passwords of addresses, without values that
 * an engine quotes, and without anything a terminal or another line of the log could be made of.
 */
export function scrubbed(text: string): string {
  const [first = ''] = text.split(/[\r\n]+/u, 1);
  const bare = OF_AN_ENGINE.test(first) ? first.replace(QUOTED, "'…'") : first;
  const clean = HIDDEN.reduce((now, [pattern, put]) => now.replace(pattern, put), plain(bare));
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}
