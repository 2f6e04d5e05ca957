import type { Envelope, KpiQuestion } from '@sama/metrics/contracts';
import { html } from 'lit/html.js';
import type { AskingHost } from '../internal/asking.ts';
import { Figures, FIRST, type Picture } from '../internal/figures.ts';
import type { Formats } from '../internal/format.ts';
import type { Action } from '../internal/action.ts';
import type { Frame, Part } from '../internal/frame.ts';
import { footerParts, noneText } from '../internal/states.ts';
import { webAddress } from '../internal/web-address.ts';
import { scorecard as english } from '../locale/en/scorecard.ts';
import type { ScorecardWords } from '../locale/index.ts';
import { Later } from '../internal/later.ts';
import { KpiAnswers } from './answers.ts';
import type { KpiDrillDetail, KpiSelectDetail } from './events.ts';
import { type Tile, tilesOf } from './model.ts';
import { loadNumbers } from './numbers-part.ts';
import type { Shown } from './shown.ts';
import type { Drawing } from './tile.ts';

interface Parts extends Pick<Frame, 'finding' | 'summary' | 'controls' | 'body'> {
  rows: readonly Tile[];
}

/** What the scorecard and a single tile share: how KPIs are asked for, told, and pressed. */
export abstract class KpiElement extends Figures<ScorecardWords, Shown> implements AskingHost {
  /** Where definitions are explained, http(s) or a path; `{id}` stands for that of a KPI. Default: nowhere. */
  declare definitionHref: string | null | undefined;
  /** An envelope with KPIs; wins over every other source. Default: none. */
  declare data: unknown;

  /** Id of the KPI that was chosen last; with it the mark that was pressed changes, which is drawn. */
  #chosen: string | undefined;

  protected override readonly answers = new KpiAnswers(this);
  protected override readonly english = english;
  protected override readonly later = new Later(this, loadNumbers);
  protected override readonly row = '.kpi';

  abstract get question(): KpiQuestion;
  /** What is shown and said, and the tiles in the order they are walked. */
  protected abstract parts(shown: Shown, title: string, size: Frame['size']): Parts;

  /** @internal */
  override look(): Shown | undefined {
    const { good } = this.answers;
    const answer = good?.data;
    if (good?.status !== 'ok' || answer?.kind !== 'kpi' || answer.kpis.length === 0) return undefined;
    const f = this.formats(this.timeZone ?? answer.timeZone);
    return {
      envelope: { ...good, data: answer },
      answer,
      f,
      tiles: tilesOf(answer, { f, t: this.words, rtl: this.rtl }),
    };
  }

  protected override none(good: Envelope): string {
    return noneText(good, this.words);
  }

  protected override picture(shown: Shown, { title, size }: Frame): Picture {
    const t = this.words;
    const { envelope, f } = shown;
    const { rows, body, ...said } = this.parts(shown, title, size);
    // The definition of an answer to one KPI stands with its tile.
    const { definition: _, ...rest } = envelope;
    const seen = this.tabled ? shown.tiles : rows;
    return {
      ...said,
      caption: title,
      things: t.kpis,
      draw: () => html`<div @click=${(event: Event) => this.#onClick(rows, event)}>${body}</div>`,
      footer: [
        ...footerParts(rest, undefined, f, t),
        this.#definitions(seen, f),
        // Most have the same; with a link to it each says its own.
        ...new Set(seen.map(({ version }) => version)),
      ],
    };
  }

  protected override actions(title: string): readonly Action[] {
    return this.later.part?.actionsOf(this, title) ?? [];
  }

  /** How many definitions are shown, and how many of them both teams agreed to. */
  #definitions(shown: readonly Tile[], f: Formats): Part {
    const t = this.words;
    const tiles = [...new Set(shown)];
    const both = tiles.filter(({ kpi: { definition } }) =>
      ['marketing', 'sales'].every((team) => definition.agreed?.includes(team)),
    ).length;
    const text = t.definitionsAgreed(tiles.length, f.count(tiles.length), both, f.count(both));
    const link = webAddress(this.definitionHref?.replace(/[#?&]?[^#?&]*\{id\}.*$/, ''));
    return link === null ? text : html`<a href=${link}>${text}</a>`;
  }

  /** How the tiles are drawn now, where the shown ones have so many rows of marks. */
  protected drawing(rows: number): Drawing {
    const { row, mark } = this.active ?? FIRST;
    return {
      t: this.words,
      chosen: this.#chosen,
      active: { row: Math.min(row, rows - 1), mark },
      href: (id) => webAddress(this.definitionHref?.replace('{id}', encodeURIComponent(id))),
    };
  }

  #onClick(rows: readonly Tile[], event: Event): void {
    const place = this.pressed(event);
    const tile = place === null ? undefined : rows[place.row];
    if (place === null || tile === undefined) return;
    const how = { bubbles: true, composed: true, cancelable: true };
    const { id, label, value } = tile.kpi;
    if (place.mark === 1) {
      const detail: KpiDrillDetail = { kind: 'trend', kpi: id, label };
      this.dispatchEvent(new CustomEvent('sama-drill', { ...how, detail }));
    } else if (place.mark === 0) {
      const detail: KpiSelectDetail = { kpi: id, label, value: value.result.value };
      if (this.dispatchEvent(new CustomEvent('sama-kpi-select', { ...how, detail }))) this.#chosen = id;
    }
  }
}
