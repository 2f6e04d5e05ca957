import type { CurvePoint } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { DataTable } from '../internal/data-table.ts';
import type { Formats } from '../internal/format.ts';
import { crossIcon } from '../internal/icons.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';
import type { DetailWords } from './detail-words.ts';
import type { Found } from './behind.ts';
import type { Compared } from './differ.ts';
import type { Extras } from './extra-part.ts';
import { curveTemplate } from './curve.ts';
import type { LeakDetail } from './events.ts';
import type { Chart, Row } from './model.ts';
import type { List } from './opened.ts';
import { reasonsTemplate } from './reasons.ts';
import { recordsTemplate } from './records.ts';

/** What a panel is drawn from. */
export interface Opened {
  chart: Chart;
  f: Formats;
  rtl: boolean;
  /** The row and, in it, the stage or its rate. */
  row: number;
  ofRate: boolean;
  t: DetailWords;
  b: BehindWords;
  list: List;
  /** Lists other records. */
  choose: (list: List) => void;
  /** Lists them and goes there, unless the page takes over. */
  show: (list: List, why: LeakDetail['leak'] | 'reason') => void;
  close: () => void;
  /** What compares numbers, where one is compared. */
  how: Extras['differ'] | undefined;
  /** What the number is compared with; absent when it is not. */
  compared: Compared | undefined;
  /** Begins to compare it; absent where nothing can be asked. */
  compare: (() => void) | undefined;
}

/** Fewer say nothing by a curve. */
const FEWEST = 10;
const KINDS = ['advanced', 'open', 'recycled', 'lost', 'disqualified'] as const;

/** The panel of a stage, or of the rate that leads to it. */
export function panelTemplate(opened: Opened, found: Found): TemplateResult | undefined {
  const { chart, row, ofRate, f, b, close, how, compared, compare } = opened;
  const now = chart.rows[row];
  const before = chart.rows[row - 1];
  if (now === undefined) return undefined;
  const { label, count } = now.stage;
  const title = compared
    ? `${label}: ${now.amount}`
    : ofRate && before !== undefined
      ? b.fromTo(before.stage.label, label)
      : b.whatBecame(f.count(count), label);
  return html`<section class="panel" aria-labelledby="panel-title" @keydown=${onEscape(close)}>
    <header>
      <h3 id="panel-title"><span role="status">${title}</span></h3>
      <button class="action" aria-label=${b.close} @click=${close}>${crossIcon()}</button>
    </header>
    ${
      compared !== undefined
        ? how?.differTemplate(compared, found.difference)
        : ofRate && before !== undefined
          ? rateTemplate(opened, now, before, found)
          : html`${stageTemplate(opened, now, found)}
            ${compare === undefined ? nothing : html`<p><button class="link" @click=${compare}>${b.whyDiffers}</button></p>`}`
    }
  </section>`;
}

const onEscape =
  (close: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };

/** What became of those who reached a stage, why they are gone, what leaks there, and who they are. */
function stageTemplate(opened: Opened, { stage }: Row, found: Found): TemplateResult {
  const { f, t, b, chart, list, choose } = opened;
  const { outcomes, count, label } = stage;
  const cohort = chart.answer.view === 'cohort';
  const lists = recordsTemplate({ f, t, b, cohort, stage: label, list, choose }, found);
  if (outcomes === undefined)
    return html`<p>${b.onlyCounted}</p>
      ${lists}`;
  const small = count < FEWEST;
  const table: DataTable = {
    caption: b.outcome,
    heads: [b.outcome, t.counted.none, ...(small ? [] : [b.shareOf(label)])],
    rows: KINDS.map((kind) => [
      { text: t[kind], by: t[kind] },
      { text: f.count(outcomes[kind]), by: outcomes[kind] },
      ...(small ? [] : [{ text: f.percent(outcomes[kind] / count, count < 100 ? 0 : 1), by: outcomes[kind] }]),
    ]),
  };
  const { reasons } = found;
  return html`${leaksTemplate(opened, outcomes, label, found)} ${found.table(table)}
  ${
    typeof reasons === 'object'
      ? reasonsTemplate(reasons, opened, (outcome, reason) => opened.show({ outcome, reason }, 'reason'))
      : nothing
  }
  ${lists}`;
}

