import type { KpiQuestion } from '@sama/metrics/contracts';
import { html, type TemplateResult } from 'lit/html.js';
import { FIRST } from '../internal/figures.ts';
import type { Formats } from '../internal/format.ts';
import { type Frame, type Part, sentenceTemplate } from '../internal/frame.ts';
import { frameStyles } from '../internal/frame.styles.ts';
import { harmless } from '../internal/harmless.ts';
import type { Properties } from '../internal/reactive.ts';
import { stateStyles } from '../internal/state.styles.ts';
import { KpiElement } from '../kpi/base.ts';
import type { Shown } from '../kpi/shown.ts';
import type { Tile } from '../kpi/model.ts';
import { namesIn, questionOf } from '../kpi/question.ts';
import { tileStyles } from '../kpi/tile.styles.ts';
import { type Choice, controlsTemplate } from './controls.ts';
import { viewTemplate } from './parts.ts';
import { scorecardStyles } from './scorecard.styles.ts';
import { findingOf } from './summary.ts';
import { rowsOf, type View, viewsOf } from './views.ts';

export type { ErrorDetail } from '../funnel/events.ts';
export type { KpiDrillDetail, KpiSelectDetail } from '../kpi/events.ts';

/** Width of a column of tiles with its gap, in units of the type. */
const COLUMN = 17;
const MOST_COLUMNS = 4;

/**
 * The figures both teams answer for: how far the first of them has come, what each team promised the other, and
 * pairs that keep each other honest.
 *
 * @element sama-scorecard
 * @slot - What is shown in place of an answer that cannot be had.
 * @fires sama-kpi-select - A KPI was chosen, and is shown so unless this is canceled.
 * @fires {CustomEvent<KpiDrillDetail>} sama-drill - The trend of a KPI was chosen; cancelable.
 * @fires sama-error - A question has no answer, or the data is not readable.
 * @csspart frame - Everything, with ground and border.
 * @csspart title - The title.
 * @csspart finding - The sentence with the main result.
 * @csspart tile - A figure with its trend and how it stands.
 * @csspart footer - The line about freshness and definitions.
 * @cssprop [--sama-accent=#146091] - The page's accent; its hue colours bar and trends.
 * @cssprop [--sama-scorecard-padding=1.5em] - Between the border and what stands in it.
 * @cssprop [--sama-scorecard-background=var(--sama-surface)] - The ground.
 * @cssprop [--sama-scorecard-border-color=var(--sama-border)] - The border.
 * @cssprop [--sama-scorecard-radius=10px] - The corners.
 * @public
 */
export class SamaScorecard extends KpiElement {
  static readonly version = '0.1.0';
  static override styles: readonly string[] = [frameStyles, stateStyles, tileStyles, scorecardStyles];
  static override properties: Properties = {
    ...KpiElement.properties,
    kpis: {},
    northStar: { attribute: 'north-star' },
    section: {},
  };

  /** Definitions in the order they are shown, with spaces between. Default: all both teams agreed on. */
  declare kpis: string | null | undefined;
  /** Id of the KPI above all, or `none`. Default: the first, where it has a target to reach and no pair. */
  declare northStar: string | null | undefined;
  /** Of many KPIs the view that is shown, by its name. Default: the first. */
  declare section: string | null | undefined;

  /** The question the attributes ask. */
  override get question(): KpiQuestion {
    return questionOf(this, namesIn(this.kpis));
  }

  protected override heading(): string {
    return harmless(this.label || this.words.scorecard);
  }

  #view({ answer, tiles }: Shown): { view: View | undefined; views: View[] } {
    const views = viewsOf(answer, tiles, this.northStar);
    return { views, view: views.find((one) => this.#name(one) === this.section) ?? views[0] };
  }

  /** The value of the attribute that shows a view; empty for the first. */
  #name({ section, number }: View): string {
    return number === 1 ? section : `${section}#${number}`;
  }

  protected override parts(shown: Shown, title: string, size: Frame['size']): ReturnType<KpiElement['parts']> {
    const t = this.words;
    const { answer, tiles, envelope, f } = shown;
    const { views, view } = this.#view(shown);
    const found = findingOf(tiles, views[0]?.star, f, t);
    const period = answer.period === undefined ? '' : f.period(answer.period);
    const head = t.scoreHead(
      title,
      t.countOfKpis(tiles.length, f.count(tiles.length)),
      period,
      harmless(answer.segment?.label ?? ''),
      f.date(envelope.asOf),
    );
    const words = found.map(({ text }) => text).join('');
    const rows = view === undefined ? [] : rowsOf(view);
    return {
      rows,
      finding: sentenceTemplate(found),
      summary: [head, words.trim(), t.scoreHelp].join(' '),
      controls: this.#controls(shown, views, view),
      body: view === undefined ? '' : this.#body(view, rows, f, size),
    };
  }

  #controls({ answer, envelope, f }: Shown, views: readonly View[], view: View | undefined): Part {
    const { period, compare, segment, section, words: t } = this;
    const nameOf = (one: View): string => {
      const name = one.section === '' ? t.overview : harmless(one.section);
      return one.number === 1 ? name : t.numbered(name, f.count(one.number));
    };
    return controlsTemplate({
      answer,
      asOf: envelope.asOf,
      f,
      t,
      chosen: { period, compare, segment, section },
      sections: views.map((one) => ({ value: this.#name(one), text: nameOf(one) })),
      section: view === undefined ? '' : nameOf(view),
      onChoose: this.#onChoose,
      canAsk: this.answers.canAsk,
    });
  }

  readonly #onChoose = (choice: Choice, value: string): void => {
    this[choice] = value === '' ? null : value;
    if (choice === 'section') this.active = FIRST;
  };

  #body(view: View, rows: readonly Tile[], f: Formats, size: Frame['size']): Part {
    const fit = size === 'narrow' ? 1 : Math.min(Math.floor(Math.min(this.room, 120) / COLUMN) || 1, MOST_COLUMNS);
    const inPairs = view.columns.filter(({ aspects }) => aspects !== undefined).length;
    const length = inPairs || view.columns.length;
    // Four pairs stand two by two rather than three and one.
    const columns = length < 2 ? Math.min(fit, 2) : Math.ceil(length / Math.ceil(length / fit));
    return viewTemplate(view, { ...this.drawing(rows.length), f, rtl: this.rtl, columns });
  }

  protected override readonly skeleton: TemplateResult = html`<div class="wait" aria-hidden="true">
    ${Array.from({ length: 6 }, () => html`<i></i>`)}
  </div>`;
}
