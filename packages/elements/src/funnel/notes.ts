import type { FunnelEnvelope } from '@sama/metrics/contracts';
import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { Formats } from '../internal/format.ts';
import type { Controller } from '../internal/reactive.ts';
import { wear } from '../internal/sheets.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';
import type { DetailHost, Draw } from './detail-host.ts';
import { isBreak, type Mark, marksOf, saidOf, spanOf } from './marks.ts';
import { notesStyles } from './notes.styles.ts';

/** How many marks have room beside each other, by the class of the width. */
const SLOTS = { narrow: 7, mid: 14, wide: 28 } as const;
const DAY = 86_400_000;

const lanes = new WeakMap<DetailHost, Lane>();

/** Draws what is noted of the time of a funnel on a line below its rows. */
export function showNotes(host: DetailHost, draw: Draw, b: BehindWords): void {
  let lane = lanes.get(host);
  if (lane === undefined) {
    lane = new Lane(host);
    lanes.set(host, lane);
    host.addController(lane);
  }
  lane.show(draw, b);
}

/** As much of a note as a line of a picture holds. */
const LINES = /.{1,140}(?=\s|$)|\S{140}/gs;

/** All of it in words, in lines under what it is called; empty where nothing is noted. */
export function linesOf(envelope: FunnelEnvelope, f: Formats, b: BehindWords): string[] {
  const said = marksOf(envelope).map((mark) => {
    const { date, kind, whole } = saidOf(mark, f, b);
    return `${date} · ${kind}: ${whole}`;
  });
  return said.length === 0 ? [] : [b.happened, ...said].flatMap((line) => line.match(LINES) ?? []);
}

/** Marks that would lie over each other stand as one. */
export function groupsOf(marks: readonly Mark[], slots: number): Mark[][] {
  const groups: [Mark, ...Mark[]][] = [];
  for (const mark of marks) {
    const group = groups.at(-1);
    if (group !== undefined && (mark.place - group[0].place) * slots < 1) group.push(mark);
    else groups.push([mark]);
  }
  return groups;
}

/** The line of one funnel: one tab stop, walked by arrow keys; what is focused or pointed at says what it is. */
class Lane implements Controller {
  readonly #host: DetailHost;
  readonly #place = document.createElement('div');
  #draw: (() => void) | undefined;
  /** The mark that has the tab stop. */
  #active = 0;
  /** The mark that is told; none is -1. */
  #told = -1;

