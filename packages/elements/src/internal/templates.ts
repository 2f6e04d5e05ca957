import type { TemplateResult } from 'lit/html.js';

// Stands in for lit-html in single files that only make templates: whoever draws them has it.
const maker =
  (type: 1 | 2) =>
  (strings: TemplateStringsArray, ...values: unknown[]) =>
    ({ _$litType$: type, strings, values }) satisfies TemplateResult;

export const html = maker(1);
export const svg = maker(2);
export const nothing = Symbol.for('lit-nothing');
