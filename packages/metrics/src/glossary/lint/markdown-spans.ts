import type { Span } from './mask.ts';

/** Code of a Markdown or plain text: fenced blocks, and stretches between equal runs of backticks in a paragraph. */
export function codeSpans(text: string): Span[] {
  const fences = fenceSpans(text);
  return [...fences, ...inlineSpans(text, fences)];
}

/** The lines of a text without their ends. */
function linesOf(text: string): { start: number; end: number; text: string }[] {
  return Array.from(text.matchAll(/[^\n]*(?:\n|$)/g), (m) => ({
    start: m.index,
    end: m.index + m[0].length,
    text: m[0].trimEnd(),
  })).filter((line) => line.end > line.start);
}

function fenceSpans(text: string): Span[] {
  const spans: Span[] = [];
  let open: { start: number; fence: string } | null = null;
  for (const line of linesOf(text)) {
    const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line.text)?.[1];
    if (open === null) {
      if (fence !== undefined) open = { start: line.start, fence };
    } else if (fence?.startsWith(open.fence) === true && line.text.trim() === fence) {
      spans.push({ start: open.start, end: line.end });
      open = null;
    }
  }
  // What is never closed is code to the end.
  if (open !== null) spans.push({ start: open.start, end: text.length });
  return spans;
}

function inlineSpans(text: string, fences: readonly Span[]): Span[] {
  const spans: Span[] = [];
  const runs = Array.from(text.matchAll(/`+|\n[^\S\n]*\n/g), (m) => ({ at: m.index, run: m[0] }));
  // For each run the next of equal length in its paragraph, found from the end so that each is looked at once.
  const closing = new Map<number, { at: number; run: string }>();
  const nearest = new Map<number, { at: number; run: string }>();
  for (const run of runs.toReversed()) {
    if (run.run.startsWith('\n')) nearest.clear();
    else {
      const close = nearest.get(run.run.length);
      if (close !== undefined) closing.set(run.at, close);
      nearest.set(run.run.length, run);
    }
  }
  let [after, fence] = [0, 0];
  for (const { at } of runs) {
    while ((fences[fence]?.end ?? Infinity) <= at) fence++;
    const close = closing.get(at);
    if (close === undefined || at < after || (fences[fence]?.start ?? Infinity) <= at) continue;
    after = close.at + close.run.length;
    spans.push({ start: at, end: after });
  }
  return spans;
}

/** Lines of a Markdown or mail quotation, which begin with `>`. */
export function quotedLines(text: string): Span[] {
  return linesOf(text).flatMap((line) => (/^ {0,3}>/.test(line.text) ? [{ start: line.start, end: line.end }] : []));
}
