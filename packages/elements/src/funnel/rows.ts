import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { Part } from '../internal/frame.ts';
import { plugIcon } from '../internal/icons.ts';
import { inOne } from '../internal/one-template.ts';
import type { FunnelWords } from '../locale/index.ts';
import type { Place } from '../internal/walker.ts';
import { type Kind, KINDS } from './geometry.ts';
import type { Labels } from './labels.ts';
import type { Chart, Row } from './model.ts';

/** How the chart is drawn. */
export interface Drawing {
  t: FunnelWords;
  count: (n: number) => string;
  rtl: boolean;
  narrow: boolean;
  /** Too narrow for more than the step rate. */
  slim: boolean;
  /** How much is noted of the time: then there is room for it below. */
  noted: number | undefined;
  /** Of each row. */
  labels: readonly Labels[];
  active: Place;
  /** The stage that was chosen, or whose rate was. */
  chosen: string | undefined;
}

/** Fills that many bars share. They stand once in a shadow root, so that their names cannot clash. */
const patterns: TemplateResult = html`<svg class="vh" aria-hidden="true" focusable="false">
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path class="hatch-fill" d="M0 0h6v6H0z"></path>
      <path class="hatch-line" stroke-width="1.3" d="M1 0v6"></path>
    </pattern>
    <pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">
      <path class="dots-fill" d="M0 0h4v4H0z"></path>
      <path class="dots-line" stroke-width="1.5" stroke-linecap="round" d="M1 1h0M3 3h0"></path>
    </pattern>
  </defs>
</svg>`;

/** The chart: heads over columns, a row for each stage, the hand-off as a seam between two. Clicks are told by `data-mark`. */
export function chartTemplate(chart: Chart, drawing: Drawing, onClick: (event: Event) => void): TemplateResult {
  const { t, slim, noted } = drawing;
  const { heads, rows, seam, kinds } = chart;
  const lines = rows.map((row, i) => rowTemplate(row, i, chart, drawing));
  const at = seam?.at ?? 0;
  return html`<div
    class="chart ${slim ? 'slim' : ''} ${noted ? 'noted' : ''} ${rows.some(({ owner }) => owner) ? 'owned' : ''}"
    @click=${onClick}
  >
    ${patterns}
    <div class="head" aria-hidden="true">
      <div class="who"><span .textContent=${t.stage}></span></div>
      <div class="amount"><span .textContent=${heads.amount}></span></div>
      <div class="legend">${inOne(kinds.map((kind) => keyTemplate(kind, t)))}</div>
      <div class="rate"><span .textContent=${[heads.rate, heads.interval].filter(Boolean).join('\n')}></span></div>
      <div class="all"><span .textContent=${twoLines(heads.ofAll)}></span></div>
      <div class="time"><span .textContent=${twoLines(heads.time)}></span></div>
    </div>
    <ol class="rows" role="list" aria-describedby="summary">
      ${at === 0 ? nothing : [inOne(lines.slice(0, at)), html`<li class="seam"><b>${t.handoff}</b><i></i><span>${seam?.text}</span></li>`]}
      ${inOne(lines.slice(at))}
    </ol>
  </div>`;
}

/** Breaks before the last word, as heads of narrow columns do. */
const twoLines = (head: string): string => head.replace(/ (?=\S+$)/, '\n');

const keyTemplate = (kind: Kind, t: FunnelWords): TemplateResult =>
  html`<span
    ><svg focusable="false"><rect class=${kind} x="0.5" y="0.5" width="94%" height="94%"></rect></svg>${t[kind]}</span
  >`;

/**
 * Every row has all parts, empty ones too, so that all rows are one template. The spoken names say
 * the percent sign and the interval as words, so the buttons are empty and lie under the text.
 */
