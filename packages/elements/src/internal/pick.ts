import { html, type TemplateResult } from 'lit/html.js';
import { chevronIcon } from './icons.ts';

/** What can be chosen: its value and how it is called. */
export interface Option {
  value: string;
  text: string;
}

/** Words of a sentence that can be chosen from a list; plain words where there is nothing to choose. */
export function pickTemplate(
  label: string,
  text: string,
  value: string,
  options: readonly Option[],
  onChoose: ((value: string) => void) | undefined,
): TemplateResult {
  if (onChoose === undefined || options.length < 2) return html`<b>${text}</b>`;
  const offered = options.some((option) => option.value === value) ? options : [{ value, text }, ...options];
  return html`<span class="pick"
    ><span aria-hidden="true">${text}</span>${chevronIcon()}<select
      aria-label=${label}
      @change=${(event: Event) => event.target instanceof HTMLSelectElement && onChoose(event.target.value)}
    >
      ${offered.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.text}</option>`)}
    </select></span
  >`;
}

/** A sentence with its `{slots}` filled. */
export function filled<Part>(sentence: string, slots: Record<string, () => Part>): (Part | string)[] {
  return sentence.split(/\{(\w+)\}/).map((part, i) => (i % 2 === 0 ? part : (slots[part]?.() ?? part)));
}
