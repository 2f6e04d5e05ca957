import { nothing } from 'lit/html.js';
import { colorsOf } from '../internal/colors.ts';
import type { Action } from '../internal/action.ts';
import { copied, giveCsv } from '../internal/hand-out.ts';
import { pictureActions } from '../internal/picture.ts';
import { funnelDetail } from '../locale/en/funnel-detail.ts';
import { loadBehind } from '../locale/behind.ts';
import { wordsIn } from '../locale/registered.ts';
import { wear } from '../internal/sheets.ts';
import { copyAction, csvOf, dress, printAction } from '../internal/table-view.ts';
import { detailStyles } from './detail.styles.ts';
import { detailWords } from './detail-words.ts';
import type { LeakDetail, ReasonDetail } from './events.ts';
import type { DetailHost, Draw } from './detail-host.ts';
import { extra, type Extras } from './extra-part.ts';
import { type Differ, isLoss, type List, openedOf, textOf } from './opened.ts';
import { panelTemplate, type Opened } from './panel.ts';
import { Behind } from './behind.ts';
import { findingOf } from './summary.ts';

export * from '../internal/table-view.ts';
export { tableOf } from './table.ts';

/** The chart as a picture that stands alone, in the colours of its element; empty without data. Rejects when what only some charts have cannot be loaded. */
export async function pictureOf(host: DetailHost): Promise<string> {
  const { rtl, turned, words: t } = host;
  const seen = host.look();
  if (seen === undefined) return '';
  const { envelope, chart, f } = seen;
  const finding = findingOf(envelope, chart, f, t)
    .map((part) => part.text)
    .join('');
  const b = wordsIn(t.tag, funnelDetail).behind;
  const [{ svgOf }, notes, skin] = await Promise.all([
    extra('picture'),
    envelope.annotation?.length ? extra('notes').then(({ linesOf }) => linesOf(envelope, f, b)) : undefined,
    host.skin === 'trapezoid'
      ? extra('skin').then(({ shapesOf }) => ({ shapes: shapesOf(chart.rows), decoration: b.decoration }))
      : undefined,
  ]);
  return svgOf(chart, host.heading(), finding, colorsOf(host.renderRoot), rtl, turned, t, {
    notes,
    skin,
    asOf: envelope.asOf && t.asOf(f.date(envelope.asOf, true)),
  });
}

/** What the menu does. */
export function actionsOf(host: DetailHost, title: string): Action[] {
  const t = detailWords(host.words);
  const link = { text: t.copyLink, run: async () => host.say(await copied(host.toLink(), t.copied)) };
  const pictures = pictureActions(host, title, () => pictureOf(host), t);
  // Another reader of the link would not see what only this page has.
  return [...(host.answers.canAsk ? [link] : []), copyAction(host, title, t), ...pictures, printAction(t)];
}

const panels = new WeakMap<DetailHost, Panel>();

/** Shows what only some funnels have: what is noted of the time, another skin, what stands open below the chart. */
export async function show(host: DetailHost, draw: Draw): Promise<void> {
  const { good } = host.answers;
  const { tag } = host.words;
  if (await loadBehind(tag)) host.requestUpdate();
  const b = wordsIn(tag, funnelDetail).behind;
  await Promise.all([
    good?.annotation?.length && load('notes', host, ({ showNotes }) => showNotes(host, draw, b)),
    host.skin === 'trapezoid' && load('skin', host, ({ showSkin }) => showSkin(host, b)),
    host.panel && showPanel(host, draw),
  ]);
}

/** Does what needs a part; where it cannot be loaded, the funnel says so, and asks for it anew when its reader does. */
async function load<Name extends keyof Extras>(
  name: Name,
  host: DetailHost,
  work: (part: Extras[Name]) => void,
): Promise<void> {
  const part = await extra(name).catch(() => undefined);
  if (part !== undefined) return work(part);
  host.later.again = () => {
    host.later.again = undefined;
    host.requestUpdate();
  };
  host.requestUpdate();
}

