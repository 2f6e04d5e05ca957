import { harmless } from '../internal/harmless.ts';
import type { HandoffRow } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { badIcon, checkIcon, warnIcon } from '../internal/icons.ts';
import type { Moments } from '../internal/moments.ts';
import type { QueueWords } from '../locale/index.ts';
import { clockText, type ClockText } from './clock.ts';
import type { Mark } from './leads.ts';

/** What the drawing of a lead needs of the world. */
export interface Speech {
  m: Moments;
  t: QueueWords;
  /** Milliseconds, by the clock of the source. */
  now: number;
  masked: boolean;
  count: (n: number) => string;
}

/** A lead by the name this reader may see. */
export const nameOf = ({ name }: Pick<HandoffRow, 'name'>, { t, masked }: Pick<Speech, 't' | 'masked'>): string =>
  name === null ? (masked ? t.nameHidden : t.noName) : harmless(name);

/** The tile of a rating: filled, tinted or outlined by its grade. */
export const tileTemplate = (rating: string | null, t: QueueWords): TemplateResult =>
  html`<span class="tile ${rating?.[0] ?? ''}"
    >${rating ?? html`<span aria-hidden="true">–</span><span class="vh">${t.unrated}</span>`}</span
  >`;

const toneIcon = (tone: ClockText['tone']): TemplateResult | typeof nothing =>
  tone === 'bad' ? badIcon() : tone === 'warn' ? warnIcon() : nothing;

/** A clock; its text ticks without being drawn anew, by `data-row`. */
const clockTemplate = ({ tone, text }: ClockText, row: string): TemplateResult =>
  html`<span class="clock ${tone}">${toneIcon(tone)}<span data-tick=${row} .textContent=${text}></span></span>`;

/** What was done with a lead, in place of why it is here. */
export function markText({ state, type, by = '', at }: Mark, { m, t, now }: Pick<Speech, 'm' | 't' | 'now'>): string {
  const what = t.past[type] ?? type;
  return state === 'taken' ? t.takenBy(what, harmless(by), m.ago(new Date(at).toISOString(), now)) : what;
}

export interface RowState {
  index: number;
  active: boolean;
  picked: boolean;
  picking: boolean;
  mark: Mark | undefined;
}

/** One lead of the list. */
export function rowTemplate(row: HandoffRow | undefined, state: RowState, speech: Speech): TemplateResult {
  const { index, active, picked, picking, mark } = state;
  const { m, t, now } = speech;
  if (row === undefined)
    return html`<div role="row" class="row" id="row${index}" aria-rowindex=${index + 1} data-index=${index}>
      <span role="gridcell" class="wait" aria-label=${t.awaited}></span>
    </div>`;
  const { role, company, why, rating, clock, id } = row;
  const sub = [role, company].filter((part) => part !== null).map(harmless);
  return html`<div
    role="row"
    class="row ${active ? 'active' : ''} ${mark === undefined ? '' : 'past'}"
    part="row"
    id="row${index}"
    aria-rowindex=${index + 1}
    aria-selected=${picked}
    aria-current=${active ? 'true' : nothing}
    data-index=${index}
  >
    <span role="gridcell"
      >${
        picking ? html`<span class="tick ${picked ? 'on' : ''}">${picked ? checkIcon() : nothing}</span>` : nothing
      }${tileTemplate(rating, t)}</span
    >
    <span role="gridcell" class="lead">
      <b dir="auto">${nameOf(row, speech)}</b>
      <span class="sub" dir="auto">${sub.join(' · ')}</span>
      <span class="why" dir="auto"
        >${
          mark === undefined
            ? why === null
              ? nothing
              : html`<bdi>${harmless(why.what)}</bdi> · ${m.ago(why.at, now)}`
            : html`${checkIcon()}<span data-tick="mark:${id}" .textContent=${markText(mark, speech)}></span>`
        }</span
      >
    </span>
    <span role="gridcell">${mark === undefined ? clockTemplate(clockText(clock, now, speech), id) : nothing}</span>
  </div>`;
}
