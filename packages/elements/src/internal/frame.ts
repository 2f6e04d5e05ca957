import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Action } from './action.ts';
import { moreIcon } from './icons.ts';
import type { Later } from './later.ts';
import type * as menus from './menu.ts';
import type { CoreWords as Words } from '../locale/en/core.ts';

export type Part = TemplateResult | typeof nothing | string;

/** What stands in the frame of an element, from the top. */
export interface Frame {
  t: Words;
  title: string;
  /** How wide the element is. */
  size: 'narrow' | 'mid' | 'wide';
  /** Classes: `rtl` where the page runs from the right, `run` where the words do; theme and density. */
  looks: string;
  busy: boolean;
  /** The paragraph for those who hear the element; empty without data. */
  summary?: string;
  finding?: Part | undefined;
  /** Of the state: what failed, what is out of date, what is limited. */
  banners: readonly Part[];
  controls?: Part | undefined;
  body?: Part;
  notes?: Part;
  footer?: readonly (Part | undefined)[] | undefined;
  /** What was just done, said once. */
  said: string | undefined;
  /** Beside the title, in place of the view. */
  tools?: Part;
  /** Absent when there is nothing to show as a table. */
  view?: { toggle: string; icon: TemplateResult; onToggle: () => void; menu: Part };
  onKey: (event: KeyboardEvent) => void;
  /** What is loaded when the reader comes near, with the pointer or the focus. */
  later: Pick<Later<unknown>, 'near'> | undefined;
}

/** A sentence with its weighty parts marked. */
export const sentenceTemplate = (parts: readonly { text: string; strong?: boolean }[]): TemplateResult =>
  html`${parts.map(({ text, strong }) => (strong ? html`<b>${text}</b>` : text))}`;

/** The frame every element shares: title and actions, finding, states, controls, body, notes, footer. */
export function frameTemplate(frame: Frame): TemplateResult {
  const { title, view, footer = [] } = frame;
  const quiet = footer.filter((part) => part !== nothing && part);
  return html`<figure
    class="sama ${frame.size} ${frame.looks}"
    part="frame"
    aria-labelledby="title"
    aria-busy=${frame.busy}
    @keydown=${frame.onKey}
    @pointerenter=${frame.later?.near}
    @focusin=${frame.later?.near}
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

const actionsTemplate = (
  { size }: Frame,
  { toggle, icon, onToggle, menu }: NonNullable<Frame['view']>,
): TemplateResult =>
  html`<div class="actions">
    <button class="action toggle" aria-label=${toggle} @click=${onToggle}>
      ${icon}${size === 'narrow' ? nothing : html`<span>${toggle}</span>`}
    </button>
    ${menu}
  </div>`;

/** What a menu needs once it is opened. */
export type Menus = Pick<typeof menus, 'itemsTemplate' | 'onMenu'>;

/** A menu of what is seldom done, behind a button of its own where one is given; what it holds is loaded later. */
export function menuTemplate<Part extends Menus>(
  later: Pick<Later<Part>, 'part' | 'do'>,
  t: Pick<Words, 'more'>,
  actionsOf: (part: Part) => readonly Action[],
  button: TemplateResult = moreIcon(),
  label = t.more,
): TemplateResult {
  const { part } = later;
  const heard = (event: Event): void => {
    const { currentTarget: menu, target } = event;
    // A closed one hears only the press that opens it.
    if (menu instanceof HTMLDetailsElement && (menu.open || event.type === 'click'))
      void later.do(({ onMenu }) => onMenu(menu, target, event));
  };
  return html`<details class="menu" @focusout=${heard} @keydown=${heard} @click=${heard}>
    <summary class="action" aria-label=${label}>${button}</summary>
    <div class="items">${part?.itemsTemplate(actionsOf(part))}</div>
  </details>`;
}
