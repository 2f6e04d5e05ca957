import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { plugIcon } from '../internal/icons.ts';
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
  /** Of each row. */
  labels: readonly Labels[];
  active: Place;
  /** The row that was chosen. */
  chosen: number | undefined;
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

const keyTemplate = (kind: Kind, t: FunnelWords): TemplateResult =>
  html`<li>
    <svg focusable="false"><rect class=${kind} x="0.5" y="0.5" width="94%" height="94%"></rect></svg>${t[kind]}
  </li>`;

/** Every row has all parts, empty ones too: one template costs far less than a template for each part. */
function rowTemplate(row: Row, i: number, { rows, seam }: Chart, drawing: Drawing): TemplateResult {
  const { active, chosen, narrow, rtl, count, t } = drawing;
  const { stage, owner = '', rate, beside, missing } = row;
  const { size, segments, inflow, outflow } = row.bar;
  const labels = missing === undefined ? drawing.labels[i] : undefined;
  const railed = owner !== '' && i < rows.length - 1 && seam?.at !== i + 1;
  const interval = rate?.interval ?? '';
  const before = rows[i - 1]?.stage.label ?? '';
  const [said, of] =
    narrow && interval !== '' ? [`(${interval})`, before === '' ? '' : t.ofStage(before)] : [interval, ''];
  const share = (length: number): string => `${size > 0 ? Math.round((length / size) * 1e5) / 1e3 : 0}%`;
  const x = (start: number, length: number): string => share(rtl ? size - start - length : start);
  const [advanced, open, recycled, gone] = KINDS.map((kind) => {
    const { start, size: length } = segments.find((segment) => segment.kind === kind) ?? NOBODY;
    return { x: x(start, length), width: share(length) };
  });
  const tabIndex = (mark: number): 0 | -1 => (active.row === i && active.mark === mark ? 0 : -1);
  // The spoken names say the percent sign and the interval as words, so the buttons are empty and lie over the text.
  return html`<li class="row ${owner} ${railed ? 'rail' : ''} ${row.dim ? 'dim' : ''}" part="row">
    <button
      class="hit"
      data-mark="${i}:0"
      tabindex=${tabIndex(0)}
      aria-current=${chosen === i}
      aria-label=${row.spoken}
    ></button>
    <span class="who" aria-hidden="true"
      ><span class="name ${stage.term === undefined ? '' : 'term'}">${stage.label}</span
      ><small>${row.under}</small></span
    >
    <span class="amount" aria-hidden="true">${row.amount}<small>${row.behind}</small></span>
    <span class="bar" part="bar" aria-hidden="true"
      ><svg width="${Math.round(size * 1e5) / 1e3}%" focusable="false">
        <rect class="flow" x=${x(0, inflow)} width=${share(inflow)}></rect>
        <rect class="flow" x=${x(0, outflow)} width=${share(outflow)} y="50%"></rect>
        <rect class="seg advanced" x=${advanced?.x} width=${advanced?.width}></rect>
        <rect class="seg open" x=${open?.x} width=${open?.width}></rect>
        <rect class="seg recycled" x=${recycled?.x} width=${recycled?.width}></rect>
        <rect class="seg gone" x=${gone?.x} width=${gone?.width}></rect>
        ${labels?.inside.map((s) => svg`<text class="inside on-${s.kind}" x=${x(s.start + s.size / 2, 0)} y="50%">${count(s.count)}</text>`)}</svg
      ><span class="beside"
        >${missing === undefined ? nothing : [plugIcon(), ' ', missing]}${labels?.beside ? beside[0] : ''}<small
          >${labels?.beside ? beside[1] : ''}</small
        ></span
      ></span
    >
    <span class="rate ${rate?.muted ? 'muted' : ''}" ?hidden=${rate === null}
      ><button
        class="hit"
        data-mark=${rate === null ? nothing : `${i}:1`}
        tabindex=${tabIndex(1)}
        aria-label=${row.spokenRate}
      ></button
      ><span aria-hidden="true"
        >${narrow ? nothing : deltaTemplate(row)}<b>${rate?.text}</b>${narrow ? deltaTemplate(row) : nothing}<small>${said}</small>${of}</span
      ></span
    >
    <span class="all" aria-hidden="true">${row.ofAll}</span>
    <span class="time" aria-hidden="true">${narrow ? row.timeInWords : row.time}</span>
  </li>`;
}

const NOBODY = { start: 0, size: 0 };

const deltaTemplate = ({ change }: Row): TemplateResult | typeof nothing =>
  change === null
    ? nothing
    : html`<span class="delta ${change.up ? 'up' : 'down'}">${change.up ? '▲' : '▼'} ${change.text}</span>`;
