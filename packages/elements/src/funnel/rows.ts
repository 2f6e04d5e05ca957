import { html, nothing, svg, type TemplateResult } from 'lit';
import { halfMark, plugIcon } from '../internal/icons.ts';
import type { Words } from '../internal/locale/index.ts';
import type { Place } from '../internal/walker.ts';
import { type Kind, labelsOf, type Segment } from './geometry.ts';
import type { Chart, Row } from './model.ts';

/** How the chart is drawn, and who is told of what. */
export interface Drawing {
  t: Words;
  count: (n: number) => string;
  rtl: boolean;
  narrow: boolean;
  /** Pixels of the bar column; 0 when unknown. */
  barWidth: number;
  /** Pixels a label needs. */
  space: (text: string) => number;
  active: Place;
  /** Too narrow for more than the step rate. */
  slim: boolean;
  onMark: (place: Place) => void;
}

/** Fills that many bars share. They stand once in a shadow root, so that their names cannot clash. */
export const patterns: TemplateResult = html`<svg class="vh" width="0" height="0" aria-hidden="true" focusable="false">
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatch-fill" width="6" height="6"></rect>
      <line class="hatch-line" x1="1" y1="0" x2="1" y2="6" stroke-width="1.3"></line>
    </pattern>
    <pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">
      <rect class="dots-fill" width="4" height="4"></rect>
      <circle class="dots-line" cx="1" cy="1" r="0.75"></circle>
      <circle class="dots-line" cx="3" cy="3" r="0.75"></circle>
    </pattern>
  </defs>
</svg>`;

/** The chart: heads over columns, a row for each stage, the hand-off as a seam between two. */
export function chartTemplate(chart: Chart, drawing: Drawing): TemplateResult {
  const { t, narrow } = drawing;
  const { heads, rows, seam, kinds } = chart;
  const columns = columnsOf(chart, drawing);
  const { rate, ofAll, time } = columns;
  return html`<div class="chart n${Number(rate) + Number(ofAll) + Number(time)} ${drawing.slim ? 'slim' : ''}">
    <div class="head" aria-hidden="true">
      ${narrow ? nothing : html`<span class="stage-head">${t.stage}</span><span class="amount">${heads.amount}</span>`}
      ${legend(kinds, t)}
      ${narrow || !rate ? nothing : html`<span>${heads.rate}${heads.interval === '' ? nothing : html`<br />${heads.interval}`}</span>`}
      ${narrow || !ofAll ? nothing : html`<span>${twoLines(heads.ofAll)}</span>`}
      ${narrow || !time ? nothing : html`<span>${twoLines(heads.time)}</span>`}
    </div>
    <ol class="rows" role="list" aria-describedby="summary">
      ${rows.map((row, i) => [
        seam?.at === i ? html`<li class="seam"><b>${t.handoff}</b><i></i><span>${seam.text}</span></li>` : nothing,
        rowTemplate(row, i, chart, columns, drawing),
      ])}
    </ol>
  </div>`;
}

interface Columns {
  rate: boolean;
  ofAll: boolean;
  time: boolean;
}

/** Which columns of numbers stand beside the bars. */
function columnsOf({ heads }: Chart, { narrow, slim }: Drawing): Columns {
  return {
    rate: heads.rate !== '',
    ofAll: heads.ofAll !== '' && !narrow && !slim,
    time: heads.time !== '' && (narrow || !slim),
  };
}

/** Breaks before the last word, as heads of narrow columns do. */
function twoLines(head: string): TemplateResult | string {
  const at = head.lastIndexOf(' ');
  return at < 0 ? head : html`${head.slice(0, at)}<br />${head.slice(at + 1)}`;
}

function legend(kinds: readonly Kind[], t: Words): TemplateResult {
  return html`<ul class="legend">
    ${kinds.map(
      (kind) =>
        html`<li>
          <svg focusable="false"><rect class=${kind} x="0.5" y="0.5" width="94%" height="94%"></rect></svg>${t[kind]}
        </li>`,
    )}
  </ul>`;
}

