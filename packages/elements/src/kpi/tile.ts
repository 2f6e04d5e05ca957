import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { badIcon, halfIcon, okIcon, warnIcon } from '../internal/icons.ts';
import type { Place } from '../internal/walker.ts';
import type { ScorecardWords } from '../locale/index.ts';
import type { StatusText, Tile } from './model.ts';
import { HEIGHT, type Spark, WIDTH } from './spark.ts';

/** How tiles are drawn. */
export interface Drawing {
  t: ScorecardWords;
  /** The mark that has the tab stop. */
  active: Place;
  /** Id of the KPI that was chosen. */
  chosen: string | undefined;
  /** The page of a definition, or null. */
  href: (id: string) => string | null;
}

const SHAPES = { ok: okIcon, warn: warnIcon, bad: badIcon, half: halfIcon };

/** Shape and words together; colour only says it again. */
export const statusTemplate = ({ tone, text }: StatusText): TemplateResult =>
  html`<span class="status ${tone}">${tone === '' ? nothing : SHAPES[tone]()}${text}</span>`;

/** The trend: the target dashed, the line, and a dot where it stands now. */
const sparkTemplate = (spark: Spark | null): TemplateResult | typeof nothing =>
  spark === null
    ? nothing
    : html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" focusable="false">
        ${spark.due === '' ? nothing : svg`<path class="due" d=${spark.due}></path>`}
        <path class="trend" d=${spark.line}></path>
        <circle cx=${spark.end.x} cy=${spark.end.y} r="2.5"></circle>
      </svg>`;

/** The buttons of a tile, empty and over its text: what they are called says more than what is written there. */
export function marksOf(
  tile: Tile,
  row: number,
  { active, chosen, href, t }: Drawing,
): { select: TemplateResult; trend: TemplateResult; version: TemplateResult | typeof nothing } {
  const { kpi, name, version } = tile;
  const tabIndex = (mark: number): 0 | -1 => (active.row === row && active.mark === mark ? 0 : -1);
  const link = href(kpi.id);
  const spoken = t.definitionOf(version, name);
  return {
    select: html`<button
      class="hit"
      data-mark="${row}:0"
      tabindex=${tabIndex(0)}
      aria-current=${chosen === kpi.id}
      aria-label=${tile.spoken}
    ></button>`,
    trend: html`<button
      class="hit"
      data-mark="${row}:1"
      tabindex=${tabIndex(1)}
      aria-label=${tile.spokenTrend}
    ></button>`,
    version:
      link === null
        ? nothing
        : html`<a class="version" href=${link} data-mark="${row}:2" tabindex=${tabIndex(2)} aria-label=${spoken}
            >${version}</a
          >`,
  };
}

/** A tile, `alone` where its name stands above it already: name and owner, value, target, trend with what changed, status and version. */
export function tileTemplate(tile: Tile, row: number, drawing: Drawing, alone = false): TemplateResult {
  const { select, trend, version } = marksOf(tile, row, drawing);
  return html`<div class="kpi ${tile.owner ?? ''} ${alone ? 'alone' : ''}" role="listitem" part="tile">
    ${select}<span class="name" aria-hidden="true"
      ><b>${alone ? '' : tile.name}</b><small class="mark">${tile.ownerText}</small></span
    >
    <span class="value ${tile.small ? 'small' : ''}" aria-hidden="true"><b>${tile.value}</b> ${tile.unit}</span>
    <span class="goal" aria-hidden="true">${tile.goal}</span>
    <span class="moved">${trend}${sparkTemplate(tile.spark)}<span aria-hidden="true">${tile.change}</span></span>
    <span class="last"><span aria-hidden="true">${statusTemplate(tile.status)}</span>${version}</span>
  </div>`;
}
