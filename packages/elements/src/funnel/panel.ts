import type { CurvePoint, RecordsAnswer } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { DataTable } from '../internal/data-table.ts';
import type { Formats } from '../internal/format.ts';
import { harmless } from '../internal/harmless.ts';
import { crossIcon } from '../internal/icons.ts';
import { pickTemplate } from '../internal/pick.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';
import type { FunnelWords } from '../locale/index.ts';
import type { Found } from './behind.ts';
import { curveTemplate } from './curve.ts';
import type { Chart, Row } from './model.ts';

/** What a panel is drawn from. */
export interface Opened {
  chart: Chart;
  f: Formats;
  rtl: boolean;
  /** The row and, in it, the stage or its rate. */
  row: number;
  ofRate: boolean;
  t: FunnelWords;
  b: BehindWords;
  close: () => void;
}

/** Fewer say nothing by a curve. */
const FEWEST = 10;
const OUTCOMES = ['advanced', 'open', 'recycled', 'lost', 'disqualified'] as const;

/** The panel of a stage, or of the rate that leads to it. */
export function panelTemplate(opened: Opened, found: Found): TemplateResult | undefined {
  const { chart, row, ofRate, f, b, close } = opened;
  const now = chart.rows[row];
  const before = chart.rows[row - 1];
  if (now === undefined) return undefined;
  const { label, count } = now.stage;
  const title =
    ofRate && before !== undefined ? b.fromTo(before.stage.label, label) : b.whatBecame(f.count(count), label);
  return html`<section class="panel" aria-labelledby="panel-title" @keydown=${onEscape(close)}>
    <header>
      <h3 id="panel-title"><span role="status">${title}</span></h3>
      <button class="action" aria-label=${b.close} @click=${close}>${crossIcon()}</button>
    </header>
    ${ofRate && before !== undefined ? rateTemplate(opened, now, before, found) : stageTemplate(opened, now, found)}
  </section>`;
}

const onEscape =
  (close: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };

/** What became of those who reached a stage, what leaks there, and who they are. */
function stageTemplate(opened: Opened, { stage }: Row, found: Found): TemplateResult {
  const { f, t, b } = opened;
  const { outcomes, count, label } = stage;
  const lists = listTemplate(opened, stage.label, found);
  if (outcomes === undefined)
    return html`<p>${b.onlyCounted}</p>
      ${lists}`;
  const { open, overdue } = outcomes;
  const small = count < FEWEST;
  const table: DataTable = {
    caption: b.whatBecame(f.count(count), label),
    heads: [b.outcome, t.counted.none, ...(small ? [] : [b.shareOf(label)])],
    rows: OUTCOMES.map((kind) => [
      { text: t[kind], by: t[kind] },
      { text: f.count(outcomes[kind]), by: outcomes[kind] },
      ...(small ? [] : [{ text: f.percent(outcomes[kind] / count, count < 100 ? 0 : 1), by: outcomes[kind] }]),
    ]),
  };
  const leaks = [
    ...(open > 0 ? [b.undecided(open, f.count(open), label)] : []),
    ...(overdue > 0 ? [b.overdue(overdue, f.count(overdue))] : []),
    ...(found.unowned ? [b.unowned(found.unowned, f.count(found.unowned))] : []),
  ];
  return html`${leaks.length === 0 ? nothing : html`<p>${leaks.join(' ')}</p>`} ${found.table(table)} ${lists}`;
}

/** The records, by page, of all or of those of one outcome. */
function listTemplate({ f, t, b, chart }: Opened, stage: string, found: Found): TemplateResult | typeof nothing {
  const { records } = found;
  if (records === undefined) return nothing;
  const heading = html`<h4>${b.whoTheyAre}</h4>`;
  if (typeof records === 'string')
    return html`${heading}
      <p role="status">${records}</p>`;
  const names = { ...t, overdue: b.pastPromise, all: b.all };
  const kinds = chart.answer.view === 'cohort' ? (['all', ...OUTCOMES, 'overdue'] as const) : [];
  const now = found.outcome === '' || found.outcome === undefined ? 'all' : found.outcome;
  return html`${heading}
    <p>
      ${pickTemplate(
        b.outcome,
        names[now],
        now,
        kinds.map((kind) => ({ value: kind, text: names[kind] })),
        found.choose,
      )}
      <span role="status">${b.shown(f.count(records.records.length), f.count(records.total))}</span>
    </p>
    ${records.records.length === 0 ? nothing : found.table(listOf(records, { f, t, b }, stage))}
    ${
      records.records.length < records.total
        ? html`<p><button class="button" @click=${found.more}>${b.showMore}</button></p>`
        : nothing
    }`;
}

function listOf(
  { fields, records }: RecordsAnswer,
  { f, t, b }: Pick<Opened, 'f' | 't' | 'b'>,
  stage: string,
): DataTable {
  const known: Record<string, string> = { amount: t.value, owner: t.owner };
  const currency = fields.indexOf('currency');
  // Amounts bring their currency, and what nobody has takes no room.
  const told = [...fields.keys()].filter(
    (i) => !(i === currency && fields.includes('amount')) && records.some(({ values }) => values[i] !== null),
  );
  return {
    caption: b.recordsOf(stage),
    heads: [b.record, b.enteredOn, b.outcome, ...told.map((i) => harmless(known[fields[i] ?? ''] ?? fields[i] ?? ''))],
    rows: records.map(({ id, entered, outcome, values }) => [
      { text: harmless(id), by: id },
      { text: entered === null ? '–' : f.date(entered), by: entered ?? '' },
      { text: outcome === undefined ? '' : outcome === 'overdue' ? b.pastPromise : t[outcome], by: outcome ?? '' },
      ...told.map((i) => ({
        text: textOf(values[i], fields[i], values[currency], f),
        by: typeof values[i] === 'number' ? values[i] : String(values[i] ?? ''),
      })),
    ]),
  };
}

/** A value as people write it: amounts are whole minor units of the record's currency. */
function textOf(value: unknown, field: string | undefined, currency: unknown, f: Formats): string {
  if (value === null || value === undefined) return '–';
  if (field === 'amount' && typeof value === 'number' && typeof currency === 'string') return f.money(value, currency);
  return typeof value === 'number' ? f.count(value) : harmless(String(value));
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