/** Who leaks from a stage without a decision; each sentence shows them. */
function leaksTemplate(
  { f, b, show }: Opened,
  { open, overdue }: { open: number; overdue: number },
  label: string,
  { unowned = 0, records }: Found,
): TemplateResult | typeof nothing {
  const leaks: { text: string; list: List; leak: LeakDetail['leak'] }[] = [
    ...(open > 0
      ? [{ text: b.undecided(open, f.count(open), label), list: { outcome: 'open' }, leak: 'undecided' } as const]
      : []),
    ...(overdue > 0
      ? [{ text: b.overdue(overdue, f.count(overdue)), list: { outcome: 'overdue' }, leak: 'overdue' } as const]
      : []),
    ...(unowned > 0
      ? [
          {
            text: b.unowned(unowned, f.count(unowned)),
            list: { outcome: 'open', unowned: true },
            leak: 'unowned',
          } as const,
        ]
      : []),
  ];
  if (leaks.length === 0) return nothing;
  const listed = typeof records === 'object';
  return html`<p class="leaks">
    ${leaks.map(({ text, list, leak }) => (listed ? html`<button class="link" @click=${() => show(list, leak)}>${text}</button> ` : `${text} `))}
  </p>`;
}

/** How long people stay before the step and, at the last one, when they come through. */
function rateTemplate(
  { chart, f, rtl, row, t, b }: Opened,
  now: Row,
  before: Row,
  { curves = '', table }: Found,
): TemplateResult {
  const change = now.change === null ? '' : `. ${now.change.spoken}`;
  const head = html`<p>${now.rate?.spoken ?? ''}${change}.</p>`;
  if (typeof curves === 'string')
    return html`${head}
      <p role="status">${curves}</p>`;
  const draw = (
    points: readonly CurvePoint[] | undefined,
    start: 0 | 1,
    words: { title: string; share: string; method: string; text: (share: string, days: string) => string },
  ): TemplateResult | typeof nothing => {
    if (points === undefined) return nothing;
    const last = points.at(-1);
    const followed = points[0]?.atRisk ?? 0;
    const heading = html`<h4>${words.title}</h4>`;
    if (last === undefined || followed < FEWEST)
      return html`${heading}
        <p>${b.tooFewFollowed(f.count(followed))}</p>`;
    const top = start === 1 ? 1 : topOf(points);
    const days = (ms: number): string => f.span({ value: ms });
    const share = (value: number): string => f.percent(value, 1);
    const interval = ({ low, high }: CurvePoint): string => `${f.hundredths(low, 1)}–${f.hundredths(high, 1)}`;
    return html`${heading}
      <p>${words.text(`${share(last.value)} (${interval(last)})`, days(last.ms))}</p>
      <div class="scale" aria-hidden="true">${f.percent(top, 0)}</div>
      ${curveTemplate(points, start, top, rtl)}
      <div class="ends" aria-hidden="true"><span>${days(0)}</span><span>${days(last.ms)}</span></div>
      <p><small>${words.method}</small></p>
      <details>
        <summary>${b.asTable}</summary>
        ${table({
          caption: words.title,
          heads: [b.after, words.share, t.interval, b.stillFollowed],
          rows: points.map((point) => [
            { text: days(point.ms), by: point.ms },
            { text: share(point.value), by: point.value },
            { text: interval(point), by: point.low },
            { text: f.count(point.atRisk), by: point.atRisk },
          ]),
        })}
      </details>`;
  };
  const final = row === chart.rows.length - 1;
  return html`
    ${head}
    ${
      final
        ? draw(curves.conversion, 0, {
            title: b.conversion(now.stage.label),
            share: b.conversionShare,
            method: b.methodConversion,
            text: (share, days) => b.conversionText(share, now.stage.label, days),
          })
        : nothing
    }
    ${draw(curves.stages[row - 1]?.stay, 1, {
      title: b.stay(before.stage.label),
      share: b.stayShare,
      method: b.methodStay,
      text: (share, days) => b.stayText(share, before.stage.label, days),
    })}
  `;
}

/** The share at the top of a scale: the least of a few round ones that holds the curve. */
function topOf(points: readonly CurvePoint[]): number {
  const highest = Math.max(...points.map(({ high }) => high));
  return [0.05, 0.1, 0.2, 0.5].find((top) => top >= highest) ?? 1;
}
