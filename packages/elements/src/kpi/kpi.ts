import type { KpiQuestion } from '@sama/metrics/contracts';
import { html, type TemplateResult } from 'lit/html.js';
import { frameStyles } from '../internal/frame.styles.ts';
import { harmless } from '../internal/harmless.ts';
import type { Properties } from '../internal/reactive.ts';
import { stateStyles } from '../internal/state.styles.ts';
import { KpiElement } from './base.ts';
import type { Shown } from './shown.ts';
import { tileStyles } from './tile.styles.ts';
import { tileTemplate } from './tile.ts';
import type { Tile } from './model.ts';
import { questionOf } from './question.ts';

export type { ErrorDetail } from '../funnel/events.ts';
export type { KpiDrillDetail, KpiSelectDetail } from './events.ts';

/**
 * One figure both teams agreed on: its value, target, trend, change and how it stands.
 *
 * @element sama-kpi
 * @slot - What is shown in place of an answer that cannot be had.
 * @fires sama-kpi-select - The tile was chosen; cancelable.
 * @fires {CustomEvent<KpiDrillDetail>} sama-drill - Its trend was chosen; cancelable.
 * @fires sama-error - A question has no answer, or the data is not readable.
 * @csspart frame - Everything, with ground and border.
 * @csspart title - The title.
 * @csspart finding - The sentence with the main result.
 * @csspart tile - A figure with its trend and how it stands.
 * @csspart footer - The line about freshness and definitions.
 * @cssprop [--sama-accent=#146091] - The page's accent; its hue colours the trend.
 * @cssprop [--sama-scorecard-padding=1.5em] - Between the border and what stands in it.
 * @cssprop [--sama-scorecard-background=var(--sama-surface)] - The ground.
 * @cssprop [--sama-scorecard-border-color=var(--sama-border)] - The border.
 * @cssprop [--sama-scorecard-radius=10px] - The corners.
 * @public
 */
export class SamaKpi extends KpiElement {
  static readonly version = '0.1.0';
  static override styles: readonly string[] = [frameStyles, stateStyles, tileStyles];
  static override properties: Properties = { ...KpiElement.properties, kpi: {} };

  /** The definition, `id` or `id@version`. Default: the first of the answer. */
  declare kpi: string | null | undefined;

  /** The question the attributes ask. */
  override get question(): KpiQuestion {
    return questionOf(this, this.kpi ? [this.kpi] : []);
  }

  protected override heading(shown: Shown | undefined): string {
    // What it is called is known with the answer; its id says it until then.
    return harmless(this.label || this.#tile(shown)?.name || this.kpi?.replace(/-/g, ' ') || this.words.kpi);
  }

  #tile(shown: Shown | undefined): Tile | undefined {
    const id = this.kpi?.split('@')[0];
    return shown?.tiles.find(({ kpi }) => kpi.id === id) ?? shown?.tiles[0];
  }

  protected override parts(shown: Shown, title: string): ReturnType<KpiElement['parts']> {
    const t = this.words;
    const { answer, envelope, f } = shown;
    const tile = this.#tile(shown);
    const period = answer.period === undefined ? '' : f.period(answer.period);
    const segment = answer.segment?.label ?? '';
    const head = t.scoreHead(title, t.countOfKpis(1, f.count(1)), period, segment, f.date(envelope.asOf));
    return {
      finding: '',
      controls: '',
      summary: [head, tile?.spoken, tile?.change].filter(Boolean).join(' '),
      body: tile === undefined ? '' : html`<div role="list">${tileTemplate(tile, 0, this.drawing(1), true)}</div>`,
      rows: tile === undefined ? [] : [tile],
    };
  }

  /** @internal */
  override look(): Shown | undefined {
    const shown = super.look();
    const tile = this.#tile(shown);
    return shown && { ...shown, alone: tile ? [tile] : [] };
  }

  protected override readonly skeleton: TemplateResult = html`<div class="blank" aria-hidden="true"></div>`;
}
