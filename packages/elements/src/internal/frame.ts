import { html, nothing, type TemplateResult } from 'lit/html.js';
import { chartIcon, moreIcon, tableIcon } from './icons.ts';
import type { CoreWords as Words } from '../locale/en/core.ts';

export type Part = TemplateResult | typeof nothing | string;

/** What stands in the frame of an element, from the top. */
export interface Frame {
  t: Words;
  title: string;
  /** How wide the element is. */
  size: 'narrow' | 'mid' | 'wide';
  /** Classes: `rtl` where the page runs from the right, `run` where the words do. */
  direction: string;
  busy: boolean;
  /** The paragraph for those who hear the element; empty without data. */
  summary?: string;
  finding?: Part | undefined;
  /** Of the state: what failed, what is out of date, what is limited. */
  banners: readonly Part[];
  controls?: Part;
  body?: Part;
  notes?: Part;
  footer?: readonly (Part | undefined)[] | undefined;
  /** What was just done, said once. */
  said: string | undefined;
  /** Beside the title, in place of the view. */
  tools?: Part;
  /** Absent when there is nothing to show as a table. */
  view?: { table: boolean; onToggle: () => void; actions: readonly Action[] };
  onKey: (event: KeyboardEvent) => void;
  /** The reader came near, with the pointer or the focus. */
  onNear: (() => void) | undefined;
}

/** A sentence with its weighty parts marked. */
export const sentenceTemplate = (parts: readonly { text: string; strong?: boolean }[]): TemplateResult =>
  html`${parts.map(({ text, strong }) => (strong ? html`<b>${text}</b>` : text))}`;

/** The frame every element shares: title and actions, finding, states, controls, body, notes, footer. */
export function frameTemplate(frame: Frame): TemplateResult {
  const { title, view, footer = [] } = frame;
  const quiet = footer.filter((part) => part !== nothing && part);
  return html`<figure
    class="sama ${frame.size} ${frame.direction}"
    part="frame"
    aria-labelledby="title"
    aria-busy=${frame.busy}
    @keydown=${frame.onKey}
    @pointerenter=${frame.onNear}
    @focusin=${frame.onNear}
  >
    <figcaption class="top">
      <span class="title" id="title" part="title">${title}</span>
      ${view === undefined ? (frame.tools ?? nothing) : actionsTemplate(frame, view)}
    </figcaption>
    ${frame.finding ? html`<p class="finding" part="finding">${frame.finding}</p>` : nothing}
    ${frame.summary ? html`<p class="vh" id="summary">${frame.summary}</p>` : nothing}
    <div role="status">${frame.banners}<span class="vh">${frame.said}</span></div>
    ${frame.controls}${frame.body}${frame.notes} ${quiet.length === 0 ? nothing : footTemplate(quiet)}
  </figure>`;
}

/** The line below. */
export const footTemplate = (parts: readonly (Part | undefined)[]): TemplateResult =>
  html`<div class="foot" part="footer">${parts.map((part) => html`<span>${part}</span>`)}</div>`;

function actionsTemplate({ t, size }: Frame, view: NonNullable<Frame['view']>): TemplateResult {
  const toggle = view.table ? t.chart : t.table;
  return html`<div class="actions">
    <button class="action toggle" aria-label=${toggle} @click=${view.onToggle}>
      ${view.table ? chartIcon() : tableIcon()}${size === 'narrow' ? nothing : html`<span>${toggle}</span>`}
    </button>
    ${menuTemplate(t, view.actions)}
  </div>`;
}

/** What can be done. */
export interface Action {
  text: string;
  run: () => void;
}

/** A menu of what is seldom done, behind a button of its own where one is given. */
export function menuTemplate(
  t: Pick<Words, 'more'>,
  actions: readonly Action[],
  button: Part = moreIcon(),
  label = t.more,
): TemplateResult {
  return html`<details class="menu" @focusout=${onMenu} @keydown=${onMenu} @click=${onMenu}>
    <summary class="action" aria-label=${label}>${button}</summary>
    <div class="items">${actions.map(({ text, run }) => html`<button @click=${run}>${text}</button>`)}</div>
  </details>`;
}

/** Closes the menu when the focus has left it, on Escape, and after a choice; the arrows walk it. */
function onMenu(event: Event): void {
  const { currentTarget: menu, target } = event;
  if (!(menu instanceof HTMLDetailsElement) || !menu.open) return;
  const key = event instanceof KeyboardEvent ? event.key : '';
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) {
    event.preventDefault();
    const stops = [...menu.querySelectorAll<HTMLElement>('summary, button')];
    const at = stops.findIndex((stop) => stop === target) + step;
    stops.at(at % stops.length)?.focus();
  }
  const left =
    event instanceof FocusEvent && !(event.relatedTarget instanceof Node && menu.contains(event.relatedTarget));
  const chosen = event.type === 'click' && target instanceof Element && target.closest('.items') !== null;
  const done = key === 'Escape' || chosen;
  // Before the button that has it is hidden, and the focus lost with it.
  if (done) menu.querySelector('summary')?.focus();
  if (done || left) menu.open = false;
}
