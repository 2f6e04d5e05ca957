import { html, nothing, svg, type TemplateResult } from 'lit';
import { plugIcon } from '../internal/icons.ts';
import type { Words } from '../internal/locale/index.ts';
import type { Place } from '../internal/walker.ts';
import type { Kind, Labels } from './geometry.ts';
import type { Chart, Row } from './model.ts';

/** How the chart is drawn. */
export interface Drawing {
  t: Words;
  count: (n: number) => string;
  rtl: boolean;
  narrow: boolean;
  /** Too narrow for more than the step rate. */
  slim: boolean;
  /** Of each row. */
  labels: readonly Labels[];
  active: Place;
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
  const { t } = drawing;
  const { heads, rows, seam, kinds } = chart;
  return html`<div class="chart ${drawing.slim ? 'slim' : ''}" @click=${onClick}>
    ${patterns}
    <div class="head" aria-hidden="true">
      <span class="who">${t.stage}</span><span class="amount">${heads.amount}</span>
      <ul class="legend">
        ${kinds.map((kind) => keyTemplate(kind, t))}
      </ul>
      <span class="rate">${[heads.rate, heads.interval].filter(Boolean).join('\n')}</span
      ><span class="all">${twoLines(heads.ofAll)}</span><span class="time">${twoLines(heads.time)}</span>
    </div>
    <ol class="rows" role="list" aria-describedby="summary">
      ${rows.map((row, i) => [
        seam?.at === i ? html`<li class="seam"><b>${t.handoff}</b><i></i><span>${seam.text}</span></li>` : nothing,
        rowTemplate(row, i, chart, drawing),
      ])}
    </ol>
  </div>`;
}

/** Breaks before the last word, as heads of narrow columns do. */
const twoLines = (head: string): string => head.replace(/ (?=\S+$)/, '\n');

const keyTemplate = (kind: Kind, t: Words): TemplateResult =>
  html`<li>
    <svg focusable="false"><rect class=${kind} x="0.5" y="0.5" width="94%" height="94%"></rect></svg>${t[kind]}
  </li>`;

function rowTemplate(row: Row, i: number, { rows, seam }: Chart, drawing: Drawing): TemplateResult {
  const { active, narrow } = drawing;
  const { stage, owner = '' } = row;
  const railed = owner !== '' && i < rows.length - 1 && seam?.at !== i + 1;
  return html`<li class="row ${owner} ${railed ? 'rail' : ''} ${row.dim ? 'dim' : ''}" part="row">
    <button class="hit" data-mark="${i}:0" tabindex=${tabIndex(active, i, 0)} aria-label=${row.spoken}></button>
    <span class="who" aria-hidden="true"
      ><span class="name ${stage.term === undefined ? '' : 'term'}">${stage.label}</span
      ><small>${row.under}</small></span
    >
    <span class="amount" aria-hidden="true">${row.amount}<small>${row.behind}</small></span>
    ${row.missing === undefined ? barTemplate(row, drawing.labels[i], drawing) : html`<span class="gap" aria-hidden="true">${plugIcon()}${row.missing}</span>`}
    ${row.rate === null ? nothing : rateTemplate(row, rows[i - 1]?.stage.label ?? '', i, drawing)}
    <span class="all" aria-hidden="true">${row.ofAll}</span>
    <span class="time" aria-hidden="true">${narrow ? row.timeInWords : row.time}</span>
  </li>`;
}

const tabIndex = (active: Place, row: number, mark: number): 0 | -1 =>
  active.row === row && active.mark === mark ? 0 : -1;

/** The spoken name says the percent sign and the interval as words, so the button is empty and lies over the text. */
function rateTemplate({ rate, change, spokenRate }: Row, before: string, i: number, drawing: Drawing): TemplateResult {
  const { narrow, t, active } = drawing;
  const interval = rate?.interval ?? '';
  const words = narrow && interval !== '';
  const delta =
    change === null
      ? nothing
      : html`<span class="delta ${change.up ? 'up' : 'down'}">${change.up ? '▲' : '▼'} ${change.text}</span>`;
  return html`<span class="rate ${rate?.muted ? 'muted' : ''}">
    <button class="hit" data-mark="${i}:1" tabindex=${tabIndex(active, i, 1)} aria-label=${spokenRate}></button>
    <span aria-hidden="true"
      >${narrow ? nothing : delta}<b>${rate?.text}</b>${narrow ? delta : nothing}<small>${words ? ` (${interval}) ` : interval}</small>${words && before !== '' ? t.ofStage(before) : ''}</span
    >
  </span>`;
}

const percent = (share: number): string => `${Math.round(share * 1e5) / 1e3}%`;

/** The bar is a picture of its own length, so that what stands beside it follows it as text does. */
function barTemplate({ bar, beside }: Row, labels: Labels | undefined, { rtl, count }: Drawing): TemplateResult {
  const { size, segments, inflow, outflow } = bar;
  const x = (start: number, length: number): string => percent((rtl ? size - start - length : start) / size);
  const rect = (kind: string, start: number, length: number, y: string | typeof nothing): TemplateResult =>
    svg`<rect class=${kind} x=${x(start, length)} width=${percent(length / size)} y=${y}></rect>`;
  return html`<span class="bar" part="bar" aria-hidden="true"
    >${
      size > 0
        ? html`<svg width=${percent(size)} focusable="false">
            ${inflow > 0 ? rect('flow', 0, inflow, '0') : nothing}${outflow > 0 ? rect('flow', 0, outflow, '50%') : nothing}
            ${segments.map((s) => rect(`seg ${s.kind}`, s.start, s.size, nothing))}
            ${labels?.inside.map((s) => svg`<text class="inside on-${s.kind}" x=${x(s.start + s.size / 2, 0)} y="50%">${count(s.count)}</text>`)}
          </svg>`
        : nothing
    }${labels?.beside ? html`<span class="beside">${beside[0]}<small>${beside[1]}</small></span>` : nothing}</span
  >`;
}
