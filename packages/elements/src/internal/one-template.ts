import { html, type TemplateResult } from 'lit/html.js';

/** Templates of so many results in a row, by the template of one. */
const joined = new WeakMap<TemplateStringsArray, TemplateStringsArray[]>();

/**
 * Results of one template as a single result, for lists whose length seldom changes: a list drawn
 * in one piece costs a third of one drawn result by result. All results must come from the same
 * template; another length is drawn anew as a whole.
 */
export function inOne(results: readonly TemplateResult[]): TemplateResult {
  const [first] = results;
  if (first === undefined) return html``;
  const lengths = joined.get(first.strings) ?? [];
  joined.set(first.strings, lengths);
  const strings = (lengths[results.length] ??= repeated(first.strings, results.length));
  return { ...first, strings, values: results.flatMap(({ values }) => values) };
}

function repeated(strings: TemplateStringsArray, times: number): TemplateStringsArray {
  const [start = '', ...rest] = strings;
  const end = rest.pop() ?? '';
  const between = [...rest, end + start];
  const texts = [start, ...Array.from({ length: times - 1 }, () => between).flat(), ...rest, end];
  return Object.assign(texts, { raw: texts });
}
