import type { DataSource, FunnelEnvelope, FunnelQuestion } from '@sama/metrics/contracts';
import { nothing } from 'lit/html.js';
import { colorsOf } from '../internal/colors.ts';
import type { Formats } from '../internal/format.ts';
import { fileName, saveFile } from '../internal/hand-out.ts';
import type { ReactiveElement } from '../internal/reactive.ts';
import { funnelDetail } from '../locale/en/funnel-detail.ts';
import type { FunnelWords } from '../locale/index.ts';
import { wordsIn } from '../locale/registered.ts';
import { detailStyles } from './detail.styles.ts';
import type { Chart } from './model.ts';
import { panelTemplate, type Opened } from './panel.ts';
import { Behind } from './behind.ts';
import { findingOf } from './summary.ts';
import { svgOf } from './svg.ts';

/** A funnel, as its details see it. */
export interface DetailHost extends ReactiveElement {
  readonly question: FunnelQuestion;
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
let sheet: CSSStyleSheet | undefined;

/** Opens the panel of a stage, or of the rate that leads to it, below the chart; the same once more closes it. */
export function openPanel(lent: Lent, stage: string, ofRate: boolean): void {
  let panel = panels.get(lent.host);
  if (panel === undefined) {
    panel = new Panel(lent.host);
    panels.set(lent.host, panel);
    lent.host.addController(panel);
  }
  panel.open(lent, stage, ofRate);
}

/** The panel of one funnel: drawn anew whenever its funnel is. */
class Panel {
  readonly #host: DetailHost;
  readonly #place = document.createElement('div');
  readonly #behind = new Behind(() => this.#draw());
  #opened: { lent: Lent; stage: string; ofRate: boolean } | undefined;

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
    if (this.#opened !== undefined) void this.#host.updateComplete.then(() => this.#draw());
  }

  open(lent: Lent, stage: string, ofRate: boolean): void {
    const same = this.#opened?.stage === stage && this.#opened.ofRate === ofRate;
    this.#opened = same ? undefined : { lent, stage, ofRate };
    this.#behind.outcome = '';
    this.#draw();
  }

  readonly #close = (): void => {
    this.#opened = undefined;
    this.#draw();
    this.#host.renderRoot.querySelector<HTMLElement>('[data-mark][tabindex="0"], .scroll')?.focus();
  };

  #draw(): void {
    const root = this.#host.renderRoot;
    if (this.#opened === undefined) return this.#place.remove();
    const { lent, stage, ofRate } = this.#opened;
    const shown = lent.look();
    const row = shown?.chart.rows.findIndex((one) => one.stage.key === stage) ?? -1;
    const figure = root.querySelector('figure');
    if (shown === undefined || row < 0 || figure === null) return this.#place.remove();
    sheet ??= new CSSStyleSheet();
    if (sheet.cssRules.length === 0) sheet.replaceSync(detailStyles);
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
    // At the end of what the funnel draws itself, which leaves it there.
    if (this.#place.parentNode !== figure) figure.append(this.#place);
    const { t } = lent;
    const b = wordsIn(t.tag, funnelDetail).behind;
    const { chart, f } = shown;
    const opened: Opened = { chart, f, rtl: lent.rtl, row, ofRate, t, b, close: this.#close };
    const question = this.#host.question;
    lent.render(
      panelTemplate(opened, this.#behind.of({ question, chart, stage, ofRate, t, b, source: lent.source })) ?? nothing,
      this.#place,
    );
  }
}