  constructor(host: DetailHost) {
    this.#host = host;
    this.#place.className = 'lane';
    const on = (type: string, act: (event: Event) => void): void => this.#place.addEventListener(type, act);
    on('click', ({ target }) => this.#tell(indexOf(target)));
    on('focusin', ({ target }) => this.#tell(indexOf(target)));
    on('pointerover', ({ target }) => this.#tell(indexOf(target)));
    on('pointerleave', () => this.#tell(-1, true));
    on('focusout', (event) => {
      const to = event instanceof FocusEvent ? event.relatedTarget : null;
      if (!(to instanceof Node && this.#place.contains(to))) this.#tell(-1, true);
    });
    on('keydown', (event) => event instanceof KeyboardEvent && this.#onKey(event));
  }

  hostConnected(): void {}
  hostDisconnected(): void {}

  hostUpdate(): void {
    if (!this.#host.answers.good?.annotation?.length) this.#place.remove();
  }

  show(draw: Draw, b: BehindWords): void {
    this.#draw = () => {
      const { renderRoot: root, rtl } = this.#host;
      wear(root, notesStyles);
      const chart = root.querySelector('.chart');
      const seen = this.#host.look();
      // In the table they have rows of their own.
      if (chart === null || seen === undefined) return this.#place.remove();
      const { envelope, f } = seen;
      if (this.#place.previousSibling !== chart) chart.after(this.#place);
      const size = root.querySelector('.sama')?.classList;
      const groups = groupsOf(
        marksOf(envelope),
        SLOTS[size?.contains('narrow') ? 'narrow' : size?.contains('mid') ? 'mid' : 'wide'],
      );
      this.#active = Math.min(this.#active, Math.max(groups.length - 1, 0));
      this.#place.hidden = groups.length === 0;
      this.#place.classList.toggle('rtl', rtl);
      draw(laneTemplate(envelope, groups, { f, b, active: this.#active, told: this.#told }), this.#place);
      for (const one of this.#place.querySelectorAll<HTMLElement>('[data-at]'))
        one.style.setProperty('--_at', one.dataset['at'] ?? '0');
    };
    this.#draw();
  }

  /** Tells a mark, or none; what is no mark changes nothing. */
  #tell(index: number, none = false): void {
    if (index < 0 && !none) return;
    if (index >= 0) this.#active = index;
    this.#told = index;
    this.#draw?.();
  }

  #onKey(event: KeyboardEvent): void {
    const last = this.#place.querySelectorAll('.mark').length - 1;
    const step = (this.#host.rtl ? -1 : 1) * ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0);
    const to = { Home: 0, End: last }[event.key] ?? (step === 0 ? -1 : this.#active + step);
    if (event.key === 'Escape' && this.#told >= 0) this.#tell(-1, true);
    else if (to < 0 || to > last || indexOf(event.target) < 0) return;
    else this.#place.querySelectorAll<HTMLElement>('.mark')[to]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Which mark it is; -1 for none. */
function indexOf(target: EventTarget | null): number {
  const mark = target instanceof Element ? target.closest<HTMLElement>('.mark') : null;
  return mark === null ? -1 : Number(mark.dataset['index']);
}

interface Telling {
  f: Formats;
  b: BehindWords;
  active: number;
  told: number;
}

function laneTemplate(
  envelope: FunnelEnvelope,
  groups: readonly Mark[][],
  { f, b, active, told }: Telling,
): TemplateResult {
  const { from, to } = spanOf(envelope);
  const end = (ms: number): string => f.date(new Date(ms).toISOString().slice(0, 10));
  const group = groups[told];
  const list = (marks: readonly Mark[]): TemplateResult[] => marks.map((mark) => itemTemplate(mark, f, b));
  return html`<div class="track" role="group" aria-label=${b.happened}>
      ${groups.map(
        (marks, i) =>
          html`<button
            class="mark ${marks.some(isBreak) ? 'break' : ''}"
            data-index=${i}
            data-at=${placeOf(marks)}
            tabindex=${i === active ? 0 : -1}
            aria-expanded=${i === told}
            aria-label=${marks.map((mark) => spokenOf(mark, f, b)).join(' ')}
          >
            ${marks.length === 1 ? glyph(marks[0]?.kind ?? '') : html`<span aria-hidden="true">${f.count(marks.length)}</span>`}
          </button>`,
      )}
    </div>
    <div class="between" aria-hidden="true">
      <span>${end(from)}</span><span>${b.happened}</span
      ><span>${end(to - (envelope.data?.period === undefined ? 0 : DAY))}</span>
    </div>
    ${
      group === undefined
        ? nothing
        : html`<ul class="told" role="list" data-at=${placeOf(group)} tabindex=${group.length > 1 ? 0 : nothing}>
            ${list(group)}
          </ul>`
    }
    <ul class="listed" role="list">
      ${groups.flatMap(list)}
    </ul>`;
}

const placeOf = ([first]: readonly Mark[]): string => String(Math.round((first?.place ?? 0) * 1e4) / 1e4);

/** A mark in words. */
export function itemTemplate(mark: Mark, f: Formats, b: BehindWords): TemplateResult {
  const { date, kind, text } = saidOf(mark, f, b);
  return html`<li>
    <b>${date}</b> ${kind}: <bdi>${text}</bdi>${isBreak(mark) ? html`<small>${b.broken}</small>` : nothing}
  </li>`;
}

function spokenOf(mark: Mark, f: Formats, b: BehindWords): string {
  const { date, kind, whole } = saidOf(mark, f, b);
  return `${date}, ${kind}: ${whole}`;
}

/** Each kind by its shape, so that it is told without colour. */
function glyph(kind: string): TemplateResult {
  const shapes: Readonly<Record<string, TemplateResult>> = {
    'definition-break': svg`<path class="cut" d="M12 0v24"></path><path d="M12 6l6 6-6 6-6-6z"></path>`,
    campaign: svg`<path d="M12 6.5l6 11H6z"></path>`,
    holiday: svg`<circle class="hollow" cx="12" cy="12" r="4.5"></circle>`,
    decision: svg`<path d="M7.5 7.5h9v9h-9z"></path>`,
  };
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${(Object.hasOwn(shapes, kind) ? shapes[kind] : undefined) ?? svg`<circle cx="12" cy="12" r="4.5"></circle>`}
  </svg>`;
}
