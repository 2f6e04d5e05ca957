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

/** What is known of these, in a line. */
export const lineOf = (parts: readonly (string | null | undefined)[], between = ' · '): string =>
  parts.flatMap((part) => (part ? harmless(part) : [])).join(between);

/** The key of what a button does, which its name does not say. */
export const keyTemplate = (key: string | undefined): TemplateResult | undefined =>
  key === undefined ? undefined : html`<kbd aria-hidden="true">${key.toUpperCase()}</kbd>`;

/** The tile of a rating: filled, tinted or outlined by its grade. */
export const tileTemplate = (rating: string | null, t: QueueWords): TemplateResult =>
  html`<span class="tile ${rating?.[0] ?? ''}"
    >${rating ?? html`<span aria-hidden="true">–</span><span class="vh">${t.unrated}</span>`}</span
  >`;

/** A clock; its text ticks without being drawn anew, by its key. */
export const clockTemplate = ({ tone, text }: ClockText, key: string): TemplateResult =>
  html`<span class="clock ${tone}"
    >${tone === 'bad' ? badIcon() : tone === 'warn' ? warnIcon() : nothing}<span
      data-tick=${key}
      .textContent=${text}
    ></span
  ></span>`;

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

/** One lead of the list, or a place that waits for one. */
export function rowTemplate(row: HandoffRow | undefined, state: RowState, speech: Speech): TemplateResult {
  const { index, active, picked, mark } = state;
  return html`<div
    role="row"
    class="row ${active ? 'active' : ''} ${mark ? 'past' : ''}"
    part="row"
    id="row${index}"
    aria-rowindex=${index + 1}
    aria-selected=${picked}
    aria-current=${active ? 'true' : nothing}
    data-index=${index}
  >
    ${
      row
        ? cellsTemplate(row, state, speech)
        : html`<span role="gridcell" class="wait" aria-label=${speech.t.awaited}></span>`
    }
  </div>`;
}

function cellsTemplate(row: HandoffRow, { picked, picking, mark }: RowState, speech: Speech): TemplateResult {
  const { m, t, now } = speech;
  const { role, company, why, rating, clock, id } = row;
  return html`<span role="gridcell"
      >${
        picking ? html`<span class="tick ${picked ? 'on' : ''}">${picked ? checkIcon() : nothing}</span>` : nothing
      }${tileTemplate(rating, t)}</span
    >
    <span role="gridcell" class="lead">
      <b dir="auto">${nameOf(row, speech)}</b>
      <span class="sub" dir="auto">${lineOf([role, company])}</span>
      <span class="why" dir="auto"
        >${
          mark
            ? html`${checkIcon()}<span data-tick=${id} .textContent=${markText(mark, speech)}></span>`
            : why && html`<bdi>${harmless(why.what)}</bdi> · ${m.ago(why.at, now)}`
        }</span
      >
    </span>
    <span role="gridcell">${mark ? nothing : clockTemplate(clockText(clock, now, speech), id)}</span>`;
}