async function showPanel(host: DetailHost, draw: Draw): Promise<void> {
  let panel = panels.get(host);
  if (panel === undefined) {
    panel = new Panel(host, draw);
    panels.set(host, panel);
    host.addController(panel);
  }
  const { show } = panel;
  if (openedOf(host.panel ?? '').differ === undefined) show();
  else await load('differ', host, show);
}

/** The panel of one funnel: drawn anew whenever its funnel is. */
class Panel {
  readonly #host: DetailHost;
  readonly #place = document.createElement('div');
  readonly #behind = new Behind(() => this.#draw());
  readonly #render: Draw;
  /** What compares numbers, once that is wanted. */
  #how: Extras['differ'] | undefined;
  /** What is to have the focus once it is drawn. */
  #focus = '';

  constructor(host: DetailHost, render: Draw) {
    this.#host = host;
    this.#render = render;
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

  readonly show = (how?: Extras['differ']): void => {
    this.#how ??= how;
    this.#draw();
  };

  readonly #close = (): void => {
    this.#host.panel = null;
    this.#place.remove();
    this.#host.renderRoot.querySelector<HTMLElement>('[data-mark][tabindex="0"], .scroll')?.focus();
  };

  #draw(): void {
    const { renderRoot: root, question, panel, words, rtl, answers } = this.#host;
    const t = detailWords(words);
    const { source } = answers;
    const shown = this.#host.look();
    if (shown === undefined || !panel) return this.#place.remove();
    const mark = openedOf(panel);
    const how = this.#how;
    // Until what compares is there, what is shown stays.
    if (mark.differ !== undefined && how === undefined) return;
    const { stage, ofRate } = mark;
    const { envelope, chart, f } = shown;
    const row = chart.rows.findIndex((one) => one.stage.key === stage);
    const figure = root.querySelector('figure');
    if (row < 0 || figure === null) return this.#place.remove();
    dress(root);
    wear(root, detailStyles);
    how?.dressDiffer(root);
    // At the end of what the funnel draws itself, which leaves it there.
    if (this.#place.parentNode !== figure) figure.append(this.#place);
    const b = wordsIn(t.tag, funnelDetail).behind;
    const choose = (list: List): void => {
      this.#host.panel = textOf({ ...mark, list });
    };
    const compare = (differ: Differ): void => {
      this.#host.panel = textOf({ ...mark, list: {}, differ });
    };
    const opened: Opened = {
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
      how,
      compared: mark.differ && {
        answer: chart.answer,
        asOf: envelope.asOf,
        differ: mark.differ,
        f,
        t,
        b,
        version: envelope.definition?.version,
        choose: compare,
        copy: (table) =>
          void giveCsv(csvOf(table), `${this.#host.heading()} ${b.whyDiffers}`, t).then((said) => this.#host.say(said)),
      },
      compare:
        source &&
        (() => {
          this.#focus = 'h4[tabindex]';
          compare({});
        }),
    };
    const found = this.#behind.of({ ...mark, question, chart, asOf: envelope.asOf, t, b, source, how });
    this.#render(panelTemplate(opened, found) ?? nothing, this.#place);
    if (this.#focus === '') return;
    this.#place.querySelector<HTMLElement>(this.#focus)?.focus();
    this.#focus = '';
  }
}

/** What a page is told before records are listed. */
function drillOf(stage: string, { outcome, reason = null }: List, why: LeakDetail['leak'] | 'reason'): Event {
  const detail: ReasonDetail | LeakDetail =
    why === 'reason' && isLoss(outcome)
      ? { kind: 'reason', stage, outcome, reason }
      : { kind: 'leak', stage, leak: why === 'reason' ? 'undecided' : why };
  return new CustomEvent('sama-drill', { bubbles: true, composed: true, cancelable: true, detail });
}