function rowTemplate(row: Row, i: number, { rows, seam }: Chart, drawing: Drawing): TemplateResult {
  const { active, chosen, narrow, count, t } = drawing;
  const { owner = '', rate, change, missing } = row;
  const { segments, outflow } = row.bar;
  const onward = seam?.at === i + 1 ? 'to-seam' : owner !== '' && i < rows.length - 1 ? 'rail' : '';
  const interval = rate?.interval ?? '';
  const before = rows[i - 1]?.stage.label ?? '';
  const aside = narrow && interval !== '' ? `(${interval}) ${before === '' ? '' : t.ofStage(before)}` : interval;
  // Each lies over those that begin before it ends, so that all begin at the base line.
  const [advanced, open, recycled, gone] = KINDS.map((kind) => {
    const part = segments.find((segment) => segment.kind === kind);
    return share(part === undefined ? 0 : part.start + part.size);
  });
  const tabIndex = (mark: number): 0 | -1 => (active.row === i && active.mark === mark ? 0 : -1);
  return html`<li class="row ${owner} ${onward} ${row.dim ? 'dim' : ''}" part="row">
    <button
      class="hit"
      data-mark="${i}:0"
      tabindex=${tabIndex(0)}
      aria-current=${chosen === row.stage.key}
      aria-label=${row.spoken}
    ></button
    ><button
      class="hit of-rate"
      ?hidden=${rate === null}
      data-mark=${rate === null ? nothing : `${i}:1`}
      tabindex=${tabIndex(1)}
      aria-label=${row.spokenRate}
    ></button>
    <div class="main" aria-hidden="true">
      <span class="who"
        ><span class="name ${row.stage.term === undefined ? '' : 'term'}" .textContent=${row.stage.label}></span
        ><small .textContent=${row.under}></small></span
      ><span class="amount">${row.amount}${row.behind === '' ? nothing : html`<small>${row.behind}</small>`}</span
      ><svg class="bar" part="bar" focusable="false">
        <rect class="flow" width=${share(outflow)} y="50%"></rect>
        <g class="segs">
          <rect class="seg gone" width=${gone}></rect>
          <rect class="seg recycled" width=${recycled}></rect>
          <rect class="seg open" width=${open}></rect>
          <rect class="seg advanced" width=${advanced}></rect>
        </g>
        ${missing === undefined ? labelsTemplate(row, drawing.labels[i], count, drawing.rtl) : nothing}</svg
      >${missing === undefined ? nothing : html`<span class="missing">${plugIcon()} ${missing}</span>`}
    </div>
    <div class="rate ${rate?.muted ? 'muted' : ''}" aria-hidden="true">
      <span
        class="delta ${change?.up ? 'up' : 'down'}"
        .textContent=${change === null ? '' : `${change.up ? '▲' : '▼'} ${change.text}`}
      ></span
      ><b .textContent=${rate?.text ?? ''}></b><small .textContent=${aside}></small>
    </div>
    <span class="all" aria-hidden="true" .textContent=${row.ofAll}></span
    ><span class="time" aria-hidden="true" .textContent=${narrow ? row.timeInWords : row.time}></span>
  </li>`;
}

/** Of the column of the bars. */
const share = (length: number): string => `${Math.round(length * 1e5) / 1e3}%`;

/** The numbers of the segments inside the bar, or two lines beside it. */
function labelsTemplate({ bar }: Row, labels: Labels | undefined, count: Drawing['count'], rtl: boolean): Part {
  if (labels === undefined) return nothing;
  const x = (at: number): string => share(rtl ? 1 - at : at);
  const { beside = [] } = labels;
  const lines = beside.filter(Boolean);
  const text = (words: string, kind: string, at: number, dx = '0', dy = dx): TemplateResult =>
    svg`<text class=${kind} x=${x(at)} y="50%" dx=${dx} dy=${dy}>${words}</text>`;
  const side = rtl ? '-0.9em' : '0.9em';
  return inOne([
    ...labels.inside.map((s) => text(count(s.count), `inside on-${s.kind}`, s.start + s.size / 2)),
    ...lines.map((words, i) =>
      text(
        words,
        `beside ${words === beside[1] ? 'muted' : ''}`,
        bar.size,
        side,
        `${(i + 0.5 - lines.length / 2) * 1.4}em`,
      ),
    ),
  ]);
}
