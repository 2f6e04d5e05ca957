import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { Formats } from '../internal/format.ts';
import { type Drawing, marksOf, statusTemplate, tileTemplate } from '../kpi/tile.ts';
import type { Tile } from '../kpi/model.ts';
import { type Column, rowsOf, type View } from './views.ts';

export interface Page extends Drawing {
  f: Formats;
  rtl: boolean;
  /** Of pairs side by side. */
  columns: number;
}

/** A view of the scorecard: what leads, what was promised, what is read together. */
export function viewTemplate(view: View, page: Page): TemplateResult {
  const rows = rowsOf(view);
  // A promise may stand below again, in its pair.
  const row = (tile: Tile, from = 0): number => rows.indexOf(tile, from);
  const { star, promises, columns } = view;
  const above = rows.length - columns.reduce((sum, { tiles }) => sum + tiles.length, 0);
  const inPairs = columns.filter(({ aspects }) => aspects !== undefined);
  const alone = columns.filter(({ aspects }) => aspects === undefined);
  const strips = [...stripsOf(inPairs, page.columns), ...stripsOf(alone, page.columns)];
  return html`<div role="list" aria-describedby="summary">
    ${star === undefined ? nothing : starTemplate(star, row(star), page)}
    ${
      promises === null
        ? nothing
        : html`<div class="promises">
            ${promises.map((tile, i) => promiseTemplate(tile, i, tile === undefined ? 0 : row(tile), page))}
          </div>`
    }
    ${strips.map((strip) => {
      // One pair in the room of two stands side by side.
      const side = strip.length === 1 && page.columns === 2 ? 'side' : '';
      const by = strip[0]?.aspects === undefined ? 'apart' : side;
      return html`<div class="pairs n${page.columns} ${by}">
        ${strip.map(({ aspects, tiles }) => [
          aspects === undefined
            ? nothing
            : html`<span class="pair" aria-hidden="true">${page.t.pair(...named(aspects, page))}</span>`,
          tiles.map((tile) => tileTemplate(tile, rows.indexOf(tile, above), page)),
        ])}
      </div>`;
    })}
  </div>`;
}

/** So many columns side by side. */
const stripsOf = (columns: readonly Column[], most: number): Column[][] =>
  Array.from({ length: Math.ceil(columns.length / most) }, (_, i) => columns.slice(i * most, (i + 1) * most));

const named = ([first, second]: readonly [keyof Page['t']['aspects'], keyof Page['t']['aspects']], { t }: Page) =>
  [t.aspects[first], t.aspects[second]] as const;

/** What leads: the value, how far it has come, and where it should be today. */
function starTemplate(tile: Tile, row: number, page: Page): TemplateResult {
  const { f, t, rtl } = page;
  const { select, trend, version } = marksOf(tile, row, page);
  const { target } = tile.kpi;
  const { progress = 0, expected = 0, period, elapsed = 0 } = target ?? {};
  const scale = Math.max(1, progress, expected);
  const share = (part: number): string => `${Math.round((part / scale) * 1e4) / 100}%`;
  const x = (from: number, length: number): string => share(rtl ? scale - from - length : from);
  const day = f.date(lastDay(period?.to));
  return html`<div class="kpi star" role="listitem">
    ${select}
    <span class="lead" aria-hidden="true"
      ><b>${tile.name}</b
      ><span class="value"
        ><b>${tile.value}</b> ${tile.target === '' ? tile.goal : t.ofTargetBy(tile.target, day)}</span
      ></span
    >
    <span class="way"
      ><svg class="pace" aria-hidden="true" focusable="false">
        <rect class="track" width="100%" height="100%" rx="2"></rect>
        <rect class="done" x=${x(0, progress)} width=${share(progress)} height="100%" rx="2"></rect>
        ${elapsed < 1 ? svg`<rect class="today" x=${x(expected, 0)} y="-60%" width="2" height="220%"></rect>` : nothing}</svg
      ><span class="said"
        ><span aria-hidden="true"
          >${statusTemplate(
            tile.status.tone === '' ? tile.status : { ...tile.status, text: t.shareOfTarget(f.percent(progress, 0)) },
          )}</span
        ><span aria-hidden="true">${elapsed < 1 ? t.expectedBy(f.percent(expected, 0)) : ''}</span
        ><span class="moved">${trend}<span aria-hidden="true">${tile.change}</span></span
        >${version}</span
      ></span
    >
  </div>`;
}

/** The day before an end that is not included. */
const lastDay = (to: string | undefined): string =>
  to === undefined || Number.isNaN(Date.parse(to))
    ? ''
    : new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);

const TEAMS = ['marketing', 'sales'] as const;

/** One of two promises, equal in everything. */
function promiseTemplate(tile: Tile | undefined, i: number, row: number, page: Page): TemplateResult {
  const { t } = page;
  const team = TEAMS[i] ?? 'sales';
  const who = html`<span class="who"
    ><small class="mark">${i === 0 ? t.marketingPromised : t.salesPromised}</small></span
  >`;
  if (tile === undefined)
    return html`<div class="promise ${team}">${who}<span class="goal">${t.noPromise}</span></div>`;
  const { select, trend, version } = marksOf(tile, row, page);
  return html`<div class="kpi promise ${team}" role="listitem">
    ${select}<span aria-hidden="true">${who}</span>
    <span aria-hidden="true"
      >${
        tile.kpi.target?.expected === undefined
          ? html`<b>${tile.words}</b> ${t.promisedRate(tile.name, tile.target)}`
          : html`<b>${tile.value}</b> ${t.promisedCount(tile.target, tile.name)}`
      }</span
    >
    <span class="last"
      ><span class="moved">${trend}<span aria-hidden="true">${statusTemplate(tile.status)}</span></span
      >${version}</span
    >
  </div>`;
}