function rowTemplate(row: Row, i: number, chart: Chart, columns: Columns, drawing: Drawing): TemplateResult {
  const { active, onMark, narrow } = drawing;
  const isActive = (mark: number): 0 | -1 => (active.row === i && active.mark === mark ? 0 : -1);
  const last = i === chart.rows.length - 1;
  const { stage } = row;
  const before = chart.rows[i - 1]?.stage.label ?? '';
  return html`<li class="row ${row.dim ? 'dim' : ''}" part="row">
    <button
      class="hit"
      data-mark="${i}:0"
      tabindex=${isActive(0)}
      aria-label=${row.spoken}
      @click=${() => onMark({ row: i, mark: 0 })}
    ></button>
    <span class="rail ${last || chart.seam?.at === i + 1 || row.owner === undefined ? '' : 'on'}" aria-hidden="true"
      >${halfMark(row.owner)}</span
    >
    <span class="who" aria-hidden="true">
      <span class="name ${stage.term === undefined ? '' : 'term'}">${stage.label}</span>
      ${row.under === '' ? nothing : html`<span class="under">${row.under}</span>`}
    </span>
    <span class="amount" aria-hidden="true"
      >${row.amount}${row.behind === '' ? nothing : html`<span class="behind">${row.behind}</span>`}</span
    >
    ${row.missing === undefined ? barTemplate(row, drawing) : html`<span class="gap" aria-hidden="true">${plugIcon()}${row.missing}</span>`}
    ${columns.rate ? rateTemplate(row, before, isActive(1), i, drawing) : nothing}
    ${columns.ofAll ? html`<span class="all" aria-hidden="true">${row.ofAll}</span>` : nothing}
    ${columns.time ? html`<span class="time" aria-hidden="true">${narrow ? row.timeInWords : row.time}</span>` : nothing}
  </li>`;
}

function rateTemplate(
  row: Row,
  before: string,
  tabindex: 0 | -1,
  i: number,
  { narrow, t, onMark }: Drawing,
): TemplateResult {
  const { rate, change } = row;
  if (rate === null) return html`<span></span>`;
  const delta =
    change === null
      ? nothing
      : html`<span class="delta ${change.up ? 'up' : 'down'}">${change.up ? '▲' : '▼'} ${change.text}</span>`;
  const interval =
    rate.interval === undefined
      ? nothing
      : html`<span class="interval">${narrow ? `(${rate.interval}) ` : rate.interval}</span>`;
  const of = narrow && rate.interval !== undefined && before !== '' ? t.ofStage(before) : nothing;
  // The spoken name says the percent sign and the interval as words, so the button is empty and lies over the text.
  return html`<span class="rate ${rate.muted ? 'muted' : ''}">
    <button
      class="hit"
      data-mark="${i}:1"
      tabindex=${tabindex}
      aria-label=${row.spokenRate}
      @click=${() => onMark({ row: i, mark: 1 })}
    ></button>
    <span aria-hidden="true"
      >${narrow ? html`<b>${rate.text}</b> ${delta} ${interval}${of}` : html`${delta}<b>${rate.text}</b>${interval}`}</span
    >
  </span>`;
}

const percent = (share: number): string => `${Math.round(share * 1e5) / 1e3}%`;

function barTemplate({ bar, beside, amount }: Row, drawing: Drawing): TemplateResult {
  const { rtl, narrow, slim, barWidth, space, count } = drawing;
  const x = (start: number, size: number): string => percent(rtl ? 1 - start - size : start);
  const longer = beside[0].length > beside[1].length ? beside[0] : beside[1];
  const { inside, beside: isBeside } =
    narrow || slim
      ? { inside: [], beside: false }
      : labelsOf(bar, barWidth, space, (segment) => count(segment.count), longer);
  const tick = amount !== '0' && bar.size * barWidth < 2;
  const rect = ({ kind, start, size }: Segment): TemplateResult =>
    svg`<rect class="seg ${kind}" x=${x(start, size)} width=${percent(size)}></rect>`;
  const flow = (size: number, y: 0 | '50%') =>
    size > 0 ? svg`<rect class="flow" x=${x(0, size)} width=${percent(size)} y=${y} height="50%"></rect>` : nothing;
  const line = (words: string, y: string, tone: string): TemplateResult =>
    svg`<text class="beside ${tone}" x=${x(bar.size, 0)} dx=${rtl ? '-0.9em' : '0.9em'} y=${y}>${words}</text>`;
  return html`<span class="bar" part="bar" aria-hidden="true"
    ><svg focusable="false">
      ${flow(bar.inflow, 0)}${flow(bar.outflow, '50%')}
      <svg y="50%" overflow="visible">
        ${bar.segments.map(rect)}
        ${tick && bar.segments[0] ? svg`<rect class="seg ${bar.segments[0].kind}" x=${rtl ? '100%' : '0'} width="2" transform=${rtl ? 'translate(-2)' : nothing}></rect>` : nothing}
        ${inside.map((segment) => svg`<text class="inside on-${segment.kind}" x=${x(segment.start + segment.size / 2, 0)}>${count(segment.count)}</text>`)}
        ${isBeside && beside[1] === '' ? line(beside[0], '0', '') : nothing}
        ${isBeside && beside[1] !== '' ? [line(beside[0], '-0.7em', ''), line(beside[1], '0.7em', 'muted')] : nothing}
      </svg>
    </svg></span
  >`;
}
