/** Stands for a character that is not read. It is no part of a word and no blank, so it also ends a phrase. */
export const MASKED = '\u0000';
/** Stands between two blocks of a document: what ends a phrase and a paragraph. */
export const BLOCK_END = '\uE000';

/** A stretch of a text; `end` excluded. */
export interface Span {
  start: number;
  end: number;
}

/** The text with these stretches made unreadable; offsets stay. */
export function mask(text: string, spans: readonly Span[]): string {
  let [result, at] = ['', 0];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    result += text.slice(at, from) + MASKED.repeat(end - from);
    at = end;
  }
  return result + text.slice(at);
}

// A mail address begins where no character of one stands before, so that a long run is looked at once.
const ADDRESS =
  /\b(?:https?|ftp):\/\/[^\s<>"]+|\bmailto:[^\s<>"]+|\bwww\.[^\s<>"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/giu;
const MERGE_FIELD = /\{\{[^{}]*\}\}|\{%[^%]*%\}/g;

/** Web and mail addresses and the fields of a mail template (`{{lead.source}}`), which are no words of a writer. */
export function machineSpans(text: string): Span[] {
  return [ADDRESS, MERGE_FIELD].flatMap((pattern) => Array.from(text.matchAll(pattern), spanOf));
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}

const PARAGRAPH_END = /\n[^\S\n]*\n|\uE000/g;
/** Opening marks and what may close each. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  '\u201C': '\u201D',
  '\u201E': '\u201C\u201D',
  '\u00AB': '\u00BB',
  '\u00BB': '\u00AB',
};

/** Stretches in double quotation marks, within a paragraph. A mark after a digit is an inch. */
export function quoteSpans(text: string): Span[] {
  const spans: Span[] = [];
  const ends = [...Array.from(text.matchAll(PARAGRAPH_END), (m) => m.index), text.length];
  const closing = new Map(Object.values(QUOTES).map((marks) => [marks, nextOf(text, marks)]));
  let paragraph = 0;
  for (const { index, 0: mark } of text.matchAll(/["\u201C\u201E\u00AB\u00BB]/g)) {
    if (index < (spans.at(-1)?.end ?? 0) || (mark === '"' && /\d/.test(text[index - 1] ?? ''))) continue;
    while ((ends[paragraph] ?? text.length) < index) paragraph++;
    const close = closing.get(QUOTES[mark] ?? '')?.(index + 1) ?? -1;
    if (close !== -1 && close < (ends[paragraph] ?? text.length)) spans.push({ start: index, end: close + 1 });
  }
  return spans;
}

/** Finds the next of some characters from an offset on. Offsets may only grow, so a text is read once. */
function nextOf(text: string, marks: string): (from: number) => number {
  const pattern = new RegExp(`[${marks}]`, 'g');
  let next = 0;
  return (from) => {
    if (next !== -1 && next < from) {
      pattern.lastIndex = from;
      next = pattern.exec(text)?.index ?? -1;
    }
    return next;
  };
}
