import type { DataSource, FunnelEnvelope, FunnelQuestion } from '@sama/metrics/contracts';
import { nothing } from 'lit/html.js';
import { colorsOf } from '../internal/colors.ts';
import type { Formats } from '../internal/format.ts';
import { fileName, saveFile } from '../internal/hand-out.ts';
import type { ReactiveElement } from '../internal/reactive.ts';
import { funnelDetail } from '../locale/en/funnel-detail.ts';
import type { FunnelWords } from '../locale/index.ts';
import { keepWords, wordsIn } from '../locale/registered.ts';
import { behindIn } from '../locale/behind-part.ts';
import { wear } from '../internal/sheets.ts';
import { dress } from '../internal/table-view.ts';
import { detailStyles } from './detail.styles.ts';
import type { LeakDetail, ReasonDetail } from './events.ts';
import type { Chart } from './model.ts';
import { type Differ, isLoss, type List, openedOf, textOf } from './opened.ts';
import { panelTemplate, type Opened } from './panel.ts';
import { Behind } from './behind.ts';
import { findingOf } from './summary.ts';
import { svgOf } from './svg.ts';

export * from '../internal/table-view.ts';
export { tableOf } from './table.ts';

/** A funnel, as its details see it. */
export interface DetailHost extends ReactiveElement {
  readonly question: FunnelQuestion;
  /** What stands open below the chart. */
  panel?: string | null | undefined;
}

/** What a funnel lends to its details. */
export interface Lent {
  host: DetailHost;
  /** What it shows at the moment. */
  look: () => { envelope: FunnelEnvelope; chart: Chart; f: Formats } | undefined;
  title: string;
  rtl: boolean;
  /** Whether the words run against the chart. */
  turned: boolean;
  t: FunnelWords;
  /** Absent when nothing can be asked. */
  source: DataSource | undefined;
  render: (what: unknown, into: HTMLElement) => unknown;
}

/** The chart as a picture that stands alone, in the colours of its element; empty without data. */
export function pictureOf({ host, look, title, rtl, turned, t }: Lent): string {
  const seen = look();
  if (seen === undefined) return '';
  const { envelope, chart, f } = seen;
  const finding = findingOf(envelope, chart, f, t)
    .map((part) => part.text)
    .join('');
  return svgOf(chart, title, finding, colorsOf(host.renderRoot), rtl, turned, t);
}

/** Saves the picture as a file. */
export const savePicture = (lent: Lent): void =>
  saveFile(fileName(lent.title, 'svg'), 'image/svg+xml', pictureOf(lent));

const panels = new WeakMap<DetailHost, Panel>();

/** Shows what the element says stands open below its chart. */
export async function showPanel(lent: Lent): Promise<void> {
  let panel = panels.get(lent.host);
  if (panel === undefined) {
    panel = new Panel(lent.host);
    panels.set(lent.host, panel);
    lent.host.addController(panel);
  }
  await panel.show(lent);
}

/** The panel of one funnel: drawn anew whenever its funnel is. */
class Panel {
  readonly #host: DetailHost;
  readonly #place = document.createElement('div');
  readonly #behind = new Behind(() => this.#draw());
  #lent: Lent | undefined;
  /** What is to have the focus once it is drawn. */
  #focus = '';

  constructor(host: DetailHost) {
    this.#host = host;
    this.#place.className = 'detail';
  }

  hostConnected(): void {
    this.hostUpdate();
  }

  hostDisconnected(): void {
    this.#behind.stop();
  }

  hostUpdate(): void {
    if (!this.#host.panel) this.#place.remove();
  }

  async show(lent: Lent): Promise<void> {
    await wordsFor(lent.t.tag);
    this.#lent = lent;
    this.#draw();
  }

  readonly #close = (): void => {
    this.#host.panel = null;
    this.#place.remove();
    this.#host.renderRoot.querySelector<HTMLElement>('[data-mark][tabindex="0"], .scroll')?.focus();
  };

  #draw(): void {
    const root = this.#host.renderRoot;
    const lent = this.#lent;
    const { question, panel } = this.#host;
    const shown = lent?.look();
    if (lent === undefined || shown === undefined || !panel) return this.#place.remove();
    const mark = openedOf(panel);
    const { stage, ofRate } = mark;
    const { envelope, chart, f } = shown;
    const row = chart.rows.findIndex((one) => one.stage.key === stage);
    const figure = root.querySelector('figure');
    if (row < 0 || figure === null) return this.#place.remove();
    dress(root);
    wear(root, detailStyles);
    // At the end of what the funnel draws itself, which leaves it there.
    if (this.#place.parentNode !== figure) figure.append(this.#place);
    const { t, rtl, source } = lent;
    const b = wordsIn(t.tag, funnelDetail).behind;
    const choose = (list: List): void => {
      this.#host.panel = textOf({ ...mark, list });
    };
    const compare = (differ: Differ): void => {
      this.#host.panel = textOf({ ...mark, list: {}, differ });
    };
    const opened: Opened = {
      envelope,
      chart,
      f,
      rtl,
      row,
      ofRate,
      t,
      b,
      list: mark.list,
      choose,
      show: (list, why) => {
        if (!this.#host.dispatchEvent(drillOf(stage, list, why))) return;
        this.#focus = 'h4[tabindex]';
        choose(list);
        // The same once more changes nothing that would be drawn.
        this.#draw();
      },
      close: this.#close,
      compared: mark.differ && {
        answer: chart.answer,
        asOf: envelope.asOf,
        differ: mark.differ,
        f,
        t,
        b,
        choose: compare,
      },
      compare:
        source &&
        (() => {
          this.#focus = 'h4[tabindex]';
          compare({});
        }),
    };
    const found = this.#behind.of({ ...mark, question, chart, asOf: envelope.asOf, t, b, source });
    lent.render(panelTemplate(opened, found) ?? nothing, this.#place);
    if (this.#focus === '') return;
    this.#place.querySelector<HTMLElement>(this.#focus)?.focus();
    this.#focus = '';
  }
}

/** Loads the words of a language where they are not registered; English where they cannot be had. */
async function wordsFor(tag: string): Promise<void> {
  if (wordsIn(tag, funnelDetail).behind !== funnelDetail.behind) return;
  const behind = await behindIn(tag).catch(() => undefined);
  if (behind !== undefined) keepWords(tag, { behind });
}

/** What a page is told before records are listed. */
function drillOf(stage: string, { outcome, reason = null }: List, why: LeakDetail['leak'] | 'reason'): Event {
  const detail: ReasonDetail | LeakDetail =
    why === 'reason' && isLoss(outcome)
      ? { kind: 'reason', stage, outcome, reason }
      : { kind: 'leak', stage, leak: why === 'reason' ? 'undecided' : why };
  return new CustomEvent('sama-drill', { bubbles: true, composed: true, cancelable: true, detail });
}
